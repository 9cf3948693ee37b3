"""Pages that give their text only to a browser: one is started for each page, behind a proxy of ours."""

from monitor.rendering.client import Browsing, render

__all__ = ["Browsing", "render"]
