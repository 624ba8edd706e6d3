"""How long a file, a function and a line may be."""
import re

MAX_FILE = 600
MAX_FUNCTION = 70
MAX_LINE = 110
MAX_SCRIPT_LINE = 120

# What opens a block that is no function's body.
NOT_A_FUNCTION = re.compile(r"\b(namespace|class|struct|enum|union|concept|extern)\b|=\s*$|=[^=].*$|\brequires\s*$")
FUNCTION = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&|->[^{};]*|\s)*$"
                      r"|\)\s*:[^;{}]*(\{[^{}]*\}[^;{}]*)*$", re.DOTALL)


def check(source):
    if len(source.lines) - 1 > MAX_FILE:
        yield 1, f"{len(source.lines) - 1} lines; a file has at most {MAX_FILE}"
    if not source.path.endswith((".html", ".yaml", ".scenario")):
        limit = MAX_LINE if source.is_cpp else MAX_SCRIPT_LINE
        tables = set(fenced_lines(source))
        for number, line in enumerate(source.lines, 1):
            if length_of(line, source.is_cpp) > limit and number not in tables and not in_raw_string(source, number):
                yield number, f"{len(line)} columns; a line has at most {limit}"
    if source.is_cpp:
        yield from check_functions(source)


def length_of(line, is_cpp):
    """Without raw strings that begin and end on the line: their text may be as long as it is."""
    return len(re.sub(r'R"\(.*?\)"', 'R"()"', line)) if is_cpp else len(line)


def in_raw_string(source, number):
    """Whether the line, which is not blank, has no code: text of a raw string may be as long as it is."""
    if not source.is_cpp or source.lines[number - 1].lstrip().startswith("//"):
        return False
    return bool(source.lines[number - 1].strip()) and not source.code_lines[number - 1].strip()


def fenced_lines(source):
    """The lines that clang-format leaves alone: tables, which may be as long as they are."""
    fenced = False
    for number, line in enumerate(source.lines, 1):
        fenced = (fenced or "clang-format off" in line) and "clang-format on" not in line
        if fenced:
            yield number


def check_functions(source):
    """Walks the braces: the outermost block whose head looks like a function's is one; what is in it belongs to it."""
    code = re.sub(r"^[ \t]*#.*?(?<!\\)$", lambda match: " " * len(match.group()), source.code, flags=re.MULTILINE)
    tables = set(fenced_lines(source))
    head_from = 0
    depth = 0
    opened = []  # per open brace: position of a function's head, or None
    inside = 0
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match.group()
        if mark == "{":
            head = code[head_from:at]
            starts = None
            if inside == 0 and FUNCTION.search(head.rstrip()) and not NOT_A_FUNCTION.search(head.split("(")[0]):
                starts = head_from + len(head) - len(head.lstrip())
            opened.append(starts)
            inside += starts is not None
            depth += 1
        elif mark == "}" and opened:
            starts = opened.pop()
            depth -= 1
            if starts is not None:
                inside -= 1
                first, last = source.line_of(starts), source.line_of(at)
                length = sum(not in_raw_string(source, number) and number not in tables
                             for number in range(first, last + 1))
                if length > MAX_FUNCTION:
                    yield first, f"{length} lines; a function has at most {MAX_FUNCTION}"
        head_from = at + 1
