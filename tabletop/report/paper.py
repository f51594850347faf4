"""Papers of reviews, laid out by Typst: a template after what all papers share, and values as JSON."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Literal, TypeAlias

from tabletop.presentation.words import catalogue
from tabletop.scenario.text_sanitizing import shown_lines
from tabletop.storage.shipped_data import shelf

Paper: TypeAlias = Literal["a4", "us-letter"]


def laid_out(template: str, paper: Paper, *, language: str, footer: str, **values: Any) -> bytes:
    """The PDF of a template with plain data under the names of `values` (`review` and `marks`). Raises
    ModuleNotFoundError where the package `typst` is not installed."""
    import typst

    folder = resources.files("tabletop.report").joinpath("templates")
    source = b"".join(folder.joinpath(name).read_bytes() for name in ("paper.typ", template))
    given = {name: _as_json(value) for name, value in values.items()}
    given |= {"words": _as_json(_words(language)), "paper": paper, "footer": shown_lines(footer)}
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(shelf("assets") / "fonts")])

    def made(standard: Literal["ua-1"] | None) -> bytes:
        found = typst.compile(
            source, format="pdf", sys_inputs=given, font_paths=fonts, pdf_standards=standard, timestamp=0
        )
        assert isinstance(found, bytes)
        return found

    try:
        return made("ua-1")
    except typst.TypstError:
        # People may have written letters that no font here has; a box in their place is no tagged PDF by the standard.
        return made(None)


def _as_json(value: Any) -> str:
    return json.dumps(_shown(value), ensure_ascii=False)


def _shown(value: Any) -> Any:
    """Plain data whose texts can be shown."""
    if isinstance(value, str):
        return shown_lines(value)
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _words(language: str) -> dict[str, str]:
    """The entries that the templates say, in the language, or else in English."""
    entries = catalogue("en") | catalogue(language)
    return {key: text for key, text in entries.items() if key.startswith(("review.", "branches.", "sections."))}
