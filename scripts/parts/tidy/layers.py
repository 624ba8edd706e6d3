"""Who may include whom (scripts/layers.txt), and how files are included."""
import re

TOP_FOLDERS = ("engine", "web", "tests", "assets", "lessons")
# Where a checkout-relative include is not ours: headers of the libraries.
LIBRARY_INCLUDE = re.compile(r"^(backends/)?(imgui|SDL)")


def read_layers(root):
    allowed = {}
    for line in (root / "scripts/layers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            folder, _, others = line.partition(":")
            allowed[folder] = {folder, "base", *others.split()}
    return allowed


def layer_of(include):
    parts = include.split("/")
    if parts[0] == "engine" and len(parts) > 2:
        return parts[1]
    return "web" if parts[0] == "web" else None


def own_header(source):
    return source.path.removesuffix(".cpp") + ".h"


def check(source, root, allowed):
    if not source.is_cpp:
        return
    includes = source.includes()
    yield from check_form(source, root, includes)
    if source.layer is None:
        return
    if source.layer not in allowed:
        yield 1, f"folder {source.layer} has no line in scripts/layers.txt"
        return
    for line, include in includes:
        other = layer_of(include)
        if other is not None and other not in allowed[source.layer]:
            yield line, f"{source.layer} may not include {other} (scripts/layers.txt)"
        if include.startswith("tests/"):
            yield line, "only tests include tests"


def check_form(source, root, includes):
    if source.path.endswith(".h") and "#pragma once" not in source.text:
        yield 1, "a header needs #pragma once"
    if source.path.endswith(".h") and not source.text.startswith("//"):
        yield 1, "a header opens with its purpose in a comment"
    if source.path.endswith(".cpp") and (root / own_header(source)).exists():
        if not includes or includes[0][1] != own_header(source):
            yield 1, f"include {own_header(source)} first"
    for line, include in includes:
        quoted = source.lines[line - 1].startswith('#include "')
        ours = include.split("/")[0] in TOP_FOLDERS
        if quoted and not ours:
            yield line, "included paths start at the root of the checkout; libraries go in angle brackets"
        if ours and not (root / include).exists():
            yield line, f"no such file: {include}"
