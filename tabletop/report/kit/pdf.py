"""A kit as PDF, by Typst: tagged (PDF/UA-1), with the fonts that ship with the program and no others."""

from __future__ import annotations

import json
import pathlib
import shutil
import tempfile
from collections.abc import Sequence
from typing import Any

from tabletop.storage.shipped_data import shelf

_TEMPLATES = pathlib.Path(__file__).with_name("typst")
_TOO_LONG = "too long for the card: "


class KitError(Exception):
    """A kit that cannot be printed: the key of what is said about it and what fills its places. `titles` are the cards
    that it is about."""

    def __init__(self, key: str, titles: Sequence[str] = (), **places: object) -> None:
        super().__init__(key)
        self.key = key
        self.titles = tuple(titles)
        self.places = {**places, "titles": self.titles, "count": len(self.titles)} if titles else places


def pdf_of(document: dict[str, Any]) -> bytes:
    """The pages of a kit.

    Raises KitError with the key `paper.error_no_typst` if the extra `print` is not installed, `paper.error_too_long`
    with the titles of cards that do not fit, `paper.error_typst` with the compiler's words for anything else.
    """
    try:
        import typst
    except ImportError:
        raise KitError("paper.error_no_typst") from None
    with tempfile.TemporaryDirectory(prefix="tabletop-print-") as folder:
        root = pathlib.Path(folder)
        for file in _TEMPLATES.glob("*.typ"):
            shutil.copy(file, root)
        (root / "kit.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        try:
            found = typst.compile(
                root / "kit.typ",
                root=root,
                font_paths=[shelf("assets") / "fonts"],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            raise _told(str(getattr(error, "message", error))) from None
    assert isinstance(found, bytes)
    return found


def _told(message: str) -> KitError:
    if _TOO_LONG in message:
        titles = message.split(_TOO_LONG, 1)[1].splitlines()[0].split(" | ")
        return KitError("paper.error_too_long", titles)
    return KitError("paper.error_typst", message=message.strip())
