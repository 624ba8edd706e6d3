#!/usr/bin/env python3
"""replay.py [--tool FILE] [--out DIR] [--expect SECTION=COUNT,…] [--commands REGEX] [--diff ID] [SECTION…]

Replays the recorded kubectl session against `kubetab converse` and counts transcripts equal to the recorded ones.
The recordings are facts about the real thing and no part of this repository: without them (KUBETAB_SHARED, default
../shared beside the checkout) nothing is compared and the exit code is 0.

Writes transcripts (as they are, and normalised) to DIR; prints per section how many are equal and the ids that differ.
With --expect, fails when a section has fewer equal ones. --diff prints the difference of the ids that contain its
value. --commands compares only what begins with a match of it after "kubectl ". Sections are run in order from the
first; naming some ends the run after the last named one. Transcripts that differ between two recordings (NOISE.txt)
are not compared. What differs only in what the recorded machines were by chance is counted apart, never as equal.
Of `kubectl explain` the sentences are left out, because ours are our own words: what is listed and how is compared.
"""
import argparse
import difflib
import importlib.util
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HOME = "/home/learner"
# What a command of the recording took on its way to the server and back.
COMMAND_MS = 200

# What the recorded machines were by chance: the API server's address and port, zones (norm does the same to nodes), a
# host's name, the build's path. And names whose random end has no digit, which norm takes for words.
CHANCE = [
    (re.compile(r"\b16443\b"), "6443"),
    (re.compile(r"\bzone-[012]\b"), "zone-N"),
    (re.compile(r"\b172\.18\.0\.\d+:\d+"), "<api-server>"),
    (re.compile(r"default-scheduler-(?:vm|control-plane)"), "default-scheduler-<host>"),
    (re.compile(r"scheme \"k132/"), 'scheme "'),
    (re.compile(r"\b(deadline|gen|hi|manual|par)-[bcdfghjklmnpqrstvwxz2456789]{5}\b"), r"\1-<rand>"),
]

# Runs the session's text with its helpers replaced by ones that only say what they were asked for.
LIST_STEPS = r"""
emit() { printf '%s\0' "$@" "--end--"; }
cat_() { CAT=$1; }
r() { RC=0; emit record "$CAT" "$1" "${2:-$1}"; }
q() { emit quiet "$CAT" "$1"; }
u() { emit until "$CAT" "$1" "${2:-20}"; }
sleep() { emit sleep "$CAT" "$1"; }
set_variable() { emit variable "$CAT" "$1" "$2"; }
SPEED=1; NODE='$NODE'
"""

# The helpers that commands of the session use. The trap keeps the shell when a command takes too long.
PRELUDE = r"""
trap : INT
export KUBE_EDITOR=true EDITOR=true TZ=UTC
podof() { kubectl get pods -l "$1" -o jsonpath='{.items[0].metadata.name}'; }
rsof() {
    kubectl get rs -l "$1" -o jsonpath='{range .items[?(@.spec.replicas>0)]}{.metadata.name}{"\n"}{end}' | head -1
}
count_of() { kubectl get pods -l "$1" --no-headers 2>/dev/null | grep -c "$2"; }
running() { [ "$(count_of "$1" ' Running ')" = "$2" ] && [ "$(count_of "$1" '')" = "$2" ]; }
NODE=$(kubectl get nodes -o jsonpath='{.items[0].metadata.name}')
export NODE
number=1
for node in $(kubectl get nodes -o name); do
    kubectl label $node topology.kubernetes.io/zone=zone-$((number % 3)) >/dev/null
    number=$((number + 1))
done
"""


def steps_of(golden):
    text = open(os.path.join(golden, "session.sh"), encoding="utf-8").read()
    body = text[text.index("cat_ 01-cluster"):text.index('rm -rf "$TMP"')]
    body = body.replace("N2=$(", "set_variable N2 '$(").replace("; export N2", "'; export N2")
    # The quotes inside the assignment are the session's own.
    body = body.replace("jsonpath='{.items[0].spec.nodeName}')'", "jsonpath={.items[0].spec.nodeName})'")
    listed = subprocess.run(["bash", "-c", LIST_STEPS + body], cwd=golden, stdout=subprocess.PIPE, check=True).stdout
    step = []
    for word in listed.decode().split("\0"):
        if word == "--end--":
            yield step
            step = []
        else:
            step.append(word)


def identifier_of(section, number, name):
    short = re.sub(r"[^A-Za-z0-9.]+", "-", name.removeprefix("kubectl "))
    return f"{section}-{number:03d}-" + re.sub(r"-*$", "", re.sub(r"^-*", "", short))[:60]


# The recorded cluster had no pods of its own, and its nodes were hollow and one process.
CLUSTER = ["--no-system-pods", "--hollow-nodes", "--node-address=127.0.0.1"]


class Conversation:
    def __init__(self, tool, cluster=CLUSTER):
        self.process = subprocess.Popen([tool, "converse", *cluster], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8")

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the tool ended with {self.process.wait()} at {request}")
        return json.loads(line)

    def run(self, text, limit_ms=60000):
        return self.ask({"run": text, "limit_ms": limit_ms})

    def advance(self, milliseconds):
        self.ask({"advance_ms": milliseconds})


def put_files(conversation, folder, home):
    for directory, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(directory, name)
            target = home + "/" + os.path.relpath(path, os.path.dirname(folder))
            conversation.ask({"put": target, "text": open(path, encoding="utf-8").read()})


def resolved(conversation, command):
    if "$" not in command and "\\" not in command and "`" not in command:
        return command
    return conversation.run("cat <<_EOT_\n" + command + "\n_EOT_\n")["out"].removesuffix("\n")


def record(conversation, identifier, command):
    real = resolved(conversation, command)
    result = conversation.run("( " + real + "\n)")
    text = "### id\n" + identifier + "\n### command\n" + command + "\n"
    if real != command:
        text += "### resolved\n" + real + "\n"
    out = result["out"]
    text += "### exit\n" + str(result["code"]) + "\n### stdout\n" + out
    if out and not out.endswith("\n"):
        text += "\n### no-newline\n"
    return result["code"], text + "### stderr\n" + result["err"]


def wait_until(conversation, test, seconds):
    left = float(seconds) * 1000
    while conversation.run(test)["code"] != 0 and left > 0:
        conversation.advance(300)
        left -= 300


def replay(golden, tool, sections):
    conversation = Conversation(tool)
    put_files(conversation, os.path.join(golden, "manifests"), HOME)
    conversation.run(PRELUDE)
    node = conversation.run("printf %s $NODE")["out"]
    transcripts = {}
    numbers = {}
    code = 0
    last = sections[-1] if sections else None
    seen_last = False
    for action, section, *words in steps_of(golden):
        if last is not None and section.split("-")[0] == last:
            seen_last = True
        elif seen_last:
            break
        if action == "record":
            numbers[section] = numbers.get(section, 0) + 1
            identifier = identifier_of(section, numbers[section], words[1])
            code, transcripts[identifier] = record(conversation, identifier, words[0])
            conversation.advance(COMMAND_MS)
        elif action == "quiet":
            # In the sections of wrong manifests only what was accepted is removed again.
            if section.startswith(("20", "21")) and code != 0:
                continue
            # The session's own shell has put the node into some of them, between single quotes.
            conversation.run("( " + words[0].replace("$NODE", node) + "\n) >/dev/null 2>&1")
            conversation.advance(COMMAND_MS)
        elif action == "until":
            wait_until(conversation, words[0], words[1])
        elif action == "sleep":
            conversation.advance(int(float(words[0]) * 1000))
        elif action == "variable":
            conversation.run("export " + words[0] + "=" + words[1])
    return transcripts


def load_norm(golden):
    spec = importlib.util.spec_from_file_location("norm", os.path.join(golden, "norm.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    # Twice, because norm is not idempotent on what it has shortened, and the recordings went through it once.
    return lambda text: module.norm(module.norm(text))


def without_chance(text):
    for pattern, replacement in CHANCE:
        text = pattern.sub(replacement, text)
    return text


def without_sentences(text):
    """An explanation's headings, fields and values; sentences stand four columns in and are no such lines."""
    kept = []
    in_values = False
    for line in text.split("\n"):
        indented = line.startswith("    ")
        in_values = line == "ENUM:" or in_values and indented
        if not indented or in_values or "\t<" in line or line.lstrip().startswith("enum: "):
            kept.append(line)
    return "\n".join(kept)


def noise_of(golden):
    with open(os.path.join(golden, "NOISE.txt"), encoding="utf-8") as lines:
        return {line.strip().removesuffix(".txt") for line in lines}


class Section:
    def __init__(self):
        self.total = 0
        self.different = []
        self.by_chance = 0  # of these, equal but for CHANCE

    def equal(self):
        return self.total - len(self.different)


def command_of(text):
    return text.split("### command\n", 1)[1].split("\n", 1)[0].removeprefix("kubectl ")


def compare(golden, transcripts, arguments):
    normalise = load_norm(golden)
    noise = noise_of(golden)
    wanted = re.compile(arguments.commands) if arguments.commands else None
    sections = {}
    for identifier, text in transcripts.items():
        path = os.path.join(golden, "expected", identifier + ".txt")
        name = identifier.split("-")[0]
        if not os.path.exists(path) or identifier in noise or (arguments.sections and name not in arguments.sections):
            continue
        if wanted and not wanted.match(command_of(text)):
            continue
        expected = normalise(open(path, encoding="utf-8").read())
        actual = normalise(text)
        if command_of(text).startswith("explain "):
            expected, actual = without_sentences(expected), without_sentences(actual)
        section = sections.setdefault(name, Section())
        section.total += 1
        if actual == expected:
            continue
        section.different.append(identifier)
        section.by_chance += without_chance(actual) == without_chance(expected)
        if arguments.diff is not None and arguments.diff in identifier:
            lines = difflib.unified_diff(expected.split("\n"), actual.split("\n"), "recorded", "ours", lineterm="", n=2)
            print("\n".join([identifier, *lines]))
    for name, section in sections.items():
        print(f"{name}: {section.equal()} of {section.total} equal, {section.by_chance} more but for chance")
        if arguments.diff is None:
            for identifier in section.different:
                print("   ", identifier)
    equal = sum(section.equal() for section in sections.values())
    by_chance = sum(section.by_chance for section in sections.values())
    total = sum(section.total for section in sections.values())
    print(f"{equal} of {total} transcripts equal, {by_chance} more but for chance; noise left out")
    return {name: section.equal() for name, section in sections.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=os.path.join(ROOT, "build", "native", "kubetab"))
    parser.add_argument("--out")
    parser.add_argument("--expect", default="")
    parser.add_argument("--commands")
    parser.add_argument("--diff")
    parser.add_argument("sections", nargs="*")
    arguments = parser.parse_args()
    shared = os.path.join(ROOT, os.environ.get("KUBETAB_SHARED", "../shared"))
    golden = os.path.join(shared, "golden")
    if not os.path.exists(os.path.join(golden, "session.sh")):
        print("skipped: no recordings in", golden)
        return 0
    transcripts = replay(golden, arguments.tool, arguments.sections)
    if arguments.out:
        os.makedirs(arguments.out, exist_ok=True)
        for identifier, text in transcripts.items():
            with open(os.path.join(arguments.out, identifier + ".txt"), "w", encoding="utf-8") as file:
                file.write(text)
    equal = compare(golden, transcripts, arguments)
    code = 0
    for expectation in filter(None, arguments.expect.split(",")):
        name, count = expectation.split("=")
        if equal.get(name, 0) < int(count):
            print(f"section {name}: expected at least {count} equal")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
