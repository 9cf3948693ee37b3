"""Public IDs in addresses: `<id:letter>` would say nothing, so each kind has its own converter name."""

from __future__ import annotations


class PublicId:
    """Base of the converters: "V-000123" in the address, 123 in the view. Other spellings are not found."""

    letter = ""
    digits = 6
    regex = ""

    def to_python(self, value: str) -> int:
        """The number of a public ID."""
        return int(value.split("-")[1])

    def to_url(self, value: int | str) -> str:
        """The public ID of a number, or the ID itself."""
        if isinstance(value, str):
            return value
        return f"{self.letter}-{value:0{self.digits}d}"


class ClauseId(PublicId):
    """P-000123."""

    letter, regex = "P", r"P-\d{6,12}"


class ChangeSetId(PublicId):
    """C-000456."""

    letter, regex = "C", r"C-\d{6,12}"


class VersionId(PublicId):
    """V-000123."""

    letter, regex = "V", r"V-\d{6,12}"


class SnapshotId(PublicId):
    """S-000123."""

    letter, regex = "S", r"S-\d{6,12}"


class Token:
    """The secret of a link, or what somebody typed for one: any signs but the one that databases refuse."""

    regex = r"[^/\x00]+"

    def to_python(self, value: str) -> str:
        """The secret itself."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value
