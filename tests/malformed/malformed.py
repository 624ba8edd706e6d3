#!/usr/bin/env python3
"""malformed.py [--tool FILE] [--seeds N] [--seed S] [--show]

Gives kubectl, the shell and jsonpath what is wrong, in process over `kubetab converse`, and checks that

- a manifest with a mistake gives one clear error that names a line or a field, and exit code 1;
- nothing of it is stored, except the documents that the real kubectl stores, too;
- nothing crashes, and the next command works.

Mutation S is the same in every run; --seed S runs only that one, --show prints what was given and what was answered.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(FOLDER))
HOME = "/home/learner"
SINGLE = ["deployment", "pod", "service", "configmap", "secret"]
KINDS = "deployments,pods,services,configmaps,secrets"
# Of real time, on a busy machine.
LONGEST_SECONDS = 20.0

HEAD = re.compile(r"^(error: |Error from server|The \w+ \"[^\"]*\" is invalid|The request is invalid)")
# A line of the text, a field of the object, or what the whole document is.
PLACE = re.compile(
    # The YAML library names no line for the first one.
    r"line \d+|yaml: (?:did not find|found|mapping values)|offset \d+|unknown field \"|"
    r"is invalid: \"?[a-z][\w.\[\]]*|\* [a-z][\w.\[\]/]*: |no matches for kind \"|"
    r"apiVersion not set|kind not set|'Kind' is missing|'apiVersion' is missing|Go struct field [\w.]+|"
    r"resource name may not be empty|"
    r"invalid object to validate|unexpected GroupVersion string|metadata\.\w+|excessive aliasing|exceeded max depth|"
    r"control characters are not allowed|invalid leading UTF-8 octet|into Go value of type|no objects passed to apply|"
    r"anchor '|map merge requires|invalid map key|quantities must match|unable to parse quantity|json: |"
    r"illegal base64 data at input byte|the namespace from the provided object")

UNKNOWN_FIELDS = ["bogus: 1", "replica: 3", "Name: x", "lables: {}", "conatiners: []"]
WRONG_VALUES = {
    "replicas": ["three", "1.5", "[1]", "-1", "99999999999", "1e400", "{}", "\"2\""],
    "maxSurge": ["many", "-1", "[1]", "110%%"],
    "containerPort": ["http", "0", "70000", "-80", "8e10", "[80]"],
    "port": ["0", "70000", "[80]", "-1"],
    "nodePort": ["80", "99999", "x", "-5"],
    "cpu": ["100mm", "-1", "one", "[]", "1 0", "1e1e1"],
    "memory": ["64MMi", "-64Mi", "much", "{}", "64Mb"],
    "periodSeconds": ["-1", "often", "1.5", "99999999999999999999"],
    "restartPolicy": ["Sometimes", "never", "[Never]", "3"],
    "protocol": ["TCPP", "tcp", "7"],
    "path": ["[/]", "{}"],
    "mountPath": ["[/a]", "\"\""],
    "fieldPath": ["spec.nodeNames", "\"\"", "[x]"],
    "labels": ["[app]", "app", "{app: [x]}", "{app: 'a b'}", "{'a b': c}", "{app: 5}"],
    "matchLabels": ["[app]", "{app: other}", "{app: {}}", "{'-': x}"],
    "annotations": ["{note: 5}", "[a]", "{'a b': c}"],
    "containers": ["{}", "none", "[]", "[[]]", "[5]"],
    "command": ["{}", "[[x]]", "5"],
    "env": ["{COLOUR: blue}", "[{name: 'A B=', value: x}]", "[{value: x}]", "[{name: A, value: 5}]"],
    "image": ["\"\"", "[]", "5", "\" nginx\""],
    "emptyDir": ["[]", "{sizeLimit: big}", "yes"],
    "selector": ["[]", "app", "5"],
    "type": ["Anything", "5", "[]"],
    "name": ["My_Name", "\"\"", "a..b", "-a", "a" * 300, "[]", "5", "übung", "a/b", "null"],
    "data": ["[]", "{a: {}}", "{a: 5}", "text", "{'a b': c}"],
    "password": ["not base64", "a===", "{}"],
    "apiVersion": ["v2", "apps/v9", "a/b/c", "5", "\"\"", "[]"],
    "kind": ["Deploymnet", "deployment", "5", "\"\"", "[]", "List"],
    "ports": ["{}", "[[]]", "[5]", "[{}]"],
    "volumes": ["{}", "[{name: scratch, emptyDir: {}, hostPath: {path: /}}]", "[{emptyDir: {}}]"],
    "metadata": ["[]", "5", "{}"],
    "spec": ["[]", "5", "null", "{}"],
}
# Harmless in some places: a text may be anything, and so may what has a default.
MAY_PASS = {
    ("replicas", "\"2\""): False,
}


def lines_of(text):
    return text.split("\n")


def keys_of(lines):
    """(index, indent, key) of the lines that are keys of block mappings outside of block scalars."""
    found = []
    scalar = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if scalar is not None:
            if not line.strip() or indent > scalar:
                continue
            scalar = None
        match = re.match(r"^( *)((?:- )*)([A-Za-z]\w*):( .*)?$", line)
        if match is None:
            continue
        found.append((index, len(match.group(1)) + len(match.group(2)), match.group(3)))
        if (match.group(4) or "").strip().startswith(("|", ">")):
            scalar = indent
    return found


def end_of(lines, index, indent):
    """The line behind the value of the key at `index`."""
    end = index + 1
    while end < len(lines):
        line = lines[end]
        depth = len(line) - len(line.lstrip(" "))
        if line.strip() and depth <= indent and not (depth == indent and line.lstrip().startswith("- ")):
            break
        if line == "---":
            break
        end += 1
    return end


# Every mutation gives (what it did, text, must it fail).

def shift(rng, text):
    lines = lines_of(text)
    index = rng.choice([i for i, line in enumerate(lines) if line.startswith(" ")])
    lines[index] = " " + lines[index] if rng.random() < 0.5 else lines[index][1:]
    return f"shifted line {index + 1}", "\n".join(lines), False


def tab(rng, text):
    lines = lines_of(text)
    index, _, _ = rng.choice([key for key in keys_of(lines) if key[1] > 0])
    lines[index] = "\t" + lines[index].lstrip(" ")
    return f"tab in line {index + 1}", "\n".join(lines), True


def wrong_value(rng, text):
    lines = lines_of(text)
    index, indent, key = rng.choice([key for key in keys_of(lines) if key[2] in WRONG_VALUES])
    value = rng.choice(WRONG_VALUES[key])
    head = lines[index][:lines[index].index(key)]
    lines[index:end_of(lines, index, indent)] = [f"{head}{key}: {value}"]
    return f"line {index + 1}: {key}: {value}", "\n".join(lines), False


def unknown_field(rng, text):
    lines = lines_of(text)
    places = [key for key in keys_of(lines) if key[2] in ("name", "replicas", "image", "port", "containerPort", "kind")]
    index, indent, _ = rng.choice(places)
    field = rng.choice(UNKNOWN_FIELDS)
    lines.insert(index + 1, " " * indent + field)
    return f"unknown field behind line {index + 1}: {field}", "\n".join(lines), True


def duplicate_key(rng, text):
    lines = lines_of(text)
    index, indent, _ = rng.choice([key for key in keys_of(lines) if not lines[key[0]].lstrip().startswith("- ")])
    end = end_of(lines, index, indent)
    lines[end:end] = lines[index:end]
    return f"line {index + 1} twice", "\n".join(lines), False


def remove_required(rng, text):
    lines = lines_of(text)
    required = ("selector", "containers", "image", "name", "kind", "apiVersion", "template", "ports", "metadata",
                "port")
    index, indent, key = rng.choice([key for key in keys_of(lines) if key[2] in required])
    end = end_of(lines, index, indent)
    if lines[index].lstrip().startswith("- "):
        lines[index] = " " * (indent - 2) + "-"
        del lines[index + 1:end]
    else:
        del lines[index:end]
    return f"without {key} of line {index + 1}", "\n".join(lines), False


def truncate(rng, text):
    length = rng.randrange(1, len(text) - 1)
    return f"cut at byte {length}", text[:length], False


def junk(rng, text):
    at = rng.randrange(len(text))
    noise = "".join(chr(rng.choice([0, 1, 7, 27, 127, 0x85, 0xA0, 0xFEFF, 0xD7FF, 0x10FFFF, *range(32, 126)]))
                    for _ in range(rng.randrange(1, 40)))
    return f"junk at byte {at}", text[:at] + noise + text[at:], False


def flip(rng, text):
    at = rng.randrange(len(text))
    sign = rng.choice("{}[]:,-#&*!|>'\"%@`?~ \n")
    return f"byte {at} became {sign!r}", text[:at] + sign + text[at + 1:], False


def deep(rng, text):
    depth = rng.choice([130, 1000, 100_000])
    form = rng.randrange(3)
    if form == 0:
        value = "[" * depth + "]" * depth
    elif form == 1:
        value = "{a: " * depth + "x" + "}" * depth
    else:
        value = "\n" + "\n".join(" " * (2 + i) + "a:" for i in range(min(depth, 1500)))
    return f"{depth} levels, form {form}", text + "deep: " + value + "\n", True


def bomb(rng, text):
    form = rng.randrange(4)
    if form == 0:
        rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
        rows += [f"a{i}: &a{i} [" + ",".join([f"*a{i - 1}"] * 9) + "]" for i in range(1, 12)]
    elif form == 1:
        rows = ["a0: &a0 " + "x" * 100_000, "b: [" + ",".join(["*a0"] * 50_000) + "]"]
    elif form == 2:
        rows = ["a: &a [*a]"]
    else:
        rows = ["a: &a {b: c}", "d: {<<: [*a, *nowhere]}"]
    return f"anchors, form {form}", text + "\n".join(rows) + "\n", True


MUTATIONS = [shift, tab, wrong_value, wrong_value, wrong_value, wrong_value, unknown_field, duplicate_key,
             remove_required, remove_required, truncate, junk, flip, flip, deep, bomb]


class Conversation:
    def __init__(self, tool):
        self.tool = tool
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.tool, "converse", "--no-system-pods"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(self, request):
        """None when the tool ended."""
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            return None
        return json.loads(line)

    def run(self, text, limit_ms=60_000):
        return self.ask({"run": text, "limit_ms": limit_ms})

    def put(self, name, text):
        return self.ask({"put": HOME + "/" + name, "text": text})

    def objects(self):
        out = self.run(f"kubectl get {KINDS} -o name")["out"].split()
        return {name for name in out if name not in ("service/kubernetes", "configmap/kube-root-ca.crt")}

    def tidy(self):
        self.run(f"kubectl delete {KINDS} --all --force --grace-period=0 --wait=false >/dev/null 2>&1")
        self.ask({"advance_ms": 3000})


def names_of(text):
    found = set()
    for document in re.split(r"(?m)^---$", text):
        kind = re.search(r"(?m)^kind: (\w+)$", document).group(1)
        name = re.search(r"(?m)^  name: (\w+)$", document).group(1)
        found.add({"Deployment": "deployment.apps"}.get(kind, kind.lower()) + "/" + name)
    return found


def clear_error(answer):
    """What is wrong with how an error was told, or None."""
    text = answer["err"]
    if answer["code"] != 1:
        return f"exit code {answer['code']}"
    if not text.strip():
        return "no error text"
    if not any(HEAD.match(line) for line in lines_of(text)):
        return "the error does not begin like one"
    if not PLACE.search(text):
        return "the error names no place"
    if len(text) > 4000:
        return "the error is long"
    return None


class Manifests:
    def __init__(self, conversation, show):
        self.conversation = conversation
        self.show = show
        self.texts = {name: open(f"{FOLDER}/manifests/{name}.yaml", encoding="utf-8").read()
                      for name in [*SINGLE, "several"]}

    def check(self, seed):
        """What went wrong with this mutation, or None."""
        rng = random.Random(seed)
        mutation = MUTATIONS[seed % len(MUTATIONS)]
        if rng.random() < 0.2 and mutation not in (truncate, junk, flip):
            return self.check_several(seed, rng, mutation)
        name = rng.choice(SINGLE)
        what, text, must_fail = self.mutated(rng, mutation, self.texts[name])
        answer, problem = self.apply(seed, f"{name}: {what}", text)
        if problem:
            return problem
        stored = self.conversation.objects()
        if answer["code"] == 0 and must_fail:
            problem = "it was accepted"
        elif answer["code"] == 0:
            problem = None if stored else "it was accepted but nothing is stored"
        else:
            problem = clear_error(answer) or (f"stored all the same: {stored}" if stored else None)
        if stored:
            self.conversation.tidy()
        return problem

    @staticmethod
    def mutated(rng, mutation, text):
        for _ in range(50):
            what, result, must_fail = mutation(rng, text)
            if result != text:
                return what, result, must_fail
        raise AssertionError("the mutation changes nothing")

    def check_several(self, seed, rng, mutation):
        documents = self.texts["several"].split("---\n")
        names = ["configmap/first", "service/second", "configmap/third"]
        hit = rng.randrange(3)
        what, documents[hit], must_fail = self.mutated(rng, mutation, documents[hit])
        documents[hit] = documents[hit].rstrip("\n") + "\n"
        answer, problem = self.apply(seed, f"document {hit + 1}: {what}", "---\n".join(documents))
        if problem:
            return problem
        stored = self.conversation.objects()
        self.conversation.tidy()
        if answer["code"] == 0:
            return "it was accepted" if must_fail else None
        # What cannot be read ends the file; what is refused does not.
        ends = re.search(r"^error: (error parsing|error validating)", answer["err"], re.M)
        expected = set(names[:hit]) if ends else set(names) - {names[hit]}
        if stored != expected:
            return f"stored {sorted(stored)}, expected {sorted(expected)}"
        return clear_error(answer)

    def apply(self, seed, what, text):
        self.conversation.put("bad.yaml", text)
        began = time.monotonic()
        answer = self.conversation.run("kubectl apply -f bad.yaml")
        seconds = time.monotonic() - began
        if self.show:
            print(f"--- {seed}: {what}\n{text[:3000]}\n--- answer\n{answer}")
        self.what = what
        if answer is None:
            status = self.conversation.process.wait()
            errors = self.conversation.process.stderr.read()[-500:]
            self.conversation.start()
            return None, f"the tool ended with {status}: {errors}"
        if seconds > LONGEST_SECONDS:
            return answer, f"it took {seconds:.1f} s"
        return answer, None


# Command lines, what standard error must hold (a regular expression), and the exit code.
LINES = [
    # JSON
    ("""echo '{"apiVersion": "v1", "kind": "ConfigMap"' | kubectl apply -f -""",
     r"error: error parsing STDIN: unexpected EOF", 1),
    ("""echo '{"apiVersion": "v1" "kind": "ConfigMap"}' | kubectl apply -f -""",
     r"error: error parsing STDIN: .*(offset|line) \d+", 1),
    ("""echo '[1, 2]' | kubectl apply -f -""", r"error", 1),
    ("""kubectl patch node node-1 -p '{"spec":'""", r"unexpected|EOF|unable to parse", 1),
    ("""kubectl patch node node-1 -p '{"spec": {"unschedulable": "perhaps"}}'""", r"unschedulable", 1),
    ("""kubectl patch node node-1 --type=json -p '[{"op": "leap", "path": "/spec"}]'""", r"Unexpected kind: leap", 1),
    ("""kubectl patch node node-1 --type=json -p '{}'""",
     r"cannot unmarshal object into Go value of type jsonpatch.Patch", 1),
    ("""kubectl run x --image=nginx --overrides='{'""", r"error", 1),
    # jsonpath and other output forms
    ("kubectl get nodes -o jsonpath='{.items[0'", r"error: error parsing jsonpath \{\.items\[0, unterminated array", 1),
    ("kubectl get nodes -o jsonpath='{.items[?(@.x==}'", r"error: error parsing jsonpath", 1),
    ("kubectl get nodes -o jsonpath='{end}'", r"not in range, nothing to end", 1),
    ("kubectl get nodes -o jsonpath='{.items[a]}'", r"invalid array index a", 1),
    ("kubectl get nodes -o jsonpath='{.items[1:2:3:4]}'", r"error parsing jsonpath|invalid array index", 1),
    ("kubectl get nodes -o jsonpath='{\"open}'", r"unterminated quoted string", 1),
    ("kubectl get nodes -o jsonpath='{.items[999].metadata.name}'",
     r"array index out of bounds: index 999, length 3", 1),
    ("kubectl get nodes -o jsonpath=", r"error: template format specified but no template given", 1),
    ("kubectl get nodes -o custom-columns=", r"error: custom-columns format specified but no custom columns given", 1),
    ("kubectl get nodes -o custom-columns=A",
     r"unexpected custom-columns spec: A, expected <header>:<json-path-expr>", 1),
    ("kubectl get nodes -o yamll", r"unable to match a printer suitable for the output format \"yamll\"", 1),
    ("kubectl get nodes --sort-by='{.x['", r"error", 1),
    # selectors, names and numbers
    ("kubectl get pods -l 'a in'", r"unable to parse requirement|found '', expected: '\('", 1),
    ("kubectl get pods -l '=='", r"found '==', expected: !, identifier, or 'end of string'", 1),
    ("kubectl get pods --field-selector=nothing=1", r"field label not supported: nothing", 1),
    ("kubectl get pods --field-selector=x", r"invalid selector: 'x'; can't understand 'x'|invalid field selector", 1),
    ("kubectl label node node-1 'a b=c'", r"a b", 1),
    ("kubectl label node node-1 a=b=c", r"error", 1),
    ("kubectl taint node node-1 a=b:Never", r"invalid taint effect: Never", 1),
    ("kubectl scale deployment web --replicas=many", r"invalid argument \"many\" for \"--replicas\" flag", 1),
    ("kubectl scale deployment web --replicas=99999999999999999999", r"invalid argument|value out of range", 1),
    ("kubectl delete pod x --grace-period=soon", r"invalid argument \"soon\" for \"--grace-period\" flag", 1),
    ("kubectl wait pod x --for=condition", r"error: ", 1),
    ("kubectl rollout undo deployment/web --to-revision=-1", r"error|Error|not found", 1),
    ("kubectl create configmap a --from-literal=b", r"invalid literal source b, expected key=value", 1),
    ("kubectl create configmap a --from-file=nowhere", r"error reading nowhere", 1),
    ("kubectl create deployment Web --image=nginx", r"Web", 1),
    ("kubectl create deployment web --image='ng inx'", r"error|invalid|Invalid", 1),
    # the shell
    ("if true; then echo x", r"syntax error: unexpected end of file", 2),
    ("echo 'open", r"unexpected EOF while looking for matching", 2),
    ("echo \"open", r"unexpected EOF while looking for matching", 2),
    ("echo $(", r"unexpected EOF|syntax error", 2),
    ("echo )", r"syntax error near unexpected token `\)'", 2),
    ("| cat", r"syntax error near unexpected token `\|'", 2),
    ("echo a &&& echo b", r"syntax error near unexpected token `&'", 2),
    ("for x in; dont", r"syntax error", 2),
    ("case x in", r"syntax error", 2),
    ("echo $((1 +))", r"syntax error: operand expected", 1),
    ("echo $((1 / 0))", r"division by 0", 1),
    ("echo ${x!y}", r"bad substitution", 2),
    ("cat < nowhere", r"nowhere: No such file or directory", 1),
    ("echo x > /no/such/place", r"/no/such/place: No such file or directory", 1),
    ("nowhere", r"nowhere: command not found", 127),
    ("cd nowhere", r"cd: nowhere: No such file or directory", 1),
    ("kubectl", r"^$", 0),
    ("chaos", r"^$", 0),
    ("chaos stop node node-99", r"chaos: ", 1),
    ("chaos melt node node-1", r"chaos: there is no fault \"melt node\"", 1),
    ("chaos crash pod", r"chaos: which pod", 1),
    ("chaos stop node", r"chaos: which node", 1),
    ("chaos frobnicate", r"chaos: there is no fault \"frobnicate\"", 1),
]


def check_lines(conversation):
    problems = []
    for line, wanted, code in LINES:
        answer = conversation.run(line)
        if answer is None:
            problems.append(f"{line}: the tool ended with {conversation.process.wait()}")
            conversation.start()
            continue
        if answer["code"] != code:
            problems.append(f"{line}: exit code {answer['code']}, expected {code}: {answer['err']}{answer['out']}")
        elif not re.search(wanted, answer["err"], re.M):
            problems.append(f"{line}: {answer['err']!r} has no {wanted!r}")
        elif conversation.run("echo well")["out"] != "well\n":
            problems.append(f"{line}: the next command did not work")
    return problems


SHELL_PIECES = ["kubectl get pods", "|", "&&", "||", ";", "(", ")", "{", "}", "'", '"', "`", "$(", "$((", "${x", "<",
                ">", ">>", "<<E", "\n", "if", "then", "fi", "for x in 1 2", "do", "done", "while false", "case x in",
                "esac", "!", "&", "*", "[", "[[", "]]", "\\", "#", "x=1", "echo", "x", "$x", "E", "f() { :; }",
                "2>&1", "cat", "grep x", "head -1", "sort", "~", "{1..3}", "$", "%", "é", "\t", "xargs",
                "sed s/a/b/", "awk", "true", "false", "set -e", "trap x EXIT"]


def check_shell(conversation, count):
    """Random lines: whatever they do, the shell lives on."""
    problems = []
    for seed in range(count):
        rng = random.Random(seed)
        line = "".join(rng.choice(SHELL_PIECES) + rng.choice(["", " ", " "]) for _ in range(rng.randrange(1, 14)))
        answer = conversation.run("( " + line + "\n)", 5000)
        if answer is not None:
            answer = conversation.run("\necho well")
        if answer is None:
            problems.append(f"shell line {seed} {line!r}: the tool ended with {conversation.process.wait()}: "
                            f"{conversation.process.stderr.read()[-300:]}")
            conversation.start()
        elif answer["out"] != "well\n":
            problems.append(f"shell line {seed} {line!r}: the next command gave {answer}")
            conversation.process.kill()
            conversation.start()
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=os.path.join(ROOT, "build", "native", "kubetab"))
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    conversation = Conversation(arguments.tool)
    manifests = Manifests(conversation, arguments.show)
    passed = failed = refused = 0
    for seed in range(arguments.seeds) if arguments.seed is None else [arguments.seed]:
        problem = manifests.check(seed)
        if problem:
            failed += 1
            print(f"FAIL {manifests.what}: {problem}\n     repeat: tests/malformed/malformed.py --show --seed {seed}")
        else:
            passed += 1
    if arguments.seed is None:
        problems = check_lines(conversation) + check_shell(conversation, arguments.seeds)
        for problem in problems:
            print("FAIL", problem)
        failed += len(problems)
        passed += len(LINES) + arguments.seeds - len(problems)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
