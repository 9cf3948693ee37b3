"""Words that deny what follows them, and words that except something from it; for folded text."""

from __future__ import annotations

import re

# "Including but not limited to" and "not only" deny nothing.
NOT = re.compile(r"(?:\b(?:not|never|no longer|cannot)\b|n't\b)(?! (?:be )?(?:limited|only|just)\b)")
EXCEPTING = r"except|unless|other than|apart from|save (?:for|as)"
EXCEPT = re.compile(rf"\b(?:{EXCEPTING}|without)\b")
