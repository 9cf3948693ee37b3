"""The project's own app: it carries the commands `up` and `test` and the system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the system checks."""

    name = "config"

    def ready(self) -> None:
        """Load the checks once the apps are."""
        from config import checks  # noqa: F401, PLC0415
