"""Compares a recorded trace of a scenario with one of ours.

A trace is the text that a watch of all workloads gives: per line the seconds since the start, what happened, which
object, and what it then was. Objects made by controllers have names by chance, numbered as they appeared; so they are
compared as groups: those of one kind and one owner. The same sequences of states, in any assignment, are equal.
"""
import difflib
import re

LINE = re.compile(r"^\s*([\d.]+) (\S+)\s+([a-z]*)/(\S*)\s?(.*)$")
NUMBERED = re.compile(r"-#\d+")
UID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
DURATION = re.compile(r"\b(?:\d+m)?[\d.]+m?s \((?:\d+m)?[\d.]+m?s including waiting\)")
NODE = re.compile(r"\bnode-\d+\b")
COUNTED = re.compile(r"^(\S+ \S+) x(\d+) on (.*)$")
# Counts of a status: which of them a watcher sees between the first and the last is chance. So is, of a replica set,
# how many it is asked for in the steps of a rollout.
COUNT = re.compile(r"^(?:replicas|ready|available|unavailable|updated|current|active|succeeded|desired)=")
ASKED = re.compile(r"^spec=")
# How many a rollout adds or takes at once depends on how many pods were ready just then.
SCALED = re.compile(r"(Scaled (?:up|down) replica set \S+) from \d+ to \d+")
COMBINED = re.compile(r"\(combined from similar events\): (?=Scaled )")
# What the machine of the recording was too slow for.
SLOW = re.compile(r"^Warning FailedMount on .* failed to sync \w+ cache: timed out waiting for the condition$")
# A kubelet looks at its containers every second: a state that did not last as long may not be told.
SHORT = 1.2


class Step:
    """One line of a trace, of one object."""

    def __init__(self, seconds, change, kind, name, state):
        self.seconds, self.change, self.kind, self.name, self.state = seconds, change, kind, name, state

    def told(self):
        """What must be equal: its numbers of random names are not."""
        state = NODE.sub("node-?", NUMBERED.sub("-#", self.state))
        return ("DELETED " if self.change == "DELETED" else "") + state


def read(text):
    steps = []
    for line in text.splitlines():
        found = LINE.match(line)
        if not found:
            raise SystemExit(f"not a line of a trace: {line}")
        steps.append(Step(float(found[1]), found[2], *found.groups()[2:]))
    return steps


def group_of(step):
    return f"{step.kind}/{NUMBERED.sub('-#', step.name)}"


def objects(steps):
    """Group -> the sequences of steps of its objects, in the order in which the objects appeared."""
    found = {}
    for step in steps:
        if step.kind and step.kind != "events":
            sequence = found.setdefault(group_of(step), {}).setdefault(step.name, [])
            if not sequence or sequence[-1].told() != step.told():
                sequence.append(step)
    return {group: list(each.values()) for group, each in found.items()}


def events(steps):
    """What was told, with the number of times and when first and last: {text: [times, first, last]}."""
    counts = {}
    for step in steps:
        if step.kind != "events" or step.change == "DELETED":
            continue
        found = COUNTED.match(step.state)
        about = NODE.sub("node-?", NUMBERED.sub("-#", found[3]))
        about = SCALED.sub(r"\1", COMBINED.sub("", DURATION.sub("<duration>", UID.sub("<uid>", about))))
        text = f"{found[1]} on {about}"
        entry = counts.setdefault(text, [0, step.seconds, step.seconds])
        entry[0] += 1
        entry[2] = step.seconds
    return counts


def told(sequence):
    return tuple(step.told() for step in sequence)


def course(sequence, kind):
    """What each part of the states was, one value after the other; of counts only the last one."""
    parts = {}
    for state in told(sequence):
        for word in state.split():
            key = word.split("=")[0]
            passing = COUNT.match(word) or (kind == "replicasets" and ASKED.match(word))
            values = parts.setdefault(key, [])
            if passing:
                values[:] = [word]
            elif not values or values[-1] != word:
                values.append(word)
    return parts


def without_short(sequence, other):
    """The sequence without the states that were short and that the other one lacks, nor what came after it."""
    known = set(told(other))
    if len(sequence) > 1 and sequence[-1].told() not in known and sequence[-1].seconds > other[-1].seconds:
        sequence = sequence[:-1]
    kept = []
    for place, step in enumerate(sequence):
        lasted = sequence[place + 1].seconds - step.seconds if place + 1 < len(sequence) else SHORT + 1
        if step.told() in known or lasted > SHORT:
            kept.append(step)
    return told(kept)


def interleaved(ours, theirs, kind):
    """Whether both differ only in what a watcher sees by chance of the work of independent actors."""
    if kind == "pods":
        return without_short(ours, theirs) == without_short(theirs, ours)
    return course(ours, kind) == course(theirs, kind)


def pairs(ours, theirs):
    """The sequences that are alike, and what is left of both sides."""
    left = list(ours)
    alike, theirs_left = [], []
    for sequence in theirs:
        same = next((each for each in left if told(each) == told(sequence)), None)
        if same is None:
            theirs_left.append(sequence)
        else:
            left.remove(same)
            alike.append((same, sequence))
    return alike, left, theirs_left


def late(ours, theirs):
    """The first step that an object waited for longer or shorter than it should. Waits of some seconds are set by rules
    (back-off, minReadySeconds, tolerations, deadlines); what is shorter, by the machine."""
    for place in range(1, min(len(ours), len(theirs))):
        mine = ours[place].seconds - ours[place - 1].seconds
        real = theirs[place].seconds - theirs[place - 1].seconds
        if max(mine, real) >= 3 and abs(mine - real) > max(0.5, 0.2 * real):
            return f"after {mine:.2f} s, recorded {real:.2f} s: {theirs[place].told()}"
    return None


def difference(ours, theirs):
    lines = difflib.ndiff([f"{step.told()}" for step in theirs], [f"{step.told()}" for step in ours])
    return [line for line in lines if not line.startswith("?")]


class Report:
    """What was compared of one scenario: how many are equal, equal but for the interleaving, and different."""

    def __init__(self):
        self.equal = self.interleaved = self.different = self.late = 0
        self.lines = []

    def add(self, group, sequences, recorded):
        alike, ours, theirs = pairs(sequences, recorded)
        self.equal += len(alike)
        for mine, real in alike:
            moved = late(mine, real)
            if moved:
                self.late += 1
                self.lines.append(f"time: {group}: {moved}")
        for real in list(theirs):
            mine = next((each for each in ours if interleaved(each, real, real[0].kind)), None)
            if mine is not None:
                self.interleaved += 1
                ours.remove(mine)
                theirs.remove(real)
        self.different += max(len(ours), len(theirs))
        for place in range(max(len(ours), len(theirs))):
            mine = ours[place] if place < len(ours) else []
            real = theirs[place] if place < len(theirs) else []
            whose = "" if mine and real else " (recorded only)" if real else " (ours only)"
            self.lines.append(f"differs: {group}{whose}")
            self.lines += ["    " + line for line in difference(mine, real)]

    def add_events(self, ours, theirs):
        for text in sorted({*ours, *theirs}):
            mine, real = ours.get(text, [0])[0], theirs.get(text, [0])[0]
            if not mine and SLOW.match(text):
                continue
            if mine == real:
                self.equal += 1
            elif mine and real:
                self.interleaved += 1
                self.lines.append(f"times: {mine}, recorded {real}: {text}")
            else:
                self.different += 1
                self.lines.append(f"event: {'ours' if mine else 'recorded'} only, {mine or real} times: {text}")


def compare(ours, theirs):
    report = Report()
    mine, real = objects(read(ours)), objects(read(theirs))
    for group in sorted({*mine, *real}):
        report.add(group, mine.get(group, []), real.get(group, []))
    report.add_events(events(read(ours)), events(read(theirs)))
    return report
