"""A kit as one HTML page with a print style, for machines without the extra that makes PDFs."""

from __future__ import annotations

from typing import Any

from tabletop.report.page_templates import page_templates


def kit_page(document: dict[str, Any]) -> str:
    """The page of a kit, from what the templates are given. It loads nothing and needs no script."""
    return page_templates().get_template("kit.html").render(**document)
