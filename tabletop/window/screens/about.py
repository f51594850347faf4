"""About: what the program is, and whose work it uses."""

from __future__ import annotations

from tabletop import __version__
from tabletop.window.dialogs import Sheet
from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.registry import Entry
from tabletop.window.theme import GAP, SMALL


class About(Sheet):
    """The sheet of the program itself."""

    @property
    def title(self) -> str:
        return self.words("about.title")

    def body(self) -> Element:
        said = self.words
        return Column(
            Text(said("about.version", version=__version__), SMALL, "accent"),
            Text(said("about.what")),
            Text(said("about.flagship")),
            Text(said("about.rules")),
            *(Text(said(f"about.{key}"), SMALL, "soft") for key in ("map", "made_with")),
            gap=GAP,
        )


ENTRIES = {"about": Entry(open=About, example=lambda app, example: About(app), below="title")}
