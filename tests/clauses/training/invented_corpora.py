"""Small corpora in the form of the real ones, of invented sentences."""

import json

from tests.clauses.core.type_sentences import SENTENCES

_TOPICS = ("arbitration", "data_sale", "data_retention", "tracking_cookies")
_ENDINGS = ("", " This holds in Graz.", " This holds in Tartu.", " This holds on ships.")
_APPSI = {"data_retention": "topic4", "data_collection_use": "topic0", "data_security": "topic5"}


def tosdr_rows(prefix="s"):
    """Three sentences of four types in four variants, and some of no type, over twelve services."""
    rows = [
        {"text": text + ending, "labels": [], "type": slug, "service": f"{prefix}{number}-{place}"}
        for slug in _TOPICS
        for place, text in enumerate(SENTENCES[slug][0])
        for number, ending in enumerate(_ENDINGS)
    ]
    others = [f"The office in Graz opens at {hour}." for hour in range(12)]
    return rows + [
        {"text": text, "labels": [], "type": "other", "service": f"{prefix}o{n}"}
        for n, text in enumerate(others)
    ]


def appsi_rows():
    return [
        {"text": text + ending, "labels": [label], "split": "train"}
        for slug, label in _APPSI.items()
        for text in SENTENCES[slug][0]
        for ending in _ENDINGS
    ]


def unfair_rows():
    label = {"arbitration": "Arbitration", "choice_of_law": "Choice of law"}
    return [
        {
            "text": text + ending,
            "labels": [label[slug]] if slug in label else [],
            "severity": {},
            "source": f"x/Loom{number}",
            "split": "validation" if number == 3 else "train",
        }
        for slug in (*label, "data_security")
        for text in SENTENCES[slug][0]
        for number, ending in enumerate(_ENDINGS)
    ]


def write_corpora(folder):
    """The files in a folder, as the commands look for them."""
    for name, rows in (
        ("tosdr_points", tosdr_rows()),
        ("appsi139_topic", appsi_rows()),
        ("unfair_tos", unfair_rows()),
        ("claudette_2024_en", unfair_rows()),
    ):
        write_rows(folder / f"{name}.jsonl", rows)
    return folder


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
