"""Source: one file of the tree, with its text and, for C++, the same text without comments and string contents."""
import re

TOKEN = re.compile(r"""
    //[^\n]* | /\*.*?\*/ |
    R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)" |
    "(?:\\.|[^"\\\n])*" |
    (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'""", re.DOTALL | re.VERBOSE)
INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)


def blanked(match):
    """Keeps quotes and line ends, so that positions stay the same."""
    text = match.group()
    if text[0] == "/":
        return re.sub(r"[^\n]", " ", text)
    return text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]


class Source:
    def __init__(self, root, path):
        self.path = path
        self.folders = path.split("/")[:-1]
        self.text = (root / path).read_text(encoding="utf-8")
        self.lines = self.text.split("\n")
        self.is_cpp = path.endswith((".h", ".cpp"))
        self._code = None
        self._code_lines = None

    @property
    def code(self):
        if self._code is None:
            self._code = TOKEN.sub(blanked, self.text)
        return self._code

    @property
    def code_lines(self):
        if self._code_lines is None:
            self._code_lines = self.code.split("\n")
        return self._code_lines

    def line_of(self, position):
        return self.text.count("\n", 0, position) + 1

    def includes(self):
        """Pairs of line number and included path, in order."""
        return [(self.line_of(match.start()), match.group(1)) for match in INCLUDE.finditer(self.text)]

    @property
    def layer(self):
        """The line of scripts/layers.txt that this file falls under, or None."""
        if self.folders[:1] == ["engine"] and len(self.folders) > 1:
            return self.folders[1]
        return "web" if self.folders[:1] == ["web"] else None
