"""A bar on standard error for work in stages, where that is a terminal."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm


class Stages:
    """One bar after another."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Stages:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def begun(self, name: str, total: int) -> None:
        """A stage begins, of so many steps."""
        self.__exit__()
        self._bar = tqdm(total=total, desc=name, unit="", disable=None, leave=False)

    def step(self) -> None:
        """A step of the stage is done."""
        if self._bar is not None:
            self._bar.update()
