#!/usr/bin/env python3
"""What `kubetab serve` does on the wire, without kubectl: connections, streams, limits, and its end.

usage: tests/rest/http_test.py    KUBETAB_TOOL names another tool than build/native/kubetab
"""
import base64
import http.client
import json
import os
import pathlib
import signal
import socket
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


def config_map(name, size=0):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"k": "x" * size}}


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--nodes", "1")
        cls.addClassCleanup(cls.server.end, signal.SIGTERM)


class WithoutActors(unittest.TestCase):
    """Clients are kubelet and scheduler themselves."""

    def test_nodes_do_not_go_with_no_kubelet(self):
        said = subprocess.run([TOOL, "serve", "--no-kubelet", "--nodes", "2"], stderr=subprocess.PIPE, text=True,
                              timeout=20, check=False)
        self.assertEqual(said.returncode, 2)
        self.assertIn("--nodes does not go with --no-kubelet", said.stderr)

    def test_admission_plugins_are_chosen_by_name(self):
        for list_, sentence in (("-Nonsense", 'no admission plugin "Nonsense"; there are NamespaceLifecycle, '),
                                ("PodSecurity,-PodSecurity", "the admission plugin PodSecurity cannot be both run and "
                                                             "left out")):
            said = subprocess.run([TOOL, "serve", "--admission", list_], stderr=subprocess.PIPE, text=True, timeout=20,
                                  check=False)
            self.assertEqual(said.returncode, 2)
            self.assertIn(sentence, said.stderr)
        with Server("--no-kubelet", "--admission=-NamespaceLifecycle,-ServiceAccount") as server:
            pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
                   "spec": {"containers": [{"name": "c", "image": "i"}]}}
            code, _, made = server.call("POST", "/api/v1/namespaces/nowhere/pods", pod)
            self.assertEqual(code, 201)
            self.assertNotIn("serviceAccountName", made["spec"])

    def test_pods_wait_and_clients_bring_nodes_and_status(self):
        with Server("--no-kubelet", "--no-scheduler", "--speed", "100") as server:
            self.assertEqual(server.get("/api/v1/nodes")["items"], [])
            node = {"metadata": {"name": "mine"}, "status": {"capacity": {"cpu": "8", "pods": "9"}}}
            self.assertEqual(server.call("POST", "/api/v1/nodes", node)[0], 201)
            node = server.get("/api/v1/nodes/mine")
            node["status"]["conditions"] = [{"type": "Ready", "status": "True", "reason": "Mine"}]
            self.assertEqual(server.call("PUT", "/api/v1/nodes/mine/status", node)[0], 200)
            self.assertEqual(server.get("/api/v1/nodes/mine")["status"]["conditions"][0]["reason"], "Mine")

            pod = {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "nginx"}]}}
            pods = "/api/v1/namespaces/default/pods"
            self.assertTrue(server.until(lambda: server.call("POST", pods, pod)[0] in (201, 409)))
            # Nobody renews the node's lease: when it is taken for lost, nearly a minute has passed.
            ready = lambda: server.get("/api/v1/nodes/mine")["status"]["conditions"][0]["status"]  # noqa: E731
            self.assertTrue(server.until(lambda: ready() == "Unknown"))
            pod = server.get(pods + "/p")
            self.assertEqual(pod["status"]["phase"], "Pending")
            self.assertNotIn("nodeName", pod["spec"])

            bind = {"metadata": {"name": "p"}, "target": {"kind": "Pot"}}
            code, _, said = server.call("POST", pods + "/p/binding", bind)
            self.assertEqual((code, [cause["field"] for cause in said["details"]["causes"]]),
                             (422, ["target.kind", "target.name"]))
            bind = {"metadata": {"name": "p"}, "target": {"kind": "Node", "name": "mine"}}
            self.assertEqual(server.call("POST", pods + "/q/binding", bind)[0], 400)
            bindings = "/api/v1/namespaces/default/bindings"
            self.assertEqual(server.call("POST", bindings + "?dryRun=All", bind)[0], 201)
            self.assertNotIn("nodeName", server.get(pods + "/p")["spec"])
            self.assertEqual(server.call("POST", bindings, bind)[0], 201)
            self.assertEqual(server.call("POST", pods + "/p/binding", bind)[0], 409)
            pod = server.get(pods + "/p")
            self.assertEqual(pod["spec"]["nodeName"], "mine")
            pod["status"]["phase"] = "Running"
            self.assertEqual(server.call("PUT", pods + "/p/status", pod)[0], 200)
            self.assertEqual(server.get(pods + "/p")["status"]["phase"], "Running")


class Tokens(unittest.TestCase):
    """Tokens that were agreed on beforehand."""

    def served_with(self, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "tokens.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_a_token_is_the_user_of_its_line(self):
        path = self.served_with('# token, user, uid, groups\nt-root,root,uid-root,"system:masters,ops"\n'
                                '"t,""q""",jane,uid-jane\n')
        with Server("--nodes", "0", "--token-auth-file", path) as server:
            who = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
            address = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
            _, _, answer = server.call("POST", address, who, {"Authorization": "Bearer t-root"})
            self.assertEqual(answer["status"]["userInfo"], {
                "username": "root", "uid": "uid-root", "groups": ["system:masters", "ops", "system:authenticated"]})
            jane = {"Authorization": 'Bearer t,"q"'}
            code, _, said = server.call("GET", "/api/v1/secrets", headers=jane)
            self.assertEqual(code, 403)
            self.assertIn('User "jane" cannot list resource "secrets"', said["message"])
            self.assertEqual(server.call("GET", "/api/v1/secrets", headers={"Authorization": "Bearer nope"})[0], 401)

    def test_a_wrong_file_is_named_with_its_line(self):
        for text, sentence in (("t,u\n", "line 1: expected TOKEN,USER,UID"),
                               ('t,u,"1\n', "line 1: a quote is not closed"),
                               ("t,u,1\n\nt,v,2\n", "line 3: the token stands there twice"),
                               (",u,1\n", "line 1: the token or the user is empty"),
                               ("", "cannot be read, or is empty")):
            said = subprocess.run([TOOL, "serve", "--token-auth-file", self.served_with(text)], stderr=subprocess.PIPE,
                                  text=True, timeout=20, check=False)
            self.assertEqual(said.returncode, 2)
            self.assertIn(sentence, said.stderr)


class FormerVersions(unittest.TestCase):
    """Versions that servers of 2017 had."""
    PATH = "/apis/extensions/v1beta1/namespaces/default/deployments"
    DEPLOYMENT = {"apiVersion": "extensions/v1beta1", "kind": "Deployment", "metadata": {"name": "web"},
                  "spec": {"template": {"metadata": {"labels": {"app": "web"}},
                                        "spec": {"containers": [{"name": "web", "image": "nginx:1.25"}]}}}}

    def test_they_are_served_where_they_are_asked_for(self):
        with Server("--nodes", "1", "--apis", "2017") as server:
            watch = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            watch.request("GET", self.PATH + "?watch=true")
            events = watch.getresponse()
            code, _, made = server.call("POST", self.PATH, self.DEPLOYMENT)
            self.assertEqual((code, made["apiVersion"]), (201, "extensions/v1beta1"))
            self.assertEqual(made["spec"]["selector"], {"matchLabels": {"app": "web"}})
            event = json.loads(events.readline())
            self.assertEqual((event["type"], event["object"]["apiVersion"]), ("ADDED", "extensions/v1beta1"))
            watch.close()
            # A strategic merge patch knows how lists are merged.
            patch = {"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "nginx:1.26"}]}}}}
            kind = {"Content-type": "application/strategic-merge-patch+json"}
            code, _, patched = server.call("PATCH", self.PATH + "/web", patch, kind)
            containers = patched["spec"]["template"]["spec"]["containers"]
            self.assertEqual((code, [each["image"] for each in containers]), (200, ["nginx:1.26"]))
            today = server.get("/apis/apps/v1/namespaces/default/deployments/web")
            self.assertEqual((today["apiVersion"], today["metadata"]["uid"]),
                             ("apps/v1", made["metadata"]["uid"]))
            schemas = server.get("/openapi/v3/apis/extensions/v1beta1")["components"]["schemas"]
            self.assertNotIn("selector", schemas["io.k8s.api.extensions.v1beta1.DeploymentSpec"]["required"])
            self.assertIn("apis/extensions/v1beta1", server.get("/openapi/v3")["paths"])
            # Without a word about it, dependents stay. The foreground would take them first.
            server.until(lambda: server.get("/apis/apps/v1/namespaces/default/replicasets")["items"])
            code, _, gone = server.call("DELETE", self.PATH + "/web")
            self.assertEqual((code, "orphan" in gone["metadata"].get("finalizers", [])), (200, True))

    def test_today_they_are_not(self):
        with Server("--nodes", "0") as server:
            for path in (self.PATH, "/apis/extensions/v1beta1", "/openapi/v3/apis/extensions/v1beta1"):
                self.assertEqual(server.call("GET", path)[0], 404)
            self.assertNotIn("apis/extensions/v1beta1", server.get("/openapi/v3")["paths"])


class Documents(Served):
    """What tells clients what there is, and where."""

    def text(self, path):
        return self.server.call("GET", path, headers={"Accept": "text/plain, application/json"})[2]

    def test_the_server_says_where_it_listens(self):
        port = self.server.port
        address = self.server.get("/api")["serverAddressByClientCIDRs"][0]["serverAddress"]
        self.assertEqual(address, f"172.18.0.2:{port}")
        endpoints = self.server.get("/api/v1/namespaces/default/endpoints/kubernetes")
        self.assertEqual(endpoints["subsets"][0]["ports"][0]["port"], port)

    def test_members_come_in_the_order_of_the_real_ones(self):
        apps = self.server.get("/apis/apps/v1")
        self.assertEqual(list(apps), ["kind", "apiVersion", "groupVersion", "resources"])
        scale = next(each for each in apps["resources"] if each["name"] == "deployments/scale")
        self.assertEqual(list(scale), ["name", "singularName", "namespaced", "group", "version", "kind", "verbs"])
        deployments = next(each for each in apps["resources"] if each["name"] == "deployments")
        self.assertEqual(deployments["storageVersionHash"], "8aSe+NMegvE=")
        self.assertNotIn("apiVersion", self.server.get("/api/v1"))

    def test_a_list_goes_on_where_its_token_says(self):
        namespaces = "/api/v1/namespaces?limit=2"
        first = self.server.get(namespaces)
        token = first["metadata"]["continue"]
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        self.assertEqual(list(json.loads(text)), ["v", "rv", "start"])
        self.assertEqual(json.loads(text)["start"], "/" + first["items"][-1]["metadata"]["name"] + "\0")
        rest = self.server.get(namespaces + "&continue=" + token)
        names = [item["metadata"]["name"] for item in first["items"] + rest["items"]]
        self.assertEqual(names, ["default", "kube-node-lease", "kube-public", "kube-system"])
        for wrong, why in (("xyz", "invalid character '\u00c7' looking for beginning of value"),
                           ("*", "illegal base64 data at input byte 0"),
                           ("eyJ2IjoidjIiLCJydiI6MX0", 'server does not recognize this encoded version "v2"')):
            code, _, said = self.server.call("GET", namespaces + "&continue=" + wrong)
            self.assertEqual((code, said["message"]),
                             (400, "invalid continue token: continue key is not valid: " + why))

    # shows: server.last-write-wins
    def test_a_version_that_is_not_there_yet_is_waited_for(self):
        begin = time.monotonic()
        code, headers, body = self.server.call("GET", MAPS + "?resourceVersion=1000000")
        self.assertEqual((code, body["reason"], headers["Retry-After"]), (504, "Timeout", "1"))
        self.assertRegex(body["message"], r"^Timeout: Too large resource version: 1000000, current: \d+$")
        self.assertEqual(body["details"]["causes"], [{"reason": "ResourceVersionTooLarge",
                                                      "message": "Too large resource version"}])
        self.assertGreater(time.monotonic() - begin, 2.5)
        version = int(self.server.get(MAPS)["metadata"]["resourceVersion"]) + 1
        found = []
        waiting = threading.Thread(target=lambda: found.append(self.server.get(f"{MAPS}?resourceVersion={version}")))
        waiting.start()
        self.assertEqual(self.server.call("POST", MAPS, config_map("awaited"))[0], 201)
        waiting.join(timeout=20)
        self.assertIn("awaited", [one["metadata"]["name"] for one in found[0]["items"]])

    def test_a_replacement_without_a_version_is_taken(self):
        self.server.call("POST", MAPS, config_map("versionless", 1))
        code, _, written = self.server.call("PUT", MAPS + "/versionless", config_map("versionless", 2))
        self.assertEqual((code, written["data"]["k"]), (200, "xx"))

    # shows: server.delete-precondition
    def test_a_delete_may_be_of_one_object_only(self):
        _, _, made = self.server.call("POST", MAPS, config_map("one"))
        uid = made["metadata"]["uid"]
        code, _, said = self.server.call("DELETE", MAPS + "/one", {"preconditions": {"uid": "another"}})
        self.assertEqual(code, 409)
        self.assertIn(f"the UID in the precondition (another) does not match the UID in record ({uid}). The object "
                      "might have been deleted and then recreated", said["message"])
        self.assertEqual(self.server.call("DELETE", MAPS + "/one", {"preconditions": {"uid": uid}})[0], 200)

    def test_who_is_turned_away_is_not_to_guess_the_answer(self):
        _, headers, _ = self.server.call("GET", "/api/v1/secrets", headers={"Impersonate-User": "jane"})
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_checks_are_told_one_by_one(self):
        self.assertEqual(self.text("/livez"), "ok")
        lines = self.text("/livez?verbose").splitlines()
        self.assertEqual((lines[0], lines[2], lines[-1]), ("[+]ping ok", "[+]etcd ok", "livez check passed"))
        lines = self.text("/readyz?verbose").splitlines()
        self.assertIn("[+]informer-sync ok", lines)
        self.assertNotIn("[+]etcd ok", lines)


class Connections(Served):
    def test_one_connection_takes_several_requests(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        for _ in range(3):
            connection.request("GET", "/version")
            with connection.getresponse() as answer:
                self.assertEqual(answer.status, 200)
                self.assertEqual(json.loads(answer.read())["minor"], "32")

    def test_an_announced_body_over_the_limit_is_refused_unread(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as client:
            client.sendall(f"POST {MAPS} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n"
                           "Content-Length: 99999999\r\n\r\n".encode())
            answer = client.makefile("rb").read()
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:80])
        self.assertIn(b"Request entity too large: limit is 3145728", answer)

    def test_a_body_over_the_limit_that_is_sent_all_the_same_gets_its_answer(self):
        code, _, status = self.server.call("POST", MAPS, config_map("large", size=5_000_000))
        self.assertEqual((code, status["reason"]), (413, "RequestEntityTooLarge"))

    def test_a_head_is_refused_without_a_body_and_the_connection_goes_on(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("HEAD", "/version")
        with connection.getresponse() as answer:
            self.assertEqual((answer.status, answer.read()), (405, b""))
        connection.request("GET", "/healthz")
        with connection.getresponse() as answer:
            self.assertEqual(answer.read(), b"ok")

    def test_a_host_that_is_not_this_machine_is_refused(self):
        code, _, status = self.server.call("GET", "/version", headers={"Host": f"evil.example:{self.server.port}"})
        self.assertEqual((code, status["reason"]), (403, "Forbidden"))

    def test_what_is_no_http_ends_the_connection_and_nothing_else(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as client:
            client.sendall(b"\x16\x03\x01 hello\r\n\r\n")
            self.assertEqual(client.makefile("rb").read(), b"")
        self.assertEqual(self.server.call("GET", "/healthz")[2], "ok")


class Streams(Served):
    def open(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", path)
        answer = connection.getresponse()
        self.addCleanup(answer.close)
        return connection, answer

    def test_a_watch_brings_changes_as_they_happen_one_a_line(self):
        _, watch = self.open(MAPS + "?watch=true&fieldSelector=metadata.name%3Da")
        self.server.call("POST", MAPS, config_map("a"))
        self.assertEqual(json.loads(watch.readline())["type"], "ADDED")
        self.server.call("PUT", MAPS + "/a", config_map("a", size=1))
        self.assertEqual(json.loads(watch.readline())["type"], "MODIFIED")
        self.server.call("DELETE", MAPS + "/a")
        self.assertEqual(json.loads(watch.readline())["type"], "DELETED")

    def test_a_watch_ends_after_its_time_and_the_connection_goes_on(self):
        connection, watch = self.open(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=0")
        self.assertEqual(watch.getheader("Transfer-Encoding"), "chunked")
        for line in watch.read().splitlines():
            self.assertEqual(json.loads(line)["type"], "ADDED")
        connection.request("GET", "/healthz")
        with connection.getresponse() as answer:
            self.assertEqual(answer.read(), b"ok")

    def test_requests_sent_behind_a_watch_are_answered_after_it(self):
        head = f"Host: 127.0.0.1:{self.server.port}\r\n"
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as client:
            client.sendall(f"GET {MAPS}?watch=true&timeoutSeconds=1 HTTP/1.1\r\n{head}\r\n".encode())
            client.sendall(f"GET /healthz HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
            answer = client.makefile("rb").read()
        watched, _, rest = answer.partition(b"\r\n0\r\n\r\n")
        self.assertIn(b'"type":"ADDED"', watched)
        self.assertTrue(rest.startswith(b"HTTP/1.1 200 OK") and rest.endswith(b"ok"), rest)

    def test_a_stream_is_refused_where_there_are_no_chunks(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as client:
            client.sendall(f"GET {MAPS}?watch=true HTTP/1.0\r\nHost: 127.0.0.1:{self.server.port}\r\n\r\n".encode())
            answer = client.makefile("rb").read()
        self.assertIn(b"a stream needs HTTP/1.1", answer)

    def test_a_client_that_reads_nothing_is_told_to_list_again(self):
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(30)
            client.connect(("127.0.0.1", self.server.port))
            client.sendall(f"GET {MAPS}?watch=true HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n\r\n".encode())
            self.server.call("POST", MAPS, config_map("big"))
            for number in range(40):
                self.assertEqual(self.server.call("PUT", MAPS + "/big", config_map("big", 900_000 + number))[0], 200)
            received = 0
            tail = b""
            while not tail.endswith(b"\r\n0\r\n\r\n"):
                data = client.recv(1 << 20)
                self.assertTrue(data)
                received += len(data)
                tail = (tail + data)[-1000:]
        self.assertLess(received, 20_000_000)
        self.assertRegex(tail.decode(), r'"type":"ERROR","object":.*"code":410.*"message":"too old resource version: '
                                        r'\d+ \(\d+\)".*"reason":"Expired"')
        self.assertEqual(self.server.call("DELETE", MAPS + "/big")[0], 200)


class Time(unittest.TestCase):
    def test_virtual_time_passes_faster_with_speed(self):
        with Server("--nodes", "1", "--speed", "100") as server:
            pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
                   "spec": {"containers": [{"name": "c", "image": "busybox", "command": ["sleep", "60"]}],
                            "restartPolicy": "Never"}}
            self.assertEqual(server.call("POST", "/api/v1/namespaces/default/pods", pod)[0], 201)
            path = "/api/v1/namespaces/default/pods/p"
            self.assertTrue(server.until(lambda: server.get(path)["status"]["phase"] == "Succeeded", seconds=20))


class Ends(unittest.TestCase):
    def test_it_ends_cleanly_when_asked_to(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            server = Server("--nodes", "0")
            with socket.create_connection(("127.0.0.1", server.port)):
                self.assertIn(server.address, pathlib.Path(server.kubeconfig).read_text(encoding="utf-8"))
                self.assertEqual(server.end(number), 0)
            self.assertFalse(os.path.exists(server.kubeconfig))

    def test_a_port_that_is_taken_is_named(self):
        with Server("--nodes", "0") as server, self.assertRaises(SystemExit):
            Server("--nodes", "0", "--port", str(server.port))


if __name__ == "__main__":
    unittest.main()
