#!/usr/bin/env python3
"""list.py [--sheet N] [--gaps] [--quiet] [--sentences] [--write-reference]

Prints every behaviour of Kubernetes that is listed beside this file, with the tests that show it.

`NN-*.txt` list the behaviours of one sheet of the reference, a line each: the sentences they stand for
(sheet.paragraph.sentence, several with commas), a stable id, and what happens. An indented line `gap: …` below says
why no test shows it, or not all of it. Tests name the ids they show: `# shows: ID, ID` in a scenario or a Python
test, `// shows: ID` in C++ and JavaScript. `reference.txt` has each sentence's place and digest.

Fails when a test names an id that is not listed, when a listed one is neither shown nor a gap, and when a sentence
has no behaviour. The reference is no part of this repository: where it is at hand (KUBETAB_SHARED, default ../shared
beside the checkout), it also fails when a sentence is not the one that was listed. --sentences prints them.
"""
import argparse
import glob
import hashlib
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.environ.get("KUBETAB_SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
REFERENCE = os.path.join(SHARED, "fidelity", "CONTROLLERS.md")
SHEETS = range(1, 21)
TESTS = {".scenario": "#", ".py": "#", ".cpp": "//", ".js": "//"}
BEHAVIOUR = re.compile(r"(\S+) ([a-z0-9-]+\.[a-z0-9-]+) (\S.*)")


def split(paragraph):
    """The sentences of a paragraph: a full stop before a capital ends one, unless it is quoted or in parentheses."""
    sentences, start, quoted, depth = [], 0, False, 0
    for position, character in enumerate(paragraph):
        if character == "`":
            quoted = not quoted
        elif not quoted and character in "([":
            depth += 1
        elif not quoted and character in ")]":
            depth = max(0, depth - 1)
        elif not quoted and depth == 0 and re.match(r"\. [A-Z`>]", paragraph[position:position + 3]):
            sentences.append(paragraph[start:position + 1])
            start = position + 2
    sentences.append(paragraph[start:])
    return [sentence for sentence in sentences if not sentence.startswith("Src:")]


def read_reference():
    sentences, sheet, paragraph = {}, 0, 0
    with open(REFERENCE, encoding="utf-8") as file:
        for line in file:
            heading = re.match(r"## (\d+)\.", line)
            if heading:
                sheet, paragraph = int(heading.group(1)), 0
            elif line.startswith("- ") and sheet in SHEETS:
                paragraph += 1
                for number, sentence in enumerate(split(line[2:].strip()), 1):
                    sentences[f"{sheet}.{paragraph}.{number}"] = sentence
    return sentences


def digest(sentence):
    return hashlib.sha256(sentence.encode()).hexdigest()[:8]


def read_places():
    with open(os.path.join(HERE, "reference.txt"), encoding="utf-8") as file:
        return dict(line.split() for line in file if line.strip() and not line.startswith("#"))


def write_places():
    with open(os.path.join(HERE, "reference.txt"), "w", encoding="utf-8") as file:
        file.write("# Each sentence of the reference: sheet.paragraph.sentence and digest. "
                   "Written by list.py --write-reference.\n")
        for place, sentence in read_reference().items():
            file.write(f"{place} {digest(sentence)}\n")


class Behaviour:
    def __init__(self, places, identifier, text, where):
        self.places, self.identifier, self.text, self.where = places.split(","), identifier, text, where
        self.gap, self.tests = None, []


def read_behaviours(mistakes):
    behaviours = {}
    for path in sorted(glob.glob(os.path.join(HERE, "[0-9]*.txt"))):
        last = None
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                where = f"{os.path.relpath(path, ROOT)}:{number}"
                parts = BEHAVIOUR.fullmatch(line.rstrip())
                if not line.strip() or line.startswith("#"):
                    continue
                if line.startswith("    gap: ") and last:
                    last.gap = line.strip()[len("gap: "):]
                elif not parts:
                    mistakes.append(f"{where}: neither a behaviour nor a gap")
                elif parts.group(2) in behaviours:
                    mistakes.append(f"{where}: {parts.group(2)} is listed twice")
                else:
                    last = behaviours[parts.group(2)] = Behaviour(*parts.groups(), where)
    return behaviours


def test_files():
    for folder, folders, names in os.walk(os.path.join(ROOT, "tests")):
        folders[:] = sorted(name for name in folders if name not in ("behaviour", "node_modules", "__pycache__"))
        for name in sorted(names):
            mark = TESTS.get(os.path.splitext(name)[1])
            if mark:
                yield os.path.join(folder, name), mark


def find_tests(behaviours, mistakes):
    for path, mark in test_files():
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.lstrip().startswith(f"{mark} shows: "):
                    continue
                where = f"{os.path.relpath(path, ROOT)}:{number}"
                for identifier in line.split("shows: ", 1)[1].strip().split(", "):
                    if identifier in behaviours:
                        behaviours[identifier].tests.append(where)
                    else:
                        mistakes.append(f"{where}: shows {identifier}, which is not listed")


def check(behaviours, places, mistakes):
    for behaviour in behaviours.values():
        if not behaviour.tests and not behaviour.gap:
            mistakes.append(f"{behaviour.where}: no test shows {behaviour.identifier}, and it is not named as a gap")
        for place in behaviour.places:
            if place not in places:
                mistakes.append(f"{behaviour.where}: the reference has no sentence {place}")
    listed = {place for behaviour in behaviours.values() for place in behaviour.places}
    mistakes += [f"sentence {place} of the reference has no behaviour" for place in places if place not in listed]


def check_reference(places, mistakes):
    sentences = read_reference()
    for place in sorted(set(places) | set(sentences)):
        if place not in sentences:
            mistakes.append(f"the reference no longer has a sentence {place}")
        elif places.get(place) != digest(sentences[place]):
            mistakes.append(f"sentence {place} of the reference is not the one that was listed: {sentences[place]}")


def print_list(behaviours, options):
    for behaviour in behaviours.values():
        if options.sheet and not behaviour.places[0].startswith(f"{options.sheet}."):
            continue
        if options.gaps and not behaviour.gap:
            continue
        print(f"{','.join(behaviour.places)} {behaviour.identifier}: {behaviour.text}")
        for test in behaviour.tests:
            print(f"    {test}")
        if behaviour.gap:
            print(f"    gap: {behaviour.gap}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheet", type=int)
    parser.add_argument("--gaps", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--sentences", action="store_true")
    parser.add_argument("--write-reference", action="store_true")
    options = parser.parse_args()
    if options.sentences:
        for place, sentence in read_reference().items():
            if not options.sheet or place.startswith(f"{options.sheet}."):
                print(place, sentence)
        return 0
    if options.write_reference:
        write_places()
    mistakes, places = [], read_places()
    behaviours = read_behaviours(mistakes)
    find_tests(behaviours, mistakes)
    check(behaviours, places, mistakes)
    at_hand = os.path.exists(REFERENCE)
    if at_hand:
        check_reference(places, mistakes)
    if not options.quiet:
        print_list(behaviours, options)
    shown = [behaviour for behaviour in behaviours.values() if behaviour.tests]
    gaps = [behaviour for behaviour in behaviours.values() if behaviour.gap]
    print(f"{len(behaviours)} behaviours of {len(places)} sentences, {len(shown)} shown by tests, {len(gaps)} with gaps"
          + ("" if at_hand else "; the reference is not at hand to compare"))
    print("".join(f"{mistake}\n" for mistake in mistakes), end="", file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
