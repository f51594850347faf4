"""The templates of pages: whatever is filled in is escaped, and shown without characters that would change the rest."""

from __future__ import annotations

import jinja2

from tabletop.scenario.text_sanitizing import shown_lines


def page_templates() -> jinja2.Environment:
    """A new environment with the package's templates; a name that is not given is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("tabletop.report"),
        autoescape=True,
        finalize=lambda value: shown_lines(value) if type(value) is str else value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
