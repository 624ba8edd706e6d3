# Deployments that are changed while they change: rolled out, stuck on a wrong image, undone, scaled, deleted.
kubectl create deployment web --image=nginx:1.25 --replicas=5
sleep 3
kubectl scale deployment web --replicas=9
kubectl set image deployment/web nginx=nginx:1.26
sleep 2
kubectl set image deployment/web nginx=nginx:no-such-tag
sleep 700
kubectl rollout undo deployment/web
kubectl rollout status deployment/web
kubectl expose deployment web --port=80
kubectl label pods --all seen=yes
kubectl delete pods -l app=web --wait=false
sleep 60
kubectl scale deployment web --replicas=0
sleep 60
kubectl delete deployment web
sleep 60
