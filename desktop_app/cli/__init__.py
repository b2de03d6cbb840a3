"""The headless door: the same services as the window, one JSON document per call, no Qt."""

from __future__ import annotations

from desktop_app.cli.door import main

__all__ = ["main"]
