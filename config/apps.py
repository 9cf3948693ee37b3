"""The project's own app: it carries the command `up` and the system checks."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """Registers the system checks."""

    name = "config"

    def ready(self) -> None:
        """Load the checks once the apps are."""
        from config import checks  # noqa: F401, PLC0415


class DeskConfig(AdminConfig):
    """Django's admin with our site: opened by role instead of by permission rows."""

    default_site = "config.desk.DeskSite"
