"""Reads and writes the system clipboard."""

from __future__ import annotations

import contextlib

import pygame


def text() -> str:
    """The text in the clipboard; "" if there is none."""
    try:
        return pygame.scrap.get_text()
    except (pygame.error, UnicodeError, SystemError):
        return ""


def put(copied: str) -> None:
    """Copies a text; does nothing without a clipboard."""
    with contextlib.suppress(pygame.error, UnicodeError):
        pygame.scrap.put_text(copied)
