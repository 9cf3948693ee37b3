"""What is worked out of a value once, where anything asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class cached(Generic[T]):  # noqa: N801
    """functools.cached_property without its lock, which takes more time than most of what is kept.

    Two threads that ask at once may both work it out: only for what gives the same each time.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out, self._name = work_out, work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: object | None, owner: type[Any]) -> Self | T:
        """The value, which from now on is found in the instance without this."""
        if instance is None:
            return self
        found: T = self._work_out(instance)
        instance.__dict__[self._name] = found
        return found
