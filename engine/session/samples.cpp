#include "engine/session/samples.h"

#include <array>

namespace kubetab::session {
namespace {

constexpr std::string_view kDeployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports:
        - containerPort: 80
)";

constexpr std::string_view kPod = R"(apiVersion: v1
kind: Pod
metadata:
  name: kuard
  labels:
    app: kuard
spec:
  containers:
  - name: kuard
    image: gcr.io/kuar-demo/kuard-amd64:blue
    ports:
    - containerPort: 8080
      name: http
    livenessProbe:
      httpGet:
        path: /healthy
        port: 8080
      initialDelaySeconds: 5
      periodSeconds: 10
)";

constexpr std::string_view kService = R"(apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 80
)";

}  // namespace

std::span<const Sample> samples() {
    static constexpr std::array kSamples{
        Sample{"web-deployment.yaml", kDeployment},
        Sample{"kuard-pod.yaml", kPod},
        Sample{"web-service.yaml", kService},
    };
    return kSamples;
}

}  // namespace kubetab::session
