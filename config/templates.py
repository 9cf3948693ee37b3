"""How the site's own templates are read: without the indentation that only their authors need."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")


class Loader(filesystem.Loader):
    """Templates from the folders of the site. Line breaks stay, so that words stay apart and errors name their line."""

    def get_contents(self, origin: Origin) -> str:
        """The source of a template. Mail in plain text is as it was written."""
        found: str = super().get_contents(origin)
        return _INDENTATION.sub("\n", found) if str(origin.name).endswith(".html") else found
