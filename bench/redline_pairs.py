"""Pairs of texts to compare: real ones from the histories of an archive, and made ones of every size and spite."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.triples import Repository
from monitor.core.extract import extract_markdown

# (document, which of its recorded texts is the old one, and which the new one; the last for -1)
_REAL = (
    ("Claude.ai/Terms of Service.md", 0, 1),
    ("Claude.ai/Terms of Service.md", 0, -1),
    ("Claude.ai/Privacy Policy.md", 0, -1),
    ("ChatGPT/Terms of Service.md", 12, 13),
    ("ChatGPT/Privacy Policy.md", 0, -1),
    ("GitHub Copilot/Privacy Policy.md", 1, 2),
    ("Mistral AI/Terms of Service.md", 5, 6),
)
_LEAST = 1_000
LIGHT = [
    "the",
    "of",
    "and",
    "to",
    "we",
    "you",
    "your",
    "our",
    "may",
    "not",
    "in",
    "for",
    "with",
    "any",
    "that",
    "is",
    "by",
    "or",
    "on",
    "as",
]
_SYLLABLES = [f"{one}{two}" for one in "bcdfghlmnprstv" for two in "aeiou"]


@dataclass(frozen=True)
class TextPair:
    """Two texts, one block a line; `moved` are blocks that stand in both, out of order."""

    name: str
    old: str
    new: str
    moved: tuple[str, ...] = ()


def real_pairs(versions: Path) -> Iterator[TextPair]:
    """Recorded versions of real documents, as the text that is read from their Markdown."""
    with closing(Repository(versions)) as repository:
        texts: dict[str, list[tuple[int, str]]] = {}
        for change in repository.changes():
            if change.path in {path for path, *_ in _REAL}:
                body = repository.bytes_of(change.blob).decode("utf-8", "replace")
                found = texts.setdefault(change.path, [])
                if len(body) > _LEAST and (not found or found[-1][1] != body):
                    found.append((change.at, body))
    for path, old, new in _REAL:
        before, after = texts[path][old][1], texts[path][new][1]
        dates = "last" if new == -1 else f"{new + 1}"
        yield TextPair(
            f"{path.removesuffix('.md')}, {old + 1} to {dates}",
            extract_markdown(before).text,
            extract_markdown(after).text,
        )


def joined_texts(versions: Path, size: int) -> tuple[list[str], list[str]]:
    """The first and the last recorded texts of the same documents, by name, up to so many characters of each."""
    bodies: dict[str, list[str]] = {}
    with closing(Repository(versions)) as repository:
        for change in repository.changes():
            if change.path.endswith(".md"):
                body = repository.bytes_of(change.blob).decode("utf-8", "replace")
                bodies[change.path] = [*bodies.get(change.path, [])[:1], body]
    first: list[str] = []
    last: list[str] = []
    for _, texts in sorted(bodies.items()):
        before, after = (extract_markdown(texts[at]).text for at in (0, -1))
        if max(sum(map(len, first)) + len(before), sum(map(len, last)) + len(after)) <= size:
            first.append(before)
            last.append(after)
    return first, last


class Writer:
    """An author of invented clauses; the same seed writes the same ones."""

    def __init__(self, seed: int, rare: int = 900) -> None:
        self.chance = random.Random(seed)
        self.rare = ["".join(self.chance.choices(_SYLLABLES, k=3)) for _ in range(rare)]

    def word(self) -> str:
        return self.chance.choice(LIGHT if self.chance.random() < 0.45 else self.rare)

    def sentence(self, words: int) -> str:
        return " ".join(self.word() for _ in range(words)).capitalize() + "."

    def clause(self) -> str:
        return " ".join(self.sentence(self.chance.randint(8, 30)) for _ in range(self.chance.randint(1, 4)))

    def clauses(self, size: int) -> list[str]:
        found: list[str] = []
        while sum(map(len, found)) < size:
            found.append(self.clause())
        return found

    def edited(self, text: str, share: float) -> str:
        """The text with runs of one to three words replaced, taken out or put in."""
        words = text.split(" ")
        for _ in range(max(1, round(share * len(words) / 2))):
            at, length = self.chance.randrange(len(words)), self.chance.randint(1, 3)
            words[at : at + self.chance.choice([0, length])] = [self.word() for _ in range(length)]
        return " ".join(words)


def made_pairs() -> Iterator[TextPair]:
    """A policy with ten edits, one with a section moved besides, the latter in one line, and a rewrite."""
    writer = Writer(1)
    policy = writer.clauses(60_000)
    policy[20] = "We keep your chats for 30 days. We will not sell what you write to us."
    edited = list(policy)
    edited[20] = "We keep your chats for five years. We may sell what you write to us."
    for at in writer.chance.sample(range(25, len(policy)), 9):
        edited[at] = writer.edited(policy[at], 0.05)
    yield TextPair("policy of 60 kB, 10 edits", "\n".join(policy), "\n".join(edited))
    section = edited[4:12]
    moved = [*edited[:4], *edited[12:60], *section, *edited[60:]]
    yield TextPair("the same, 8 clauses moved", "\n".join(policy), "\n".join(moved), tuple(section))
    yield TextPair("the same on one line", " ".join(policy), " ".join(moved))
    yield _rewrite(Writer(2), 270_000)


def _rewrite(writer: Writer, size: int) -> TextPair:
    """Half of the clauses edited, a fifth gone, a fifth new, a twentieth moved."""
    old = writer.clauses(size)
    new: list[str] = []
    moved: list[str] = []
    for clause in old:
        fate = writer.chance.random()
        if fate < 0.05:
            moved.append(clause)
        elif fate >= 0.25:
            new.append(writer.edited(clause, 0.3) if fate < 0.75 else clause)
        if writer.chance.random() < 0.2:
            new.append(writer.clause())
    for clause in moved:
        new.insert(writer.chance.randrange(len(new)), clause)
    return TextPair("rewrite of 270 kB", "\n".join(old), "\n".join(new), tuple(moved))


def hostile_pairs() -> Iterator[tuple[str, Callable[[], tuple[list[str], list[str]]]]]:
    """Clauses of a megabyte on each side, made to cost as much as they can."""
    clauses = Writer(3).clauses(1_000_000)
    few = ["alpha", "beta"]

    def pick(words: int, known: list[str], seed: int) -> str:
        return " ".join(random.Random(seed).choices(known, k=words))

    def near(first: int, days: int) -> list[str]:
        text = "We keep file {} of every boat in the harbor for {} days after it sails and burn it then."
        return [text.format(first + at, at % days) for at in range(11_000)]

    def pieces() -> tuple[list[str], list[str]]:
        wholes = [
            " ".join(f"{Writer(at).sentence(12)}" for at in range(k, k + 80)) for k in range(0, 11_200, 80)
        ]
        return wholes, [f"{one}." for whole in wholes for one in Writer(9).edited(whole, 0.1).split(". ")]

    yield "unrelated, other words", lambda: (clauses, Writer(4).clauses(1_000_000))
    yield "unrelated, the same words", lambda: (clauses, _shuffled_words(clauses))
    yield "170,000 equal lines", lambda: (["Do it."] * 170_000, ["Do it."] * 160_000)
    yield "nearly equal clauses", lambda: (near(0, 37), near(20_000, 41))
    yield "every clause edited", lambda: (clauses, _edited(clauses))
    yield "every clause edited, order reversed", lambda: (clauses, _edited(clauses)[::-1])
    yield "every clause cut in 80", pieces
    yield "one clause, edited", lambda: ([" ".join(clauses)], [" ".join(_edited(clauses))])
    yield "one clause, shuffled", lambda: ([" ".join(clauses)], [" ".join(_shuffled_words(clauses))])
    yield "one clause of two words", lambda: ([pick(180_000, few, 1)], [pick(180_000, few, 2)])
    yield (
        "180 clauses of two words",
        lambda: tuple(  # type: ignore[return-value]
            [f"Rule {at} of us. {pick(990, few, at + side)}" for at in range(180)] for side in (0, 1_000)
        ),
    )
    yield "one word", lambda: (["a" * 1_000_000], ["a" * 999_999 + "b"])
    yield "marks alone", lambda: (["." * 1_000_000], ["." * 999_999])


def _edited(clauses: list[str]) -> list[str]:
    writer = Writer(5)
    return [writer.edited(clause, 0.1) for clause in clauses]


def _shuffled_words(clauses: list[str]) -> list[str]:
    words = " ".join(clauses).split(" ")
    random.Random(6).shuffle(words)
    return [" ".join(words[at : at + 40]) for at in range(0, len(words), 40)]
