"""The forms that parameters and fields must have, and what is said where one has another: nobody reads a pattern."""

from __future__ import annotations

# Days before the web are refused, as on the pages: arithmetic on them could overflow.
DAY = r"^(199[0-9]|[2-8][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
CURSOR = r"^[A-Za-z0-9_-]+$"
DOCUMENT_ID = r"^D-[0-9]{5,12}$"
TEXT = r"^[^\x00]*$"
WORDS = r"^[^\x00]*[^\s\x00][^\x00]*$"
LANGUAGE = r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2})?$"
SHA256 = r"^[0-9a-f]{64}$"
VISIBLE_ASCII = r"^[\x21-\x7e]+$"

OTHER_FORM = {
    DAY: "Write a day from 1990 on, like 2025-12-31.",
    CURSOR: "This is no cursor of this list.",
    DOCUMENT_ID: "Write the public ID of a document, like D-00012.",
    TEXT: "Null characters are no text.",
    WORDS: "Write something, without null characters.",
    LANGUAGE: "Write a language as a code, like en or de-AT.",
    SHA256: "Write 64 digits and small letters from a to f.",
    VISIBLE_ASCII: "Write visible ASCII characters, without spaces.",
}
