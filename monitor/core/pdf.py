"""From a PDF to its text: lines with their place and size, page by page."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdf import Configuration, PageObject, PasswordType, PdfReader, apply_configuration

from monitor.core.blocks import Extract
from monitor.core.drafts import assemble, clean
from monitor.core.extraction_error import EmptyText, ExtractionError, NotText
from monitor.core.pdf_layout import Line, laid_out

MAGIC = b"%PDF-"
# A header may come after a few bytes of a careless server.
_MAGIC_WITHIN = 1024
_MAX_PAGES = 2000
_MAX_CHARACTERS = 10_000_000
# Drawing operations of a whole document: one of 200 dense pages has about half a million.
_MAX_OPERATIONS = 5_000_000
_MAX_UNPACKED = 20_000_000
# Bytes that pages are drawn by, counted before they are parsed, which takes up to 150 times their size: a dense page of
# words has about 20,000, a large map in vectors some hundred thousand.
_MAX_PAGE = 2_000_000
_MAX_DRAWN = 20_000_000
# Operations and what they are done with, of one stream.
_MAX_TOKENS = 500_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
# What word processors write into the title by themselves.
_NO_TITLE = re.compile(r"(?i)\Amicrosoft word|\Auntitled|\.(docx?|pdf|indd|odt|rtf|tex)\Z|\A\W*\Z")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})

# pypdf's own limits are for documents with pictures, which are not read here: bytes unpacked, of one stream and of all
# filters together, and drawings inside drawings.
_LIMITS = Configuration(
    zlib_maximum_output_length=_MAX_UNPACKED,
    lzw_maximum_output_length=_MAX_UNPACKED,
    run_length_maximum_output_length=_MAX_UNPACKED,
    array_based_stream_maximum_output_length=_MAX_UNPACKED,
    stream_decoding_work_maximum_length=5 * _MAX_UNPACKED,
    stream_parsing_work_maximum_count=_MAX_TOKENS,
    xform_maximum_invocations_per_extraction=500,
    page_tree_maximum_entries=10_000,
)


class _TooMuch(Exception):
    """More than a document of words has."""


def is_pdf(body: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return MAGIC in body[:_MAGIC_WITHIN]


def extract_pdf(body: bytes) -> Extract:
    """The text of a PDF; each block knows its page. Glyphs that stand for two letters become these letters.

    A PDF that needs no password to open is read, though it be encrypted. Raises NotText where the file is damaged,
    locked or larger than any document of words, and EmptyText where its pages are pictures.
    """
    try:
        with apply_configuration(_LIMITS):
            return _read(body)
    except ExtractionError:
        raise
    except _TooMuch as error:
        raise NotText(f"The PDF has more {error} than are read.") from error
    # A damaged file fails in the library in more ways than it has errors for.
    except Exception as error:
        raise NotText(f"The PDF cannot be read ({type(error).__name__}).") from error


def _read(body: bytes) -> Extract:
    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise NotText("The PDF is locked with a password.")
    if len(reader.pages) > _MAX_PAGES:
        raise _TooMuch("pages")
    pages = _Pages()
    for number, page in enumerate(reader.pages, start=1):
        pages.read(number, page)
    if not any(line.text for line in pages.lines):
        raise EmptyText(f"The PDF holds no text: its pages ({len(reader.pages)}) are pictures, or empty.")
    return assemble(laid_out(pages.lines), title=_title(reader), language=_language(reader))


def _title(reader: PdfReader) -> str:
    title = clean(str(reader.metadata.title or "")) if reader.metadata else ""
    return "" if _NO_TITLE.search(title) else title


def _language(reader: PdfReader) -> str:
    stated = clean(str(reader.root_object.get("/Lang") or "")).lower().replace("_", "-")
    return stated if _LANGUAGE.fullmatch(stated) else ""


class _Pages:
    """The lines of the pages read so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._operations = 0
        self._characters = 0
        self._drawn = 0

    def read(self, number: int, page: PageObject) -> None:
        """Add the lines of a page, in the order in which it draws them. Raises _TooMuch."""
        self._weigh(page)
        found = _PageLines(number)

        def count(*_: object) -> None:
            # Raised again at each operation that follows: a form inside the page swallows it once.
            self._operations += 1
            if self._operations > _MAX_OPERATIONS:
                raise _TooMuch("drawing operations")

        page.extract_text(visitor_operand_before=count, visitor_text=found.hear)
        found.end_line()
        self.lines += found.lines
        self._characters += sum(len(line.text) for line in found.lines)
        if self._operations > _MAX_OPERATIONS:
            raise _TooMuch("drawing operations")
        if self._characters > _MAX_CHARACTERS:
            raise _TooMuch("characters")

    def _weigh(self, page: PageObject) -> None:
        """Count the bytes that draw a page. Raises _TooMuch."""
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        self._drawn += size
        if size > _MAX_PAGE:
            raise _TooMuch("drawing on one page")
        if self._drawn > _MAX_DRAWN:
            raise _TooMuch("drawing")


class _PageLines:
    """Puts the pieces of text that a page draws together to lines."""

    def __init__(self, number: int) -> None:
        self.lines: list[Line] = []
        self._number = number
        self._texts: list[str] = []
        self._place = (0.0, 0.0)
        self._sizes: dict[float, int] = {}
        self._is_bold = True

    def hear(
        self, text: str, matrix: Sequence[float], text_matrix: Sequence[float], font: Any, size: float
    ) -> None:
        """A piece of text, with the matrices it is drawn by. A line break in it ends a line."""
        for position, piece in enumerate(text.split("\n")):
            if position:
                self.end_line()
            if piece.strip():
                self._place = self._place if self._sizes else _place(matrix, text_matrix)
                drawn = round(size * _scale(matrix) * _scale(text_matrix), 1)
                self._sizes[drawn] = self._sizes.get(drawn, 0) + len(piece)
                self._is_bold = self._is_bold and _is_bold(font)
            self._texts.append(piece)

    def end_line(self) -> None:
        """Close the line under way, if it holds anything."""
        text = clean("".join(self._texts).translate(_LIGATURES))
        if text:
            size = max(self._sizes, key=lambda found: (self._sizes[found], found), default=0.0)
            self.lines.append(Line(self._number, *self._place, size, self._is_bold, text))
        self._texts, self._sizes, self._is_bold = [], {}, True


def _place(matrix: Sequence[float], text_matrix: Sequence[float]) -> tuple[float, float]:
    """Where text begins on the page: from its left and from its foot, in points."""
    x, y = text_matrix[4], text_matrix[5]
    return (
        round(matrix[0] * x + matrix[2] * y + matrix[4], 1),
        round(matrix[1] * x + matrix[3] * y + matrix[5], 1),
    )


def _scale(matrix: Sequence[float]) -> float:
    return math.hypot(matrix[2], matrix[3])


def _is_bold(font: Any) -> bool:
    name = str((font or {}).get("/BaseFont", "")).lower()
    return any(word in name for word in ("bold", "black", "heavy", "semibold"))
