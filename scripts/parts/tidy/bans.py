"""What native and web builds disagree on, or what hides a reason: banned words in C++."""
import re

# The simulated world: what happens here must be the same in every run and build.
WORLD = {"api", "store", "client", "server", "controllers", "scheduler", "node", "runtime", "cluster", "lessons", "sim",
         "session", "docker", "shell", "kubectl", "base", "rest"}
# Folders that decide. The others read and print the numbers of documents, which may be floating-point ones.
DECIDING = WORLD - {"base", "kubectl", "shell"}

# Pattern, folders (None: all of engine/ and web/), what to say.
BANS = [
    (r"#include <random>|\bstd::(mt19937|random_device|\w+_distribution)\b", WORLD, "use sim::Random"),
    (r"\bstd::(ranges::)?(shuffle|sample)\b", WORLD, "use sim::Random::below()"),
    (r"\bstd::hash\b", WORLD, "std::hash differs between builds: use base::digest"),
    (r"_clock::now\b|\bgettimeofday\b|\bstd::time\(|\btime\(nullptr\)|\bclock_gettime\b", WORLD, "time comes from sim"),
    (r"\bs?rand\(", WORLD, "use sim::Random"),
    (r"\bstd::(thread|jthread|async|mutex|atomic\w*)\b|#include <(thread|mutex|atomic|future)>", WORLD,
     "one thread only"),
    (r"\bgetenv\b", WORLD, "no input but the session's"),
    (r"\b(float|double)\b", DECIDING, "decide with integers"),
    (r"(?<!long )\b(unsigned )?long\b(?! long)(?! double)", WORLD, "long is 8 bytes here and 4 in the page"),
    (r"\bthrow\b(?!\(\))", None, "failures are base::Result"),
    (r"#include <(format|expected)>|\bstd::(format|expected)\b", None,
     "not in every compiler: use fmt and base::Result"),
    (r"\bnew [A-Za-z_:]+[\s({;<]|\bdelete (?!;)[a-z]", None, "owners are std::unique_ptr and std::shared_ptr"),
    (r"\bassert\(", None, "use ENSURE, which is on in every build"),
    (r"\busing namespace (?!\w+_literals|std::\w*literals)", None, "name what is used"),
]
# The owners that are neither of the standard ones.
OWNERS = {"engine/base/box.h", "engine/base/text.cpp"}
COMPILED = [(re.compile(pattern), folders, words) for pattern, folders, words in BANS]

UNORDERED = re.compile(r"\bstd::unordered_\w+")
# The one table that cannot be iterated.
LOOKUPS = "engine/base/lookup_map.h"
# Where texts share their characters, which cannot show in what they say.
SHARED_TEXTS = {"engine/base/text.h", "engine/base/text.cpp"}
SORT = re.compile(r"\bstd::(ranges::)?(sort|partial_sort|nth_element)\(")
STATIC = re.compile(r"^\s+static (?!const\b|constexpr\b|inline const\w*\b)[^()]*?[;={]", re.MULTILINE)
UNFINISHED = re.compile(r"\b(TODO|XXX|HACK)\b")


def check(source):
    for number, line in enumerate(source.lines, 1):
        if UNFINISHED.search(line) and not source.path.startswith("scripts/parts/tidy/"):
            yield number, "say it with FIXME and what is missing, or do it"
    if not source.is_cpp or source.layer is None:
        return
    if source.layer == "tool":
        return
    for pattern, folders, words in COMPILED:
        if folders is not None and source.layer not in folders:
            continue
        if words.startswith("owners") and source.path in OWNERS:
            continue
        for match in pattern.finditer(source.code):
            yield source.line_of(match.start()), f"{match.group().strip()}: {words}"
    if source.layer in WORLD:
        yield from check_order(source)
        for match in STATIC.finditer(source.code) if source.path not in SHARED_TEXTS else ():
            yield source.line_of(match.start()), "a static with state is hidden input"


def check_order(source):
    for match in UNORDERED.finditer(source.code):
        if source.path != LOOKUPS:
            yield source.line_of(match.start()), "the order of unordered_* differs between builds: base::LookupMap"
    for match in SORT.finditer(source.code):
        line = source.line_of(match.start())
        arguments = source.code[match.start():source.code.find(";", match.start())]
        plain = re.search(r"\.end\(\)\);?\s*$", arguments) or re.fullmatch(r"std::ranges::sort\([\w.]+\)", arguments)
        if not plain and not any("total order" in text for text in source.lines[max(0, line - 3):line]):
            yield line, "equals end up in another order: std::stable_sort, or say why it is a total order"
