# Pods that crash, are never ready, ask for too much, or wait for an image that does not exist.
kubectl run crashing --image=busybox -- sh -c 'sleep 5; exit 1'
kubectl run missing --image=nginx:no-such-tag
kubectl apply -f kuard-pod.yaml
kubectl create deployment greedy --image=nginx:1.25 --replicas=4
kubectl set resources deployment greedy --requests=cpu=1500m,memory=1Gi
sleep 900
chaos crash pod kuard
sleep 60
kubectl delete pod crashing missing
sleep 60
kubectl describe pods
