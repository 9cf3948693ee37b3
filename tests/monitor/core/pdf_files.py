"""PDF files written by hand, as small as they can be."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LEADING = 14.0
TOP, LEFT = 740.0, 72.0


@dataclass(frozen=True)
class Words:
    """A line of text on a page: `y` in points from the foot, font F1 (plain) or F2 (bold)."""

    text: str
    y: float
    x: float = LEFT
    size: float = 11
    is_bold: bool = False

    @property
    def drawing(self) -> bytes:
        font = "F2" if self.is_bold else "F1"
        text = self.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"BT /{font} {self.size} Tf {self.x} {self.y} Td ({text}) Tj ET\n".encode("cp1252")


def lines(*texts: str, top: float = TOP, leading: float = LEADING) -> list[Words]:
    """Lines one below the other; an empty one leaves room."""
    return [Words(text, top - leading * number) for number, text in enumerate(texts) if text]


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)


def pdf(*pages: Sequence[Words], title: str = "", lang: str = "") -> bytes:
    """A file of pages."""
    return pdf_of([b"".join(words.drawing for words in page) for page in pages], title=title, lang=lang)


def pdf_of(
    contents: Sequence[bytes],
    *,
    title: str = "",
    lang: str = "",
    forms: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A file of pages drawn by these operations. `forms` are whole objects that pages may draw as X0, X1 …"""
    first_form = 5 + 2 * len(contents)
    drawn = b" ".join(b"/X%d %d 0 R" % (number, first_form + number) for number in range(len(forms)))
    resources = b"<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << %s >> >>" % drawn
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    language = b"/Lang (%s)" % lang.encode() if lang else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % language,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>"
        objects += [page % (resources, 6 + 2 * number), stream(content)]
    objects += [form.replace(b"RESOURCES", resources) for form in forms]
    info = b""
    if title:
        objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
        info = b"/Info %d 0 R" % len(objects)
    return _numbered(objects, info + trailer)


def _numbered(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    return body + head + table + end
