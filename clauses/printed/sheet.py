"""A printed page as such: what stands on every page, the parts it is put together from, and the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Paragraph, Table

from clauses.printed.letters import BOLD, ITALIC, REGULAR, link, load_letters, words

_INK, _QUIET, _LINE = HexColor("#1b1f24"), HexColor("#57606a"), HexColor("#d0d7de")
_ADDED, _REMOVED = ("#d7f5dd", "#1a6b33"), ("#fbdcdc", "#9c2531")
_MARGIN = 20 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_QR = 24 * mm

_BODY = ParagraphStyle(
    "body", fontName=REGULAR, bulletFontName=REGULAR, fontSize=10, leading=14.5, textColor=_INK, spaceAfter=5
)
_STYLES = {
    "body": _BODY,
    "small": ParagraphStyle("small", _BODY, fontSize=8.5, leading=12, textColor=_QUIET),
    "title": ParagraphStyle("title", _BODY, fontName=BOLD, fontSize=17, leading=22, spaceAfter=6),
    "heading": ParagraphStyle(
        "heading", _BODY, fontName=BOLD, fontSize=12, leading=16, spaceBefore=12, spaceAfter=5
    ),
    "subheading": ParagraphStyle(
        "subheading", _BODY, fontName=BOLD, fontSize=10, spaceBefore=7, spaceAfter=2, keepWithNext=1
    ),
    "quote": ParagraphStyle("quote", _BODY, leftIndent=10, spaceBefore=3),
    "item": ParagraphStyle("item", _BODY, leftIndent=12, bulletIndent=2, spaceAfter=3),
    "cell": ParagraphStyle("cell", _BODY, fontSize=9, leading=12.5, spaceAfter=0),
    "head": ParagraphStyle(
        "head", _BODY, fontName=BOLD, fontSize=8.5, leading=12, textColor=_QUIET, spaceAfter=0
    ),
    "note": ParagraphStyle("note", _BODY, fontName=ITALIC, fontSize=9, leading=13, textColor=_QUIET),
}


def _style(name: str) -> ParagraphStyle:
    load_letters()
    return _STYLES[name]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file is about: its title, the ID or name in the margin, the address of its page, and when it was made."""

    title: str
    name: str
    address: str
    made_at: datetime


def printed(sheet: Sheet, parts: Iterable[Flowable]) -> bytes:
    """The PDF: with page numbers, the address on every page, and a way to it that a camera reads on the first."""
    stream = BytesIO()
    document = BaseDocTemplate(
        stream,
        pagesize=A4,
        title=f"{sheet.name}: {sheet.title}",
        author=settings.SITE_URL,
        subject=sheet.address,
        lang="en",
        displayDocTitle=True,
        # The same page, made at the same moment, gives the same bytes.
        invariant=True,
        # Else the file names a font that it does not hold.
        initialFontName=REGULAR,
    )
    frame = Frame(_MARGIN, 22 * mm, _WIDTH, A4[1] - 42 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame]))
    document.build([_head(sheet), *parts], canvasmaker=_numbered(sheet))
    return stream.getvalue()


def _head(sheet: Sheet) -> Flowable:
    code = QrCode(sheet.address, width=_QR, height=_QR, qrBorder=0)
    made = f"{sheet.made_at.astimezone(UTC):%-d %B %Y, %H:%M} UTC"
    text = [
        Paragraph(words(sheet.title[:400]), _style("title")),
        Paragraph(f"{words(f'{sheet.name}, as it stood on {made}:')} {link(sheet.address)}", _style("small")),
    ]
    return Table(
        [[text, code]],
        colWidths=[_WIDTH - _QR - 6 * mm, _QR + 6 * mm],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (1, 0), (1, 0), "RIGHT"), *_NO_PADDING],
    )


# A table names a font even where its cells have their own.
_FONT = ("FONT", (0, 0), (-1, -1), REGULAR)
_NO_PADDING: list[tuple[Any, ...]] = [
    _FONT,
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
]


def _numbered(sheet: Sheet) -> type[Canvas]:
    """A canvas that knows, once all pages are there, how many they are."""

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, start=1):
                self.__dict__.update(page)
                _foot(self, sheet, number, len(self._pages))
                super().showPage()
            super().save()

    return Numbered


def _foot(canvas: Canvas, sheet: Sheet, number: int, count: int) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.line(_MARGIN, 17 * mm, A4[0] - _MARGIN, 17 * mm)
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(_QUIET)
    canvas.drawString(_MARGIN, 12.5 * mm, sheet.address)
    canvas.drawRightString(A4[0] - _MARGIN, 12.5 * mm, f"{sheet.name} · page {number} of {count}")


def title(text: str) -> list[Flowable]:
    """The name of a part, on a page where something of the part has room below it."""
    return [CondPageBreak(40 * mm), Paragraph(words(text), _style("heading"))]


def subtitle(markup: str) -> Flowable:
    """The name of a part of a part."""
    return Paragraph(markup, _style("subheading"))


def paragraph(markup: str, style: str = "body") -> Flowable:
    """A paragraph of markup, made by `words` and `link`. `style`: body, small, quote, note."""
    return Paragraph(markup, _style(style))


def items(markups: Iterable[str]) -> list[Flowable]:
    """A list with dots."""
    return [Paragraph(markup, _style("item"), bulletText="•") for markup in markups]


def redline(runs: Iterable[Sequence[str]]) -> str:
    """A redline as markup: what went is struck through, what came is underlined, both with a ground of their own.

    Both stand in brackets, as in mails: of a file only the words are copied and searched, without lines and grounds.
    """
    marks = {"=": "{}", "-": _marked(*_REMOVED, "strike", "−"), "+": _marked(*_ADDED, "u", "+")}
    return "".join(marks[op].format(words(text)) for op, text in runs)


def _marked(ground: str, ink: str, line: str, sign: str) -> str:
    bracket = f'<font size="8" color="{ink}">{{}}</font>'
    opening, closing = bracket.format(f"[{sign}"), bracket.format(f"{sign}]")
    return f'<font backColor="{ground}">{opening}<{line}>{{}}</{line}>{closing}</font>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Flowable:
    """A table of short cells of markup; `widths` are shares of the page. Its head is repeated on every page."""
    cells = [[Paragraph(words(name), _style("head")) for name in head]]
    cells += [[Paragraph(markup, _style("cell")) for markup in row] for row in rows]
    style: list[tuple[Any, ...]] = [
        _FONT,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ]
    return Table(cells, colWidths=[share * _WIDTH for share in widths], repeatRows=1, style=style)


def short(text: str, most: int = 240) -> str:
    """A text cut to what a cell holds, as markup."""
    return words(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")
