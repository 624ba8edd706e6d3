#!/usr/bin/env python3
"""explain.py [--tool FILE]

Compares what `kubectl explain KIND --recursive` lists, for every kind that the server has, with the published OpenAPI
document: names, types, order, what is required. The document does not tell enumerations; the recorded session does.
And no sentence of ours may be one of the document's: of any eight words in a row one must be another.

The document is no part of this repository: without it (KUBETAB_SHARED, default ../shared beside the checkout) nothing
is compared and the exit code is 0.
"""
import argparse
import difflib
import json
import os
import re
import sys

sys.dont_write_bytecode = True

from replay import ROOT, Conversation  # noqa: E402

PREFIX = "#/definitions/"
WORDS_IN_A_ROW = 8
# In these the document names a string or number only to describe it; in the present form of the document they have no
# type of their own, and kubectl says their names.
UNTYPED = {"io.k8s.apimachinery.pkg.api.resource.Quantity", "io.k8s.apimachinery.pkg.util.intstr.IntOrString"}


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.definitions = json.load(file)["definitions"]
        self.kinds = {}
        for name, definition in self.definitions.items():
            for kind in definition.get("x-kubernetes-group-version-kind", []):
                self.kinds[kind["group"], kind["version"], kind["kind"]] = name

    def resolved(self, schema):
        return self.definitions[schema["$ref"].removeprefix(PREFIX)] if "$ref" in schema else schema

    # upstream: kubectl/pkg/explain/v2/templates/plaintext.tmpl, typeGuess
    def type_name(self, schema):
        if "items" in schema:
            return "[]" + self.type_name(schema["items"])
        if "additionalProperties" in schema:
            return "map[string]" + self.type_name(schema["additionalProperties"])
        if "$ref" not in schema:
            return schema.get("type", "Object")
        name = schema["$ref"].removeprefix(PREFIX)
        kind = self.definitions[name].get("type", "object")
        return name.split(".")[-1] if kind == "object" or name in UNTYPED else kind

    def inner(self, schema):
        for key in ("items", "additionalProperties"):
            if key in schema:
                return self.inner(schema[key])
        return self.resolved(schema)

    # What is made of itself is listed once. upstream: plaintext.tmpl, history
    def fields(self, schema, level=1, outer=()):
        schema = self.inner(schema)
        if id(schema) in outer:
            return
        for name, field in sorted(schema.get("properties", {}).items()):
            required = " -required-" if name in schema.get("required", []) else ""
            yield f"{'  ' * level}{name}\t<{self.type_name(field)}>{required}"
            yield from self.fields(field, level + 1, (*outer, id(schema)))

    def sentences(self):
        for definition in self.definitions.values():
            for described in [definition, *definition.get("properties", {}).values()]:
                yield described.get("description", "")


def rows_of(words):
    return {tuple(words[i:i + WORDS_IN_A_ROW]) for i in range(len(words) - WORDS_IN_A_ROW + 1)}


def words_of(text):
    return re.findall(r"[a-z0-9']+", text.lower())


def listed_fields(text):
    return [line for line in text.split("\n") if "\t<" in line]


# Every path below a kind with fields of its own.
def paths_of(kind, lines):
    path = [kind]
    yield kind
    for line in lines:
        level = (len(line) - len(line.lstrip())) // 2
        path = path[:level] + [line.strip().split("\t")[0]]
        yield ".".join(path)


def compare_kind(document, conversation, line):
    name, version, _, kind = line.split()[0], *line.split()[-3:]
    group, _, version = version.rpartition("/")
    name = f"{name}.{group}" if kind == "Event" and group else name  # There are two.
    shown = conversation.run(f"kubectl explain {name} --recursive")
    if (group, version, kind) not in document.kinds or shown["code"] != 0:
        print(f"{kind}: not in the document, or not explained: {shown['err']}")
        return False, []
    ours = listed_fields(shown["out"])
    theirs = list(document.fields(document.definitions[document.kinds[group, version, kind]]))
    for difference in difflib.unified_diff(theirs, ours, "document " + kind, "ours", lineterm="", n=1):
        print(difference)
    return ours == theirs, list(paths_of(name, ours))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=os.path.join(ROOT, "build", "native", "kubetab"))
    arguments = parser.parse_args()
    path = os.path.join(ROOT, os.environ.get("KUBETAB_SHARED", "../shared"), "schema", "swagger.json")
    if not os.path.exists(path):
        print("skipped: no OpenAPI document at", path)
        return 0
    document = Document(path)
    conversation = Conversation(arguments.tool)
    kinds = conversation.run("kubectl api-resources --no-headers --verbs=get")["out"].strip().split("\n")
    different = 0
    paths = []
    for line in kinds:
        same, below = compare_kind(document, conversation, line)
        different += not same
        paths += below
    known = set()
    for sentence in document.sentences():
        known |= rows_of(words_of(sentence))
    copied = 0
    for field in paths:
        text = conversation.run("kubectl explain " + field)["out"].split("DESCRIPTION:\n", 1)[-1].split("FIELDS:", 1)[0]
        if rows := rows_of(words_of(text)) & known:
            copied += 1
            print(f"{field}: as in the document: {' '.join(min(rows))}")
        if "<empty>" in text:
            copied += 1
            print(f"{field}: says nothing")
    print(f"{len(kinds) - different} of {len(kinds)} kinds as in the document; "
          f"of {len(paths)} fields {copied} not in words of our own")
    return 1 if different or copied else 0


if __name__ == "__main__":
    sys.exit(main())
