#!/usr/bin/env python3
"""A stock kubectl against `kubetab serve`. Skipped, with a sentence, where there is no kubectl 1.32 or later.

usage: tests/rest/kubectl_test.py    KUBETAB_TOOL and KUBECTL name other programs than the usual ones
"""
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from serving import Server  # noqa: E402

KUBECTL = os.environ.get("KUBECTL") or shutil.which("kubectl")
WEB = """apiVersion: apps/v1
kind: Deployment
metadata: {name: site}
spec:
  replicas: 2
  selector: {matchLabels: {app: site}}
  template:
    metadata: {labels: {app: site}}
    spec:
      containers:
      - {name: web, image: "nginx:1.25"}
"""


def missing():
    """Why the suite cannot run here; nothing when it can."""
    if not KUBECTL:
        return "there is no kubectl on this machine"
    version = subprocess.run([KUBECTL, "version", "--client"], stdout=subprocess.PIPE, text=True, check=False).stdout
    found = re.search(r"Client Version: v1\.(\d+)", version)
    return "" if found and int(found[1]) >= 32 else "kubectl is older than 1.32"


class Kubectl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = Server("--speed", "10")
        cls.addClassCleanup(cls.server.end, signal.SIGTERM)

    def start(self, *words):
        environment = {**os.environ, "KUBECONFIG": self.server.kubeconfig, "KUBECACHEDIR": self.folder.name}
        return subprocess.Popen([KUBECTL, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=environment)

    def run_words(self, *words, given=None):
        process = self.start(*words)
        out, err = process.communicate(given, timeout=90)
        return process.returncode, out, err

    def ok(self, *words, given=None):
        code, out, err = self.run_words(*words, given=given)
        self.assertEqual(code, 0, f"{words}: {out}{err}")
        return out

    def refused(self, *words, given=None):
        code, _, err = self.run_words(*words, given=given)
        self.assertEqual(code, 1, words)
        return err

    def test_it_knows_the_server_and_its_resources(self):
        self.assertIn("Server Version: v1.32", self.ok("version"))
        listed = self.ok("api-resources", "-o", "name").split()
        self.assertIn("pods", listed)
        self.assertIn("deployments.apps", listed)
        self.assertEqual(self.ok("get", "nodes", "-o", "name").split(), [f"node/node-{n}" for n in (1, 2, 3)])
        wide = self.ok("get", "nodes", "-o", "wide")
        self.assertRegex(wide, r"^NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP ")
        self.assertEqual(wide.count(" Ready "), 3)

    def test_a_deployment_from_flags_is_rolled_out_scaled_and_deleted(self):
        self.assertEqual(self.ok("create", "deployment", "web", "--image=nginx:1.25", "--replicas=2"),
                         "deployment.apps/web created\n")
        self.assertIn("successfully rolled out", self.ok("rollout", "status", "deployment/web", "--timeout=60s"))
        self.assertRegex(self.ok("get", "deployment", "web", "-o", "wide"), r"web +2/2 +2 +2 .* nginx +nginx:1.25")
        self.assertEqual(self.ok("scale", "deployment", "web", "--replicas=3"), "deployment.apps/web scaled\n")
        self.ok("rollout", "status", "deployment/web", "--timeout=60s")
        self.assertEqual(len(self.ok("get", "pods", "-l", "app=web", "-o", "name").split()), 3)
        self.assertIn("nginx", self.ok("logs", "deployment/web"))
        self.assertIn("ScalingReplicaSet", self.ok("describe", "deployment", "web"))
        self.assertEqual(self.ok("delete", "deployment", "web"), 'deployment.apps "web" deleted\n')
        self.ok("wait", "--for=delete", "pod", "-l", "app=web", "--timeout=60s")
        self.assertEqual(self.ok("get", "pods", "-l", "app=web", "-o", "name"), "")

    def test_commands_run_in_containers(self):
        self.ok("run", "shell", "--image=nginx:1.25")
        self.ok("wait", "--for=condition=Ready", "pod/shell", "--timeout=60s")
        self.assertEqual(self.ok("exec", "-i", "shell", "--", "cat", given="typed\n"), "typed\n")
        code, out, err = self.run_words("exec", "shell", "--", "sh", "-c", "echo out; echo err >&2; exit 3")
        self.assertEqual((code, out, err), (3, "out\n", "err\ncommand terminated with exit code 3\n"))
        self.assertEqual(self.refused("exec", "shell", "-c", "nope", "--", "ls"),
                         "Error from server (BadRequest): container nope is not valid for pod shell\n")
        self.ok("delete", "pod", "shell", "--now")

    def test_ports_are_forwarded(self):
        self.ok("run", "page", "--image=nginx:1.25")
        self.ok("wait", "--for=condition=Ready", "pod/page", "--timeout=60s")
        process = self.start("port-forward", "pod/page", ":80")
        try:
            port = int(re.fullmatch(r"Forwarding from 127\.0\.0\.1:(\d+) -> 80\n", process.stdout.readline())[1])
            for _ in range(3):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
                    self.assertIn("Welcome to nginx!", page.read().decode())
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            for _ in range(2):  # One connection, kept alive.
                connection.request("GET", "/nowhere")
                answer = connection.getresponse()
                self.assertEqual((answer.status, "404 Not Found" in answer.read().decode()), (404, True))
            connection.close()
        finally:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, err), (0, ""))
        self.assertEqual(out.count(f"Handling connection for {port}\n"), 4)

    def test_a_port_where_nobody_listens_is_an_error(self):
        self.ok("run", "deaf", "--image=nginx:1.25")
        self.ok("wait", "--for=condition=Ready", "pod/deaf", "--timeout=60s")
        process = self.start("port-forward", "pod/deaf", ":81")
        port = int(re.fullmatch(r"Forwarding from 127\.0\.0\.1:(\d+) -> 81\n", process.stdout.readline())[1])
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionError)):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20)
        _, err = process.communicate(timeout=30)
        self.assertRegex(err, r'an error occurred forwarding \d+ -> 81: error forwarding port 81 to pod [0-9a-f]{64}, '
                              r'uid : failed to execute portforward in network namespace .*'
                              r'failed to connect to localhost:81 inside namespace .*'
                              r'dial tcp4 127\.0\.0\.1:81: connect: connection refused')
        self.assertTrue(err.endswith("error: lost connection to pod\n"))
        self.assertEqual(process.returncode, 1)

    def test_a_node_is_drained_by_eviction(self):
        self.ok("create", "deployment", "moving", "--image=nginx:1.25", "--replicas=3")
        self.ok("rollout", "status", "deployment/moving", "--timeout=60s")
        node = self.ok("get", "pods", "-l", "app=moving", "-o", "jsonpath={.items[0].spec.nodeName}")
        said = self.ok("drain", node, "--ignore-daemonsets", "--force", "--timeout=60s")
        self.assertRegex(said, r"pod/moving-\S+ evicted")
        self.ok("uncordon", node)
        self.ok("delete", "deployment", "moving")

    def test_a_manifest_is_applied_changed_and_left_unchanged(self):
        self.assertEqual(self.ok("apply", "-f", "-", given=WEB), "deployment.apps/site created\n")
        self.assertEqual(self.ok("apply", "-f", "-", given=WEB), "deployment.apps/site unchanged\n")
        changed = WEB.replace("nginx:1.25", "nginx:1.27")
        self.assertEqual(self.ok("apply", "-f", "-", given=changed), "deployment.apps/site configured\n")
        self.ok("rollout", "status", "deployment/site", "--timeout=60s")
        containers = json.loads(self.ok("get", "deployment", "site", "-o", "json"))["spec"]["template"]["spec"]
        self.assertEqual([c["image"] for c in containers["containers"]], ["nginx:1.27"])
        self.ok("delete", "-f", "-", given=changed)

    def managers(self, *words):
        listed = json.loads(self.ok("get", *words, "-o", "json", "--show-managed-fields"))
        return {(entry["manager"], entry["operation"], entry.get("subresource", "")): entry["fieldsV1"]
                for entry in listed["metadata"]["managedFields"]}

    def test_a_manifest_is_applied_by_the_server_and_fields_have_owners(self):
        mine = WEB.replace("site", "owned")
        self.assertEqual(self.ok("apply", "--server-side", "-f", "-", given=mine),
                         "deployment.apps/owned serverside-applied\n")
        theirs = mine.replace("replicas: 2", "replicas: 3")
        said = self.refused("apply", "--server-side", "--field-manager=other", "-f", "-", given=theirs)
        self.assertIn('error: Apply failed with 1 conflict: conflict with "kubectl": .spec.replicas\n', said)
        self.ok("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "-", given=theirs)
        self.ok("scale", "deployment", "owned", "--replicas=1")
        owners = self.managers("deployment", "owned")
        self.assertEqual(owners["kubectl", "Update", "scale"], {"f:spec": {"f:replicas": {}}})
        self.assertNotIn("f:replicas", owners["other", "Apply", ""]["f:spec"])
        self.assertIn(("kube-controller-manager", "Update", "status"), owners)
        unknown = mine.replace("replicas:", "replcas:")
        self.assertIn(".spec.replcas: field not declared in schema",
                      self.refused("apply", "--server-side", "--validate=false", "-f", "-", given=unknown))
        self.ok("delete", "deployment", "owned")

    def test_what_was_applied_from_the_client_moves_to_the_server(self):
        mine = WEB.replace("site", "moved")
        self.ok("apply", "-f", "-", given=mine)
        self.assertIn(("kubectl-client-side-apply", "Update", ""), self.managers("deployment", "moved"))
        self.ok("apply", "--server-side", "-f", "-", given=mine.replace("replicas: 2", "replicas: 1"))
        owners = self.managers("deployment", "moved")
        self.assertNotIn(("kubectl-client-side-apply", "Update", ""), owners)
        self.assertIn(("kubectl-last-applied", "Apply", ""), owners)
        self.assertEqual(self.ok("apply", "-f", "-", given=mine), "deployment.apps/moved configured\n")
        self.ok("delete", "deployment", "moved")

    def test_objects_sent_as_protobuf_have_managers(self):
        self.ok("create", "configmap", "binary", "--from-literal=a=b")
        self.assertEqual(self.managers("configmap", "binary"),
                         {("kubectl-create", "Update", ""): {"f:data": {".": {}, "f:a": {}}}})

    def test_a_watch_prints_what_there_is_and_what_happens(self):
        self.ok("create", "configmap", "seen", "--from-literal=a=b")
        watch = self.start("get", "configmaps", "-w", "--field-selector=metadata.name=seen")
        self.addCleanup(watch.communicate)
        self.addCleanup(watch.kill)
        self.assertRegex(watch.stdout.readline(), r"^NAME +DATA +AGE")
        self.assertRegex(watch.stdout.readline(), r"^seen +1 ")
        self.ok("patch", "configmap", "seen", "-p", '{"data":{"c":"d"}}')
        self.assertRegex(watch.stdout.readline(), r"^seen +2 ")

    def test_fields_are_explained(self):
        text = self.ok("explain", "deployment.spec.strategy")
        self.assertIn("GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n", text)
        self.assertRegex(text, r"FIELD: strategy <DeploymentStrategy>")
        self.assertRegex(text, r"rollingUpdate\t<RollingUpdateDeployment>")

    def test_fields_of_custom_resources_are_explained_as_their_schema_has_them(self):
        schema = {"type": "object", "properties": {"color": {"type": "string", "enum": ["red", "blue"]}}}
        definition = {
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "lamps.example.com"},
            "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "lamps", "kind": "Lamp"},
                     "versions": [{"name": "v1", "served": True, "storage": True, "schema": {
                         "openAPIV3Schema": {"type": "object", "properties": {"spec": schema}}}}]}}
        self.ok("apply", "-f", "-", given=json.dumps(definition))
        self.ok("wait", "crd/lamps.example.com", "--for=condition=Established")
        told = self.ok("explain", "lamp.spec")
        self.assertIn("color\t<string>\n  enum: red, blue", told)

    def test_wrong_manifests_are_refused_in_the_real_servers_words(self):
        unknown = WEB.replace("replicas", "replcas")
        self.assertIn('strict decoding error: unknown field "spec.replcas"',
                      self.refused("apply", "-f", "-", given=unknown))
        negative = WEB.replace("replicas: 2", "replicas: -1")
        self.assertEqual(self.refused("apply", "-f", "-", given=negative),
                         'The Deployment "site" is invalid: spec.replicas: Invalid value: -1: must be greater than or '
                         "equal to 0\n")
        self.assertIn('no matches for kind "Deploymint" in version "apps/v1"',
                      self.refused("apply", "-f", "-", given=WEB.replace("Deployment", "Deploymint")))
        self.assertEqual(self.refused("get", "pod", "nope"),
                         'Error from server (NotFound): pods "nope" not found\n')


if __name__ == "__main__":
    why = missing()
    if why:
        print("skipped:", why)
        sys.exit(0)
    unittest.main()
