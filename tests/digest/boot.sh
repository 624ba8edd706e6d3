# A cluster that nobody touches, for an hour.
sleep 3600
