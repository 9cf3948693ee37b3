"""Pages that give their text only to a browser: one is started for each page, behind a proxy of ours."""

from monitor.rendering.client import Browsing, is_busy, render

__all__ = ["Browsing", "is_busy", "render"]
