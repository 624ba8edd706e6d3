"""Starts and stops `kubetab serve` for the tests beside this file."""
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOL = os.environ.get("KUBETAB_TOOL", os.path.join(ROOT, "build", "native", "kubetab"))


class Server:
    """A running server; as a context, it is ended with SIGTERM at the end."""

    def __init__(self, *flags, tool=TOOL):
        self.process = subprocess.Popen([tool, "serve", "--port", "0", *flags], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().removeprefix("address: ").strip()
        self.kubeconfig = self.process.stdout.readline().removeprefix("kubeconfig: ").strip()
        if not self.kubeconfig:
            self.process.stdout.close()
            raise SystemExit(f"kubetab serve ended with {self.process.wait()}")
        self.port = int(self.address.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(signal.SIGTERM)

    def end(self, number):
        """Asks it to end and gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(timeout=20)
        finally:
            self.process.kill()
            self.process.stdout.close()
        return code

    def call(self, method, path, body=None, headers=None, *, context=None, address=None):
        """Status code, headers and body (a document when it is JSON). Over TLS, the context says who asks."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        url = (address or self.address) + path
        request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
        if data is not None and not request.has_header("Content-type"):
            request.add_header("Content-type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30, context=context) as answer:
                return answer.status, answer.headers, document(answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers, document(answer.read())

    def get(self, path):
        return self.call("GET", path)[2]

    def until(self, test, seconds=30):
        """Asks until the test holds; real time passes here, because the clients are real."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if test():
                return True
            time.sleep(0.1)
        return False


def document(data):
    try:
        return json.loads(data)
    except ValueError:
        return data.decode("utf-8", "replace")
