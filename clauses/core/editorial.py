"""Which edits change nothing of substance: spelling, punctuation, capitals, names, dates, clause numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

from clauses.core.align import without_number
from clauses.core.cached import cached
from clauses.core.redline import redline, words
from clauses.core.values import Run
from monitor.core.normalize import comparable

EditKind = Literal["none", "renumbered", "date", "editorial", "wording"]
Phrase = tuple[str, ...]
Edit = tuple[Phrase, Phrase]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_DAY})(?:,?\s+\d{{4}})?\b|\b{_MONTH},?\s+\d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
)
# One of these stands in each of them: most texts with a figure need not be searched. Each begins with a sign that is
# rare, and is found in a third of the time of another one.
_MONTH_BEGINS = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_FIGURES_JOIN = re.compile(r"[./-](?<=\d.)\d")
_DATE_SIGN = "§date§"
# What belongs to a link and not to the words: its address, the leftovers of its markup, the note for screen readers.
_ADDRESS = r"\(?\b(?:https?://|www\.|mailto:)[^\s()\]]*\)?"
# Each by what stands in it in small letters: a long text that has only some of the signs need not be searched for all.
_LINKS = {
    "opens in": r"\(?\bopens in (?:a |an )?new (?:window|tab)\b\)?",
    **dict.fromkeys(("://", "www.", "lto:"), _ADDRESS),
    "[": r"\[/?a(?:\s?href)?[^\]]{0,300}\]",
    "<": r"</?[a-z][^>]{0,300}>",
    "@": r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}",
}
_DIGITS = re.compile(r"\d+")

_FILLER_WORDS = """
a an the that which also please then thus so such of to in on at for by with as is are be been being was were
our your their its these this those it here there each
"""
_FILLER = frozenset(_FILLER_WORDS.split())
# Words that say the same in terms of service, in either direction.
_SAME_WORDS_LIST = """
data/information info/information site/website webpage/page policy/notice policy/statement e-mail/email
can/may shall/will use/utilize about/regarding concerning/regarding about/concerning by/via through/via
by/through shall/must will/must and/or start/begin provide/offer help/assist get/obtain get/receive
after/following violation/breach believe/consider app/application apps/applications site/page sites/websites
clause/section terms/agreement
"""
_SAME_WORDS = frozenset(frozenset(pair.split("/")) for pair in _SAME_WORDS_LIST.split())
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|pbc|gmbh|corp|corporation|company|bv|sa|plc|co|ag|llp|oy|ab|srl)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"we", "us", "our", "ours", "you", "your", "yours"})
_NUMBERED = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand)$"
)
_MAX_NAME = 4
# The exact comparison takes the product of both lengths / 8 bytes: 50 MB at this many words.
_MAX_WORDS = 20_000


class Rewording:
    """Two wordings of a clause, with what is read from them read once."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    @cached
    def runs(self) -> tuple[Run, ...]:
        """The redline from the old to the new wording."""
        return redline(self.old, self.new)

    @cached
    def edits(self) -> list[Edit]:
        """The words taken out and put in, place by place, without punctuation; letter case is not compared."""
        return list(_word_edits(_plain_words(self.old), _plain_words(self.new)))

    @property
    def new_words(self) -> list[str]:
        """The words of the new wording, without marks."""
        return _plain_words(self.new)

    @cached
    def new_counts(self) -> Counter[str]:
        """How often each word stands in the new wording, in small letters."""
        return Counter(map(str.casefold, self.new_words))

    def compared(self) -> Rewording:
        """Itself, with its redline and its edits read one after the other: the words are split once for both."""
        _ = self.runs, self.edits
        return self

    def without(self, drop: Callable[[str], str]) -> Rewording:
        """Both without what `drop` takes out; itself where there is nothing of that."""
        old, new = drop(self.old), drop(self.new)
        return self if (old, new) == (self.old, self.new) else Rewording(old, new)

    @cached
    def is_same(self) -> bool:
        """Whether both are the same but for what never counts as a change."""
        return comparable(self.old) == comparable(self.new)


def edit_kind(rewording: Rewording, renames: frozenset[Edit] = frozenset()) -> EditKind:
    """What kind of edit leads from one wording to the other, the least that explains it.

    "none" for the same words, "renumbered" for another clause number, "date" where only dates changed,
    "editorial" for spelling, punctuation, capitals, function words, words of the same meaning, company names
    and the document's `renames` (with or without dates), else "wording", as where a whole clause came or went.
    """
    if rewording.is_same:
        return "none"
    bare = rewording.without(without_number)
    if bare.is_same:
        return "renumbered"
    if not rewording.old or not rewording.new:
        return "wording"
    undated = bare.without(_without_dates)
    if undated.is_same:
        return "date"
    said = undated.without(without_links)
    if _digits(said.old) != _digits(said.new):
        # No cosmetic edit changes a figure: none of its words need be looked at.
        return "wording"
    return "editorial" if all(_is_cosmetic(edit, renames, rewording) for edit in said.edits) else "wording"


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def without_links(text: str) -> str:
    """The text without addresses, leftovers of link markup and notes such as "(opens in a new window)"."""
    lowered = text.lower()
    signs = tuple([sign for sign in _LINKS if sign in lowered])
    return _link(signs).sub(" ", text) if signs else text


@cache
def _link(signs: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of the links that have one of the signs."""
    return re.compile("|".join(dict.fromkeys(_LINKS[sign] for sign in signs)), re.IGNORECASE)


def _without_dates(text: str) -> str:
    return _DATE.sub(_DATE_SIGN, text) if _may_hold_date(text) else text


def _may_hold_date(text: str) -> bool:
    if not _DIGITS.search(text):
        return False
    return _MONTH_BEGINS.search(text) is not None or _FIGURES_JOIN.search(text) is not None


def _word_edits(before: list[str], after: list[str]) -> Iterator[Edit]:
    if max(len(before), len(after)) > _MAX_WORDS:
        yield tuple(before), tuple(after)
        return
    # What is equal lies between the edits; the last block is empty, at both ends.
    i = j = 0
    for block in Indel.opcodes(_casefolded(before), _casefolded(after)).as_matching_blocks():
        if i < block.a or j < block.b:
            yield tuple(before[i : block.a]), tuple(after[j : block.b])
        i, j = block.a + block.size, block.b + block.size


def defined_renames(rewordings: Iterable[Rewording]) -> frozenset[Edit]:
    """Terms with capitals that were replaced by the same other term at least twice, and nowhere kept.

    `rewordings` are those of edited clauses, without those about courts and governing law, where another
    name is another rule. Phrases are case-folded.
    """
    found = [*rewordings]
    counts = Counter(filter(_is_renaming, chain.from_iterable(rewording.edits for rewording in found)))
    again = [edit for edit, count in counts.items() if count > 1]
    kept = {word for rewording in found for word in rewording.new_words} if again else set()
    return frozenset(_folded(edit) for edit in again if not kept.issuperset(edit[0]))


def _plain_words(text: str) -> list[str]:
    found = [word for word in words(text) if word.isalnum() or any(map(str.isalnum, word))]
    return [word.replace("’", "'") for word in found] if "’" in text else found


def _casefolded(found: Iterable[str]) -> list[str]:
    # Joined and parted again, as one call for all of them takes half the time of one for each.
    return " ".join(found).casefold().split(" ")


def _folded(edit: Edit) -> Edit:
    return tuple(map(str.casefold, edit[0])), tuple(map(str.casefold, edit[1]))


def _is_renaming(edit: Edit) -> bool:
    old, new = edit
    is_short = 0 < len(old) <= _MAX_NAME and 0 < len(new) <= _MAX_NAME
    return is_short and _is_name(old) and _is_name(new)


def _is_name(phrase: Phrase) -> bool:
    for word in phrase:
        if not word[0].isupper() and word.casefold() not in _FILLER:
            return False
    return not any(map(_NUMBERED.search, phrase))


def _is_cosmetic(edit: Edit, renames: frozenset[Edit], rewording: Rewording) -> bool:
    old, new = _folded(edit)
    if (old, new) in renames or "".join(old).replace("-", "") == "".join(new).replace("-", ""):
        return True
    if _is_company(edit) or _is_pronoun(edit) or _is_slip(old, new, rewording):
        return True
    said, says = ([word for word in side if word not in _FILLER] for side in (old, new))
    return len(said) == len(says) and all(map(_is_same_word, said, says))


def _is_pronoun(edit: Edit) -> bool:
    """A party called "we" or "you" in place of its name, or the reverse."""
    for one, other in (edit, edit[::-1]):
        if len(one) == 1 and one[0].casefold() in _PRONOUNS and _is_name(other) and len(other) <= _MAX_NAME:
            return not any(word.casefold() in _PRONOUNS for word in other)
    return False


def _is_slip(old: Phrase, new: Phrase, rewording: Rewording) -> bool:
    """A mistyped word put right: one letter off a word that stands elsewhere in the text too."""
    if len(old) != 1 or len(new) != 1 or _NUMBERED.search(old[0]) or _NUMBERED.search(new[0]):
        return False
    is_near = Levenshtein.distance(old[0], new[0]) == 1 and min(len(old[0]), len(new[0])) > 2
    return is_near and rewording.new_counts[new[0]] > 1 and rewording.new_counts[old[0]] == 0


def _is_company(edit: Edit) -> bool:
    """A company's name in place of another one, as a whole or by its legal form."""
    return _is_renaming(edit) and all(_COMPANY.search(" ".join(side)) for side in edit)


def _is_same_word(old: str, new: str) -> bool:
    if old == new or frozenset((old, new)) in _SAME_WORDS:
        return True
    if _NUMBERED.search(old) or _NUMBERED.search(new):
        return False
    if new == f"{old}s" or old == f"{new}s":
        return True
    if min(len(old), len(new)) < 5:
        return False
    if old[0] != new[0]:
        # A lost first letter; "a", "i" and "u" may begin a word that says the opposite ("atypical").
        longer, shorter = sorted((old, new), key=len, reverse=True)
        return len(shorter) > 5 and longer[1:] == shorter and longer[0] not in "aiu"
    return Levenshtein.distance(old, new) <= (1 if min(len(old), len(new)) < 9 else 2)
