"""The declarations in a folder."""

from __future__ import annotations

from pathlib import Path

from monitor.core.declaration import BadDeclaration, Service, read_service

_HISTORY = ".history.json"
_MAX_BYTES = 5_000_000


class NoDeclarations(ValueError):
    """A folder that holds no declarations; in one line."""


def read_declarations(folder: str) -> tuple[dict[str, Service], list[str]]:
    """The services declared in a folder or in its folder `declarations`, by their ID, and what could not be read.

    Files that are no declarations are passed over. Raises NoDeclarations.
    """
    path = Path(folder)
    path = path / "declarations" if (path / "declarations").is_dir() else path
    if not path.is_dir():
        raise NoDeclarations(f"there is no folder {folder}")
    names = sorted({_service(file) for file in path.glob("*.json") if file.is_file()})
    services: dict[str, Service] = {}
    problems: list[str] = []
    for name in names:
        try:
            service = read_service(name, _text(path / f"{name}.json"), _text(path / f"{name}{_HISTORY}"))
        except BadDeclaration as error:
            problems.append(str(error))
            continue
        problems += service.problems
        services[name] = service
    if not names:
        raise NoDeclarations(
            f"{folder} holds no declarations: no <service>.json in it or in its declarations folder"
        )
    return services, problems


def _service(file: Path) -> str:
    name = file.name
    return name.removesuffix(_HISTORY) if name.endswith(_HISTORY) else name.removesuffix(".json")


def _text(file: Path) -> str:
    try:
        if not file.is_file():
            return ""
        if file.stat().st_size > _MAX_BYTES:
            raise BadDeclaration(f"{file.name} has more than {_MAX_BYTES} bytes")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDeclaration(f"{file.name} cannot be read: {type(error).__name__}") from None
