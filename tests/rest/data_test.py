#!/usr/bin/env python3
"""What `kubetab serve --data` keeps when the server is killed, and what it says of damage.

usage: tests/rest/data_test.py    KUBETAB_TOOL names another tool than build/native/kubetab
"""
import glob
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from serving import Server, TOOL  # noqa: E402

MAPS = "/api/v1/namespaces/default/configmaps"
WEB = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
       "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
                "template": {"metadata": {"labels": {"app": "web"}},
                             "spec": {"containers": [{"name": "web", "image": "nginx:1.25"}]}}}}


DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
WIDGETS = "/apis/example.com/v1/namespaces/default/widgets"
WIDGET = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": {"name": "widgets.example.com"},
          "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"},
                   "versions": [{"name": "v1", "served": True, "storage": True,
                                 "schema": {"openAPIV3Schema": {
                                     "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}}


def config_map(name):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"k": "v" * 100}}


def running(server):
    pods = server.get("/api/v1/namespaces/default/pods?labelSelector=app%3Dweb")["items"]
    statuses = [pod.get("status", {}).get("containerStatuses", [{"ready": False}]) for pod in pods]
    return [pod for pod, status in zip(pods, statuses) if all(container["ready"] for container in status)]


def containers(server):
    """Of each pod that runs, by its uid."""
    return {pod["metadata"]["uid"]: pod["status"]["containerStatuses"][0]["containerID"] for pod in running(server)}


class Writer(threading.Thread):
    """Makes one object after the other and notes when each was acknowledged."""

    def __init__(self, server, prefix):
        super().__init__()
        self.server = server
        self.prefix = prefix
        self.acknowledged = []

    def run(self):
        number = 0
        try:
            while True:
                name = f"{self.prefix}-{number}"
                code, _, body = self.server.call("POST", MAPS, config_map(name))
                if code == 201:
                    self.acknowledged.append((time.monotonic(), name, body["metadata"]["resourceVersion"]))
                number += 1
        except OSError:
            return


class Kept(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "cluster")

    def start(self, *flags):
        server = Server("--data", self.data, *flags)
        self.addCleanup(server.end, signal.SIGKILL)
        return server

    def file(self, kind):
        return sorted(glob.glob(os.path.join(self.data, kind + "-*")))[-1]

    def refusal(self):
        said = subprocess.run([TOOL, "serve", "--data", self.data], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True, timeout=60, check=False)
        self.assertEqual(said.returncode, 1)
        return said.stderr

    def test_what_was_acknowledged_a_second_before_a_kill_is_there(self):
        server = self.start("--no-kubelet")
        writers = [Writer(server, f"w{n}") for n in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(3)
        killed = time.monotonic()
        server.end(signal.SIGKILL)
        for writer in writers:
            writer.join()
        again = self.start("--no-kubelet")
        there = {item["metadata"]["name"]: item["metadata"] for item in again.get(MAPS)["items"]}
        due = [note for writer in writers for note in writer.acknowledged if note[0] < killed - 1]
        self.assertGreater(len(due), 100)
        for _, name, revision in due:
            self.assertEqual(there[name]["resourceVersion"], revision)
        self.assertGreater(int(again.call("POST", MAPS, config_map("next"))[2]["metadata"]["resourceVersion"]),
                           max(int(metadata["resourceVersion"]) for metadata in there.values()))

    def test_a_cluster_goes_on_with_its_objects_tokens_and_clock(self):
        server = self.start("--nodes", "2", "--speed", "20")
        server.call("POST", "/apis/apps/v1/namespaces/default/deployments", WEB)
        self.assertTrue(server.until(lambda: len(running(server)) == 2))
        token = server.call("POST", "/api/v1/namespaces/default/serviceaccounts/default/token",
                            {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}})[2]
        before = containers(server)
        lease = server.get("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1")
        time.sleep(0.6)
        server.end(signal.SIGKILL)
        again = self.start("--speed", "20")
        names = [node["metadata"]["name"] for node in again.get("/api/v1/nodes")["items"]]
        self.assertEqual(names, ["node-1", "node-2"])
        endpoints = again.get("/api/v1/namespaces/default/endpoints/kubernetes")
        self.assertEqual(endpoints["subsets"][0]["ports"][0]["port"], again.port)
        self.assertGreaterEqual(
            again.get("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1")["spec"]["renewTime"],
            lease["spec"]["renewTime"])

        def restarted():
            now = containers(again)
            return [uid for uid, container in before.items() if now.get(uid, container) != container]
        # The machines were off: the same pods run in new containers.
        self.assertTrue(again.until(lambda: len(restarted()) == 2), running(again))
        code, _, _ = again.call("GET", "/api", headers={"Authorization": "Bearer " + token["status"]["token"]})
        self.assertEqual(code, 200)
        self.assertEqual(len({pod["metadata"]["uid"] for pod in again.get("/api/v1/pods")["items"]}),
                         len(again.get("/api/v1/pods")["items"]))

    def test_custom_resources_are_kept_with_their_definition(self):
        server = self.start("--no-kubelet")
        server.call("POST", DEFINITIONS, WIDGET)
        widget = {"apiVersion": "example.com/v1", "kind": "Widget", "spec": {"size": 3}}
        self.assertTrue(server.until(lambda: server.call("GET", WIDGETS)[0] == 200))
        for name in ("one", "two"):
            self.assertEqual(server.call("POST", WIDGETS, {**widget, "metadata": {"name": name}})[0], 201)
        server.call("DELETE", WIDGETS + "/two")
        time.sleep(1.2)
        server.end(signal.SIGKILL)
        # First from the journal, then from the snapshot that the second start has written.
        for _ in range(2):
            again = self.start("--no-kubelet")
            items = again.get(WIDGETS)["items"]
            self.assertEqual([(item["metadata"]["name"], item["spec"]["size"]) for item in items], [("one", 3)])
            again.end(signal.SIGKILL)

    def test_a_watch_goes_on_over_a_restart(self):
        server = self.start("--no-kubelet")
        first = server.call("POST", MAPS, config_map("first"))[2]["metadata"]["resourceVersion"]
        server.call("POST", MAPS, config_map("second"))
        server.end(signal.SIGTERM)
        again = self.start("--no-kubelet")
        _, _, told = again.call("GET", f"{MAPS}?watch=true&timeoutSeconds=1&resourceVersion={first}")
        self.assertIn("second", str(told))

    def test_a_torn_tail_is_cut_and_told(self):
        server = self.start("--no-kubelet")
        server.call("POST", MAPS, config_map("whole"))
        server.end(signal.SIGTERM)
        with open(self.file("journal"), "ab") as journal:
            journal.write(b"\x10\x00\x00\x00torn")
        said = subprocess.Popen([TOOL, "serve", "--data", self.data, "--no-kubelet"], stderr=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        said.stdout.readline()
        said.stdout.readline()
        said.send_signal(signal.SIGTERM)
        _, errors = said.communicate(timeout=30)
        self.assertIn("the last 8 bytes are a write that was interrupted; they are cut off", errors)
        again = self.start("--no-kubelet")
        self.assertEqual(again.call("GET", MAPS + "/whole")[0], 200)

    def test_damage_in_the_middle_is_refused_with_its_place(self):
        server = self.start("--no-kubelet")
        for number in range(3):
            server.call("POST", MAPS, config_map(f"m{number}"))
        server.end(signal.SIGTERM)
        path = self.file("journal")
        with open(path, "r+b") as journal:
            journal.seek(60)
            byte = journal.read(1)
            journal.seek(60)
            journal.write(bytes([byte[0] ^ 1]))
        self.assertIn(f"{path}: the record at byte 18 is damaged: its checksum is wrong", self.refusal())

    def test_a_damaged_snapshot_is_refused(self):
        self.start("--no-kubelet").end(signal.SIGTERM)
        path = self.file("snapshot")
        os.truncate(path, os.path.getsize(path) - 1)
        self.assertIn("the snapshot is not whole", self.refusal())

    def test_two_servers_do_not_share_a_folder(self):
        self.start("--no-kubelet")
        self.assertIn("another kubetab serve keeps its cluster here", self.refusal())


if __name__ == "__main__":
    unittest.main()
