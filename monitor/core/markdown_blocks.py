"""From a Markdown document to its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.core.blocks import CELL_SEPARATOR
from monitor.core.drafts import Draft, clean
from monitor.core.typed_marks import begins_list_mark, ends_sentence

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t](.*))?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+(.*)|)")
_ROW = re.compile(r"\s*\|.*\|\s*")
_ROW_RULE = frozenset(" \t|:-")
_QUOTE = re.compile(r"\A {0,3}(?:> ?)+")
_FENCE = re.compile(r" {0,3}(```|~~~).*")
_REFERENCE = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s*\S+.*")
_FRONT_MATTER = re.compile(r"\A---\n.{0,5000}?\n---\n", re.DOTALL)

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\](?:\([^()\s]{0,2000}(?:\s\"[^\"]{0,500}\")?\))")
_LINK = re.compile(
    r"\[([^\[\]]{0,2000})\](?:\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s+\"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.{0,2000}?-->")
_STRONG = re.compile(
    r"(?<![*\w])(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1(?!\*)|(?<=\w)(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\3(?!\*)"
)
_UNDERSCORED = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_]{1,2000}?)(?<=\S)\1(?!\w)")
_EMPTY = re.compile(r"(?<![\\*])\*{4,6}(?!\*)")
_CELL_ITEM = re.compile(r"(?<!\\)\* {3}")
_PRIVATE = 0xF0000  # Escaped punctuation hides here (a private use plane) while marks are taken away.
_HIDDEN = re.compile("[\U000f0021-\U000f007e]")


def markdown_drafts(text: str) -> Iterator[Draft]:
    """The blocks in order, without Markdown's marks. Front matter, rules, images and comments go."""
    reader = _Reader()
    lines = _FRONT_MATTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    for line in [*lines, ""]:
        yield from reader.read(_QUOTE.sub("", line))


def plain(text: str) -> str:
    """A line without its inline marks: links and emphasis keep their words, escapes their character."""
    text = _ESCAPE.sub(lambda found: chr(_PRIVATE + ord(found.group(1))), text)
    text = _CODE.sub(lambda found: "".join(map(_hide, found.group(2))), text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _EMPTY.sub("", _TAG.sub("", _AUTOLINK.sub(r"\1", text)))
    for _ in range(2):
        text = _STRONG.sub(lambda found: found.group(2) or found.group(4), text)
        text = _UNDERSCORED.sub(r"\2", text)
    return _HIDDEN.sub(lambda found: chr(ord(found.group()) - _PRIVATE), text)


def _hide(character: str) -> str:
    return (
        chr(_PRIVATE + ord(character)) if "!" <= character <= "~" and not character.isalnum() else character
    )


class _Reader:
    """Reads line by line; a paragraph or item stays open until something else begins."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._level = 0
        self._indents: list[int] = []
        self._rows: list[list[str]] = []
        self._fenced = False

    def read(self, line: str) -> Iterator[Draft]:
        if _FENCE.fullmatch(line):
            self._fenced = not self._fenced
            yield from self._close()
        elif self._fenced:
            yield Draft("paragraph", line)
        elif _ROW.fullmatch(line) or (self._rows and _is_row_rule(line)):
            yield from self._close_text()
            self._rows.append([] if _is_row_rule(line) else _cells(line))
        else:
            yield from self._close_rows()
            yield from self._read_text(line)

    def _read_text(self, line: str) -> Iterator[Draft]:
        heading = _HEADING.fullmatch(line)
        underline = _UNDERLINE.fullmatch(line)
        if not line.strip() or _REFERENCE.fullmatch(line):
            yield from self._close_text()
        elif heading:
            yield from self._close_text()
            self._indents.clear()
            yield Draft("heading", plain(_untrailed(heading.group(2) or "")), len(heading.group(1)))
        elif underline and self._open and not self._level:
            title, self._open = " ".join(self._open), []
            yield Draft("heading", plain(title), 1 if "=" in underline.group(1) else 2)
        elif _RULE.fullmatch(line):
            yield from self._close_text()
        else:
            yield from self._read_running(line)

    def _read_running(self, line: str) -> Iterator[Draft]:
        item = _ITEM.fullmatch(line)
        indent = len(line) - len(line.lstrip())
        if item:
            yield from self._close_text()
            self._level = self._depth(indent)
            self._open = [item.group(3) or ""]
            return
        if not self._open:
            self._level = self._continued(indent)
        if self._open and _breaks(self._open[-1], line):
            level = self._level
            yield from self._close_text()
            self._level = level
        self._open.append(line.lstrip())

    def _depth(self, indent: int) -> int:
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        return len(self._indents)

    def _continued(self, indent: int) -> int:
        """The depth of the item that an indented paragraph continues; one at the margin ends the list."""
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        return len(self._indents)

    def _close(self) -> Iterator[Draft]:
        yield from self._close_text()
        yield from self._close_rows()

    def _close_text(self) -> Iterator[Draft]:
        text = plain(clean(" ".join(_unbroken(line) for line in self._open)))
        if text:
            yield Draft("item", text, self._level) if self._level else Draft("paragraph", text)
        self._open = []
        self._level = 0

    def _close_rows(self) -> Iterator[Draft]:
        table, self._rows = self._rows, []
        has_header = len(table) > 1 and not table[1]
        header = table[0] if has_header else []
        for index, cells in enumerate(table):
            filled = [(column, cell) for column, cell in enumerate(cells) if cell]
            above = tuple(header[column] for column, _ in filled if column < len(header) and header[column])
            text = CELL_SEPARATOR.join(cell for _, cell in filled)
            yield Draft("row", text, header=above if index else ())


def _breaks(line: str, following: str) -> bool:
    """A hard line break ends a paragraph as a single break of a page does."""
    is_hard = line.endswith(("  ", "\\"))
    return is_hard and (ends_sentence(_unbroken(line)) or begins_list_mark(following))


def _unbroken(line: str) -> str:
    return line.rstrip().removesuffix("\\")


def _untrailed(title: str) -> str:
    """A heading without the number signs that may close it."""
    closed = title.rstrip()
    bare = closed.rstrip("#")
    return bare if bare.endswith((" ", "\t")) or not bare else closed


def _is_row_rule(line: str) -> bool:
    return "-" in line and _ROW_RULE.issuperset(line)


def _cells(line: str) -> list[str]:
    inner = line.strip()[1:-1]
    # Turndown gives the items of a list in a cell on one line, each with its mark.
    return [
        clean(plain(_CELL_ITEM.sub(" ", cell.replace("\\|", "|")))) for cell in re.split(r"(?<!\\)\|", inner)
    ]
