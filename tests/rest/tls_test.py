#!/usr/bin/env python3
"""`kubetab serve --tls`: who a client is, by its certificate, its token, or neither. Skipped, with a sentence, where
the tool was built without OpenSSL.

usage: tests/rest/tls_test.py    KUBETAB_TOOL names another tool than build/native/kubetab
"""
import base64
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from serving import Server, TOOL  # noqa: E402

KUBECTL = os.environ.get("KUBECTL") or shutil.which("kubectl")
MAPS = "/api/v1/namespaces/default/configmaps"


def missing():
    """Why the suite cannot run here; nothing when it can."""
    if not shutil.which("openssl"):
        return "there is no openssl on this machine"
    with subprocess.Popen([TOOL, "serve", "--tls", "--no-kubelet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        address = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    return "" if address else said.strip()


class Encrypted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.data = os.path.join(cls.folder, "data")
        cls.server = Server("--tls", "--data", cls.data, "--nodes", "1", "--speed", "10")
        cls.addClassCleanup(cls.server.end, signal.SIGTERM)
        with open(cls.server.kubeconfig, encoding="utf-8") as config:
            text = config.read()
        for name in ("certificate-authority", "client-certificate", "client-key"):
            with open(os.path.join(cls.folder, name), "wb") as file:
                file.write(base64.b64decode(re.search(name + "-data: (.*)", text)[1]))

    def path(self, name):
        return os.path.join(self.folder, name)

    def context(self, certificate="", key=""):
        context = ssl.create_default_context(cafile=self.path("certificate-authority"))
        if certificate:
            context.load_cert_chain(self.path(certificate), self.path(key))
        return context

    def ask(self, method, path, body=None, *, who="", key="", headers=None):
        return self.server.call(method, path, body, headers, context=self.context(who, key))

    def user(self, **credentials):
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        code, _, body = self.ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review, **credentials)
        return body["status"]["userInfo"] if code == 201 else code

    def signed(self, subject, name):
        """A client certificate that the cluster's authority has signed."""
        with open(os.path.join(self.data, "ca.pem"), encoding="utf-8") as both:
            certificate, key = both.read().split("-----BEGIN PRIVATE KEY", 1)
        with open(self.path("ca.crt"), "w", encoding="utf-8") as file:
            file.write(certificate)
        with open(self.path("ca.key"), "w", encoding="utf-8") as file:
            file.write("-----BEGIN PRIVATE KEY" + key)
        run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.folder}
        subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-subj", subject,
                        "-out", name + ".csr"], **run)
        subprocess.run(["openssl", "x509", "-req", "-in", name + ".csr", "-CA", "ca.crt", "-CAkey", "ca.key",
                        "-CAcreateserial", "-days", "2", "-out", name + ".crt"], **run)
        return {"who": name + ".crt", "key": name + ".key"}

    def test_the_kubeconfigs_certificate_is_the_administrators(self):
        user = self.user(who="client-certificate", key="client-key")
        self.assertEqual(user["username"], "kubernetes-admin")
        self.assertEqual(user["groups"], ["kubeadm:cluster-admins", "system:authenticated"])
        self.assertRegex(user["extra"]["authentication.kubernetes.io/credential-id"][0], "^X509SHA256=[0-9a-f]{64}$")
        self.assertEqual(self.ask("GET", MAPS, who="client-certificate", key="client-key")[0], 200)

    def test_who_shows_nothing_is_anonymous(self):
        code, _, body = self.ask("GET", MAPS)
        self.assertEqual(code, 403)
        self.assertEqual(body["message"], 'configmaps is forbidden: User "system:anonymous" cannot list resource '
                                          '"configmaps" in API group "" in the namespace "default"')
        self.assertEqual(self.ask("GET", "/version")[0], 200)
        for path in ("/api", "/apis", "/openapi/v2", "/openapi/v3"):
            self.assertEqual(self.ask("GET", path)[0], 403, path)

    def test_a_certificate_names_a_user_and_groups(self):
        jane = self.signed("/O=team-a/O=team-b/CN=jane", "jane")
        user = self.user(**jane)
        self.assertEqual((user["username"], user["groups"]), ("jane", ["team-a", "team-b", "system:authenticated"]))
        self.assertEqual(self.ask("GET", MAPS, **jane)[0], 403)
        self.assertEqual(self.ask("GET", "/api", **jane)[0], 200)
        master = self.signed("/O=system:masters/CN=root", "root")
        self.assertEqual(self.ask("GET", MAPS, **master)[0], 200)
        code, _, body = self.ask("GET", MAPS, **jane, headers={"Impersonate-User": "bob"})
        self.assertEqual((code, body["message"]), (403, 'users "bob" is forbidden: User "jane" cannot impersonate '
                                                        'resource "users" in API group "" at the cluster scope'))

    def requested(self, name, subject, **spec):
        """Makes a key, asks the cluster for a certificate, approves, and gives the request as it stands then."""
        admin = {"who": "client-certificate", "key": "client-key"}
        subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", self.path(name + ".key"), "-subj",
                        subject, "-out", self.path(name + ".csr")], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        with open(self.path(name + ".csr"), "rb") as file:
            text = base64.b64encode(file.read()).decode()
        requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
        body = {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": name},
                "spec": {"request": text, "usages": ["digital signature", "client auth"], **spec}}
        code, _, made = self.ask("POST", requests, body, **admin)
        self.assertEqual(code, 201, made)
        made["status"] = {"conditions": [{"type": "Approved", "status": "True", "reason": "Asked"}]}
        self.assertEqual(self.ask("PUT", f"{requests}/{name}/approval", made, **admin)[0], 200)
        for _ in range(50):
            status = self.ask("GET", f"{requests}/{name}", **admin)[2]["status"]
            if status.get("certificate") or len(status["conditions"]) > 1:
                return status
            time.sleep(0.1)
        return status

    def test_approved_requests_are_signed(self):
        status = self.requested("dave", "/O=team-c/CN=dave", signerName="kubernetes.io/kube-apiserver-client",
                                expirationSeconds=3600)
        with open(self.path("dave.crt"), "wb") as file:
            file.write(base64.b64decode(status["certificate"]))
        user = self.user(who="dave.crt", key="dave.key")
        self.assertEqual((user["username"], user["groups"]), ("dave", ["team-c", "system:authenticated"]))
        end = subprocess.run(["openssl", "x509", "-in", self.path("dave.crt"), "-noout", "-checkend", "7200"],
                             check=False, stdout=subprocess.DEVNULL)
        self.assertEqual(end.returncode, 1)  # It has expired by then.
        text = subprocess.run(["openssl", "x509", "-in", self.path("dave.crt"), "-noout", "-text"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        for part in ("Issuer: CN = kubernetes", "Digital Signature\n", "TLS Web Client Authentication", "CA:FALSE"):
            self.assertIn(part, text)

    def test_requests_that_are_none_for_their_signer_fail(self):
        client = "kubernetes.io/kube-apiserver-client"
        failed = self.requested("node", "/O=system:nodes/CN=eve", signerName=client + "-kubelet")
        self.assertEqual(failed["conditions"][1]["reason"], "SignerValidationFailure")
        self.assertEqual(failed["conditions"][1]["message"], "subject common name does not begin with system:node:")
        usage = self.requested("wide", "/CN=wide", signerName=client, usages=["server auth"])
        self.assertEqual(usage["conditions"][1]["message"], "invalid usage for client certificate: server auth")

    def test_a_certificate_of_somebody_else_is_unauthorized(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.path("own.key"),
                        "-subj", "/O=system:masters/CN=thief", "-out", self.path("own.crt")], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.assertEqual(self.ask("GET", "/version", who="own.crt", key="own.key")[0], 401)

    def test_tokens_say_who_asks(self):
        admin = {"who": "client-certificate", "key": "client-key"}
        wish = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
        code, _, body = self.ask("POST", "/api/v1/namespaces/default/serviceaccounts/default/token", wish, **admin)
        self.assertEqual(code, 201)
        bearer = {"Authorization": "Bearer " + body["status"]["token"]}
        self.assertEqual(self.user(headers=bearer)["username"], "system:serviceaccount:default:default")
        self.assertEqual(self.user(headers={"Authorization": "Bearer nonsense"}), 401)

    def test_plain_http_is_not_spoken(self):
        with self.assertRaises(OSError):
            Server.call(self.server, "GET", "/version", address=self.server.address.replace("https", "http"))

    def test_pods_are_told_to_trust_the_authority(self):
        admin = {"who": "client-certificate", "key": "client-key"}
        _, _, body = self.ask("GET", MAPS + "/kube-root-ca.crt", **admin)
        with open(self.path("certificate-authority"), encoding="utf-8") as authority:
            self.assertEqual(body["data"]["ca.crt"], authority.read())

    @unittest.skipUnless(KUBECTL, "there is no kubectl on this machine")
    def test_a_stock_kubectl_works(self):
        def kubectl(*words):
            done = subprocess.run([KUBECTL, "--kubeconfig", self.server.kubeconfig, *words], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=90, check=False,
                                  env={**os.environ, "KUBECACHEDIR": self.folder})
            self.assertEqual(done.returncode, 0, done.stdout)
            return done.stdout
        self.assertIn("kubernetes-admin", kubectl("auth", "whoami"))
        kubectl("run", "web", "--image=nginx:1.25")
        kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s")
        self.assertEqual(kubectl("exec", "web", "--", "echo", "hello"), "hello\n")
        self.assertIn("nginx", kubectl("logs", "web"))
        kubectl("delete", "pod", "web", "--now")


if __name__ == "__main__":
    why = missing()
    if why:
        print("skipped:", why)
        sys.exit(0)
    unittest.main()
