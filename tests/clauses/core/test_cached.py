"""What is worked out of a value once."""

from dataclasses import dataclass, field

from clauses.core.cached import cached


@dataclass(frozen=True)
class Text:
    words: str
    readings: list[str] = field(default_factory=list)

    @cached
    def length(self) -> int:
        """How many words it has."""
        self.readings.append(self.words)
        return len(self.words.split())


def test_it_is_worked_out_when_it_is_asked_for_and_only_once():
    text = Text("We keep it.")
    assert text.readings == []
    assert (text.length, text.length) == (3, 3)
    assert text.readings == ["We keep it."]


def test_each_value_has_its_own():
    assert Text("We keep it.").length == 3
    assert Text("We may sell it.").length == 4


def test_its_class_tells_what_it_is():
    assert Text.length.__doc__ == "How many words it has."
    assert isinstance(Text.length, cached)
