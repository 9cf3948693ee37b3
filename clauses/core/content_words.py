"""The words of a text that carry content, by their stems."""

from __future__ import annotations

from functools import lru_cache

from clauses.core.change_rubric import IRREGULAR, stem
from clauses.core.editorial import without_links
from clauses.core.redline import LIGHT_WORDS, words

# Those that a word may have which does not begin with them.
_IRREGULAR_STEMS = frozenset(map(stem, IRREGULAR))


def content_stems(folded_text: str) -> frozenset[str]:
    """The stems of the words of content in a folded text; emphasis marks and what belongs to a link are no words."""
    # Each word that differs once: in a folded text none goes on behind a white space.
    different = dict.fromkeys(without_links(folded_text).replace("_", " ").split())
    return frozenset(map(content_stem, words(" ".join(different)))) - {""}


def cannot_hold(folded_text: str, root: str) -> bool:
    """Whether no word in a folded text can have this stem: all begin with it, but for its last letter."""
    return root[:-1] not in folded_text and root not in _IRREGULAR_STEMS


# The words of a language come again and again.
@lru_cache(maxsize=16_384)
def content_stem(word: str) -> str:
    """The stem of a word of content; "" of any other word and of a mark."""
    return stem(word) if word.isalnum() and word not in LIGHT_WORDS and len(word) > 1 else ""
