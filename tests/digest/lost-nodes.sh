# Nodes that stop, come back, are cut off, drained and added, below pods that must go somewhere.
kubectl create deployment web --image=nginx:1.25 --replicas=12
kubectl rollout status deployment/web
NODE=$(kubectl get pods -o jsonpath='{.items[0].spec.nodeName}')
OTHER=$(kubectl get nodes -o name | grep -v "$NODE" | tail -1)
OTHER=${OTHER#node/}
chaos stop node "$NODE"
sleep 400
chaos start node "$NODE"
sleep 100
chaos partition node "$OTHER"
sleep 420
chaos heal node "$OTHER"
chaos add node
sleep 60
kubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data --force
sleep 120
kubectl uncordon "$NODE"
kubectl rollout restart deployment/web
kubectl rollout status deployment/web
