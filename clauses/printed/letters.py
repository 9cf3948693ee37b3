"""The letters of printed pages: one family that is embedded, and how words become the markup of a paragraph.

For Chinese, Japanese and Korean signs, which no family of a bearable size has, the fonts stand that readers of PDF
bring themselves. What no font has is shown as a box.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import cast
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

import fontpkg_fira_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

FAMILY = "FiraSans"
REGULAR, BOLD, ITALIC = f"{FAMILY}-Regular", f"{FAMILY}-SemiBold", f"{FAMILY}-Italic"
_KOREAN, _JAPANESE, _CHINESE = "HYSMyeongJo-Medium", "HeiseiMin-W3", "STSong-Light"
_BOX = "▯"
# Signs that mean a break or a joint and show nothing, or a common sign of the same look that the family has.
_ALIKE = {"\u2011": "-", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u00ad": "", "\u2028": "\n"}


@cache
def load_letters() -> None:
    """Make the fonts known, once a process."""
    folder = Path(fontpkg_fira_sans.ROOT) / "files"
    for name in (REGULAR, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    for name in (_KOREAN, _JAPANESE, _CHINESE):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def words(text: str) -> str:
    """Any text as markup that shows exactly it: nothing in it is understood as markup, line ends stay."""
    plain = "".join(_ALIKE.get(sign, sign) for sign in text)
    return "".join(_run(font, "".join(signs)) for font, signs in groupby(plain, key=_font_of))


def link(address: str, text: str = "") -> str:
    """An address of the web as markup that leads there; any other as mere words."""
    shown = words(text or address)
    if not address.startswith(("https://", "http://")):
        return shown
    return f"<a href={quoteattr(address)} color='#1f5f99'>{shown}</a>"


def _run(font: str, signs: str) -> str:
    shown = escape("".join(_BOX if font == _BOX else sign for sign in signs)).replace("\n", "<br/>")
    return f'<font name="{font}">{shown}</font>' if font in {_KOREAN, _JAPANESE, _CHINESE} else shown


def _font_of(sign: str) -> str:
    """The font of a sign: empty for the family, a box for none."""
    if ord(sign) in _covered() or sign in "\n\t":
        return ""
    at = ord(sign)
    if 0x1100 <= at <= 0x11FF or 0x3130 <= at <= 0x318F or 0xAC00 <= at <= 0xD7AF:
        return _KOREAN
    if 0x3040 <= at <= 0x30FF:
        return _JAPANESE
    if 0x3000 <= at <= 0x303F or 0x3400 <= at <= 0x9FFF or 0xFF00 <= at <= 0xFFEF:
        return _CHINESE
    return "" if category(sign) in {"Cc", "Cf"} else _BOX


@cache
def _covered() -> frozenset[int]:
    load_letters()
    face = cast("TTFont", pdfmetrics.getFont(REGULAR)).face
    return frozenset(face.charToGlyph)
