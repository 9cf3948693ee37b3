"""A property that is read once for each object, without the lock that functools has around one until Python 3.12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class _Once(Generic[T]):
    """As functools.cached_property, whose one lock for all objects takes longer than much of what is read."""

    def __init__(self, read: Callable[[Any], T]) -> None:
        self.__doc__ = read.__doc__
        self._read = read

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> _Once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> _Once[T] | T:
        if instance is None:
            return self
        # Found there from now on: a property that cannot be set is asked for last.
        found = instance.__dict__[self._name] = self._read(instance)
        return found


# Written above a property, as functools.cached_property is.
once = _Once
