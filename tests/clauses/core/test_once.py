"""Properties that are read once."""

from clauses.core.once import once


class Parcel:
    def __init__(self):
        self.weighed = 0

    @once
    def weight(self):
        """In grams."""
        self.weighed += 1
        return 250


def test_it_is_read_once_for_each_object():
    one, other = Parcel(), Parcel()
    assert [one.weight, one.weight, other.weight] == [250, 250, 250]
    assert (one.weighed, other.weighed) == (1, 1)


def test_it_is_not_read_before_it_is_asked_for():
    assert Parcel().weighed == 0


def test_the_class_tells_what_it_is():
    assert Parcel.weight.__doc__ == "In grams."
