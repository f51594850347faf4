"""A kit as one HTML page with a print style, for machines without the extra that makes PDFs."""

from __future__ import annotations

from typing import Any

import jinja2

from tabletop.scenario.text_sanitizing import shown_lines


def kit_page(document: dict[str, Any]) -> str:
    """The page of a kit, from what the templates are given. It loads nothing and needs no script."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tabletop.report"),
        autoescape=True,
        finalize=lambda value: shown_lines(value) if type(value) is str else value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("kit.html").render(**document)
