#!/usr/bin/env python3
"""replay.py [--tool FILE] [--out DIR] [--compare] [SCENARIO…]

Runs the recorded scenarios against `kubetab serve` in real time (ten minutes for all) and tells, scenario by scenario,
which objects went through other states and which events differ from those of the real controllers. --compare compares
what an earlier run left in DIR. Not part of scripts/test. The recordings are facts about the real thing and no part of
this repository: without them (KUBETAB_SHARED, default ../shared beside the checkout) nothing is compared and the exit
code is 0.

"interleaved" counts objects that differ only in numbers that a status passes through while independent actors work (how
many pods of a rollout were ready when the status was written), and events told another number of times.
"""
import argparse
import os
import ssl
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "rest")]
from compare import compare  # noqa: E402
from serving import ROOT, TOOL, Server  # noqa: E402

# As the recorded cluster was: no pods of its own, hollow nodes of one process, clients known by tokens.
CLUSTER = ["--no-system-pods", "--hollow-nodes", "--node-address=127.0.0.1", "--tls"]
# The scenarios of trace.py that were recorded; the node that was killed in another one was killed by hand.
RECORDED = """badimage crash create10 delete_bg ds init job job_fail job_suspend minready pause preempt quota recreate
    rolling10 rs_adopt sts sts_parallel sts_partition stuck_scale surge1 unschedulable""".split()
TOKENS = 'admin-token,kubernetes-admin,uid-admin,"system:masters"\n'


def pull_images(server):
    """The recorded cluster had pulled the images before: here a pod on each node does."""
    headers = {"Authorization": "Bearer admin-token", "Content-Type": "application/json"}
    context = ssl._create_unverified_context()  # The server made its certificate itself.
    pods = "/api/v1/namespaces/default/pods"
    images = ["nginx:1.25", "nginx:1.26", "nginx:1.27", "busybox"]
    for node in ("node-1", "node-2", "node-3"):
        containers = [{"name": f"c{place}", "image": image} for place, image in enumerate(images)]
        pod = {"metadata": {"name": node}, "spec": {"nodeName": node, "containers": containers}}
        server.call("POST", pods, pod, headers, context=context)

    def all_run():
        listed = server.call("GET", pods, None, headers, context=context)[2]
        return all(pod["status"]["phase"] == "Running" for pod in listed["items"])

    if not server.until(all_run):
        raise SystemExit("traces: the images are not pulled")
    for node in ("node-1", "node-2", "node-3"):
        server.call("DELETE", f"{pods}/{node}", {"gracePeriodSeconds": 0}, headers, context=context)


def record(tool, script, out, names):
    with tempfile.TemporaryDirectory() as folder:
        tokens = os.path.join(folder, "tokens")
        with open(tokens, "w", encoding="utf-8") as file:
            file.write(TOKENS)
        with Server(*CLUSTER, f"--token-auth-file={tokens}", tool=tool) as server:
            pull_images(server)
            subprocess.run([sys.executable, script, out, server.address, "admin-token", *names], check=True)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--tool", default=TOOL)
    parser.add_argument("--out", default=os.path.join(tempfile.gettempdir(), "kubetab-traces"))
    parser.add_argument("--compare", action="store_true")
    options = parser.parse_args()
    shelf = os.environ.get("KUBETAB_SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
    recorded = os.path.join(shelf, "golden", "traces")
    if not os.path.isdir(recorded):
        print("traces: no recordings here, nothing compared")
        return 0
    names = options.scenarios or RECORDED
    if not options.compare:
        record(options.tool, os.path.join(shelf, "golden", "trace.py"), options.out, names)
    totals = [0, 0, 0, 0]
    for name in names:
        theirs = os.path.join(recorded, name + ".txt")
        if not os.path.exists(theirs):
            print(f"{name}: not recorded")
            continue
        report = compare(read(os.path.join(options.out, name + ".txt")), read(theirs))
        counts = [report.equal, report.interleaved, report.different, report.late]
        totals = [total + count for total, count in zip(totals, counts)]
        print("{}: {} equal, {} interleaved, {} different; {} at another time".format(name, *counts))
        for line in report.lines:
            print("   ", line)
    print("traces: {} equal, {} interleaved, {} different; {} at another time".format(*totals))
    return 1 if totals[2] else 0


if __name__ == "__main__":
    sys.exit(main())
