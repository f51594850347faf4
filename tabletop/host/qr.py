"""QR codes of the address that people join by: as SVG for a page, and as text for a terminal."""

from __future__ import annotations

import io

import segno


def as_svg(address: str) -> str:
    """An SVG element without a size of its own, to be laid out by the page, with the address as its title."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title=address, dark="#000", light="#fff"
    )
    return out.getvalue().decode("utf-8")


def as_text(address: str) -> str:
    """The code in half blocks, two rows a line, for a terminal with a dark or a light ground."""
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
