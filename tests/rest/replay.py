#!/usr/bin/env python3
"""replay.py [--tool FILE] [--kubectl FILE] [--out DIR] [--diff ID] [--http] [SECTION…]

Replays the recorded session with a stock kubectl against `kubetab serve`, in real time (minutes for each section),
and counts transcripts equal to the recorded ones, section by section. Sections named are run alone, in the order of
the session. --http replays the recorded raw requests instead. Not part of scripts/test. The recordings are facts
about the real thing and no part of this repository: without them (KUBETAB_SHARED, default ../shared beside the
checkout) nothing is compared and the exit code is 0.

Of bodies in JSON, the descriptions of columns are left out; of the rest see golden/replay.py.
"""
import argparse
import difflib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from serving import ROOT, TOOL, Server  # noqa: E402

# What the recorded cluster was by chance: its certificate, how a pulled image was named, random ends of names without a
# digit, which norm takes for words; and sentences of objects that the control plane makes.
CHANCE = [
    (re.compile(r'"ca.crt": "[^"]*"'), '"ca.crt": "<certificate>"'),
    (re.compile(r"\bg-[bcdfghjklmnpqrstvwxz2456789]{5}\b"), "g-<rand>"),
    (re.compile(r'"kubernetes.io/description": "[^"]*"'), '"kubernetes.io/description": "<sentence>"'),
    (re.compile(r'"(?:\d+[dhms])+"'), '"<age>"'),
    (re.compile(r'"continue": "[^"]*"'), '"continue": "<token>"'),
    (re.compile(r'scheme \\"k132/'), r'scheme \"'),
    (re.compile(r"default-scheduler-(?:vm|control-plane)"), "default-scheduler-<host>"),
]
# What the client says of itself: the one of this machine may be another build of its version.
CLIENT = [
    (re.compile(r"^Client Version: .*$", re.MULTILINE), "Client Version: <version>"),
    (re.compile(r'^<klog> run\.go:\d+\] "command failed" err="(.*)"$', re.MULTILINE),
     lambda found: "error: " + found[1].replace('\\"', '"')),
]
# The recorded cluster had no pods of its own, and its nodes were hollow and one process. It listened on this port and
# knew its clients by tokens.
CLUSTER = ["--no-system-pods", "--hollow-nodes", "--node-address=127.0.0.1", "--tls", "--port=16443"]
TOKENS = 'admin-token,kubernetes-admin,uid-admin,"system:masters"\nalice-token,alice,uid-alice\n'


def module_of(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cut(session, sections):
    """The session's text with only the named sections."""
    head, *parts = re.split(r"^(?=cat_ )", session, flags=re.MULTILINE)
    last = parts[-1]
    tail = last[last.index('rm -rf "$TMP"'):]
    parts[-1] = last[:last.index('rm -rf "$TMP"')]
    if sections:
        parts = [part for part in parts if part.split()[1].split("-")[0] in sections]
    return head + "".join(parts) + tail


def read_transcripts(folder):
    transcripts = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            transcripts[name.removesuffix(".txt")] = file.read()
    return transcripts


def label_zones(kubectl, environment):
    nodes = subprocess.run([kubectl, "get", "nodes", "-o", "name"], stdout=subprocess.PIPE, text=True, check=True,
                           env=environment).stdout.split()
    for number, node in enumerate(nodes, 1):
        subprocess.run([kubectl, "label", node, f"topology.kubernetes.io/zone=zone-{number % 3}"], check=True,
                       stdout=subprocess.DEVNULL, env=environment)


def served(arguments, folder):
    tokens = os.path.join(folder, "tokens.csv")
    with open(tokens, "w", encoding="utf-8") as file:
        file.write(TOKENS)
    return Server(*CLUSTER, "--token-auth-file", tokens, tool=arguments.tool)


def with_token(kubeconfig, folder):
    """The same kubeconfig, but the administrator shows the agreed token instead of a certificate."""
    with open(kubeconfig, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"^ +client-key-data:.*\n", "", text, flags=re.MULTILINE)
    text, count = re.subn(r"client-certificate-data:.*", "token: admin-token", text)
    assert count == 1, text
    path = os.path.join(folder, "kubeconfig")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def replay_session(golden, arguments, out):
    with tempfile.TemporaryDirectory() as folder, served(arguments, folder) as server:
        os.symlink(os.path.join(golden, "manifests"), os.path.join(folder, "manifests"))
        script = os.path.join(folder, "session.sh")
        with open(os.path.join(golden, "session.sh"), encoding="utf-8") as file:
            text = cut(file.read(), arguments.sections)
        with open(script, "w", encoding="utf-8") as file:
            file.write(text)
        environment = {**os.environ, "KUBECTL": arguments.kubectl, "KUBECONFIG": with_token(server.kubeconfig, folder)}
        label_zones(arguments.kubectl, environment)
        subprocess.run(["bash", script, out], env=environment, check=False)
    recorded = module_of("recorded", os.path.join(ROOT, "tests", "golden", "replay.py"))
    recorded.CHANCE += CLIENT
    recorded.compare(golden, read_transcripts(out), arguments)


def comparable(value):
    """A body without what is not ours to repeat, with the keys in one order."""
    if isinstance(value, dict):
        left_out = {"description"} if "priority" in value else set()
        return {key: comparable(item) for key, item in sorted(value.items()) if key not in left_out}
    return [comparable(item) for item in value] if isinstance(value, list) else value


def normal_body(body):
    try:
        return json.dumps(comparable(json.loads(body)), indent=1)
    except ValueError:
        pass
    lines = []
    for line in body.split("\n"):
        try:
            lines.append(json.dumps(comparable(json.loads(line))))
        except ValueError:
            lines.append(line)
    return "\n".join(lines)


def answer_of(transcript):
    """Status, headers and body. Requests may repeat what was answered before."""
    head, _, body = transcript[transcript.index("### status"):].partition("### body\n")
    return head + normal_body(body)


def in_one_order(value):
    """A body with the rows of a table, named by chance, and the managers of one second in one order."""
    if isinstance(value, dict):
        value = {key: in_one_order(item) for key, item in value.items()}
        for key in {"rows", "managedFields"} & value.keys():
            value[key].sort(key=json.dumps)
        return value
    return [in_one_order(item) for item in value] if isinstance(value, list) else value


def without_chance(text):
    for pattern, replacement in CHANCE:
        text = pattern.sub(replacement, text)
    head, _, body = text.partition("{")
    for documents in (["{" + body], ("{" + body).splitlines()):
        try:
            return head + "\n".join(json.dumps(in_one_order(json.loads(each)), indent=1) for each in documents if each)
        except ValueError:
            continue
    return text


def pull_everywhere(kubectl, environment):
    """The raw requests were recorded after the session, whose image was on every node then."""
    options = {"env": environment, "check": True, "stdout": subprocess.DEVNULL}
    nodes = subprocess.run([kubectl, "get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"], text=True,
                           stdout=subprocess.PIPE, env=environment, check=True).stdout.split()
    pods = [f"pull-{node}" for node in nodes]
    for pod, node in zip(pods, nodes):
        subprocess.run([kubectl, "run", pod, "--image=nginx:1.25", f'--overrides={{"spec":{{"nodeName":"{node}"}}}}'],
                       **options)
    subprocess.run([kubectl, "wait", "pod", *pods, "--for=condition=Ready"], **options)
    subprocess.run([kubectl, "delete", "pod", *pods, "--now"], **options)


def leave_service(kubectl, environment):
    """The session had left this one."""
    subprocess.run([kubectl, "create", "service", "clusterip", "bad", "--tcp=80:abc:c"], env=environment, check=True,
                   stdout=subprocess.DEVNULL)


def replay_http(golden, arguments, out):
    with tempfile.TemporaryDirectory() as folder, served(arguments, folder) as server:
        environment = {**os.environ, "KUBECONFIG": server.kubeconfig}
        label_zones(arguments.kubectl, environment)
        pull_everywhere(arguments.kubectl, environment)
        leave_service(arguments.kubectl, environment)
        subprocess.run([sys.executable, os.path.join(golden, "http_session.py"), out, server.address], check=True)
    norm = module_of("norm", os.path.join(golden, "norm.py")).norm
    expected = read_transcripts(os.path.join(golden, "http-expected"))
    equal = by_chance = 0
    for identifier, text in read_transcripts(out).items():
        if identifier not in expected:
            continue
        pair = [norm(norm(answer_of(transcript))) for transcript in (expected[identifier], text)]
        if pair[0] == pair[1]:
            equal += 1
            continue
        pair = [without_chance(text) for text in pair]
        if pair[0] == pair[1]:
            by_chance += 1
        elif arguments.diff is None:
            print("   ", identifier)
        elif arguments.diff in identifier:
            lines = difflib.unified_diff(pair[0].split("\n"), pair[1].split("\n"), "recorded", "ours", lineterm="", n=2)
            print("\n".join([identifier, *lines]))
    print(f"{equal} of {len(expected)} requests answered equally, {by_chance} more but for chance")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=TOOL)
    parser.add_argument("--kubectl", default=shutil.which("kubectl"))
    parser.add_argument("--out")
    parser.add_argument("--diff")
    parser.add_argument("--http", action="store_true")
    parser.add_argument("sections", nargs="*")
    arguments = parser.parse_args()
    arguments.commands = None
    golden = os.path.join(ROOT, os.environ.get("KUBETAB_SHARED", "../shared"), "golden")
    if not os.path.exists(os.path.join(golden, "session.sh")):
        print("skipped: no recordings in", golden)
        return 0
    if not arguments.http and not arguments.kubectl:
        print("skipped: there is no kubectl on this machine")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        out = arguments.out or folder
        os.makedirs(out, exist_ok=True)
        (replay_http if arguments.http else replay_session)(golden, arguments, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
