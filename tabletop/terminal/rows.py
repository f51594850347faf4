"""Rows: lines of styled text, folded, laid side by side and ruled off."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from tabletop.presentation.spans import Role, Span
from tabletop.scenario.text_sanitizing import shown_lines
from tabletop.terminal.marks import Marks

WIDEST = 100

_MEASURE = Console(file=io.StringIO(), width=WIDEST)


def text(*parts: str | tuple[str, str] | Text) -> Text:
    """One line out of plain and styled parts."""
    return Text.assemble(*parts)


#: How the roles of spans look.
_STYLES: dict[Role, str] = {
    "plain": "",
    "strong": "bold",
    "soft": "dim",
    "good": "bold green",
    "bad": "bold red",
    "accent": "bold cyan",
    "warn": "bold yellow",
}


def styled(line: Iterable[Span]) -> Text:
    """A line of the presentation layer."""
    return text(*((span.text, _STYLES[span.role]) for span in line))


def folded(words: str | Text, width: int, first: str | Text = "", hang: int | None = None) -> list[Text]:
    """Words over as many lines as they need. `first` begins the first; the others are indented as far, or by `hang`."""
    lead = Text(first) if isinstance(first, str) else first
    body = Text(" ".join(words.split())) if isinstance(words, str) else words.copy()
    indent = lead.cell_len if hang is None else hang
    lines = _wrapped(body, width - max(indent, lead.cell_len))
    if lead.cell_len > indent and len(lines) > 1:
        rest = body[len(lines[0]) :]
        lines[1:] = _wrapped(rest[len(rest.plain) - len(rest.plain.lstrip()) :], width - indent)
    lines[0] = text(lead, " " * (indent - lead.cell_len), lines[0])
    return [lines[0], *(text(" " * indent, line) for line in lines[1:])]


def _wrapped(body: Text, width: int) -> list[Text]:
    lines = list(body.wrap(_MEASURE, max(10, width))) or [Text()]
    for line in lines:
        line.rstrip()
    return lines


def hinted(words: str, width: int) -> list[Text]:
    """What can be typed next, in small print."""
    return folded(Text(words, style="dim"), width, " ")


def paragraphs(words: str, width: int, indent: int = 0) -> list[Text]:
    """Plain prose, an empty line between paragraphs."""
    rows: list[Text] = []
    for part in words.strip().split("\n\n"):
        rows += [Text(), *folded(part, width, " " * indent)] if rows else folded(part, width, " " * indent)
    return rows


def markdown(words: str, width: int) -> list[Text]:
    """Markdown as rows. Where a link leads is written behind it."""
    from rich.markdown import Markdown  # a parser that few pages need

    options = _MEASURE.options.update(width=width)
    lines = _MEASURE.render_lines(Markdown(shown_lines(words), hyperlinks=False), options, pad=False)
    rows = [Text.assemble(*((part.text, part.style or "") for part in line)) for line in lines]
    for row in rows:
        row.rstrip()
    return rows


def padded(line: Text, width: int) -> Text:
    """A line cut or filled to a width."""
    line = line.copy()
    line.truncate(width, overflow="ellipsis", pad=True)
    return line


def ends(left: Text, right: Text, width: int) -> Text:
    """One thing at the left and another at the right of a line; the right gives way."""
    room = width - left.cell_len - 2
    if right.cell_len > room:
        right = right.copy()
        right.truncate(max(0, room), overflow="ellipsis")
    return text(left, " " * max(0, width - left.cell_len - right.cell_len), right)


def beside(cells: Sequence[Text], width: int, columns: int = 2, gap: int = 2) -> list[Text]:
    """Cells in columns, read downwards."""
    each = (width - gap * (columns - 1)) // columns
    deep = -(-len(cells) // columns)
    rows = []
    for at in range(deep):
        parts = [padded(cell, each) for cell in cells[at::deep]]
        rows.append(Text(" " * gap).join(parts))
        rows[-1].rstrip()
    return rows


def flowing(items: Iterable[Text], width: int, first: str | Text = "", gap: str = "   ") -> list[Text]:
    """Items one after another over as many lines as they need, none broken that fits on a line."""
    lead = Text(first) if isinstance(first, str) else first
    indent = lead.cell_len
    room = max(10, width - indent)
    items = [part for item in items for part in ([item] if item.cell_len <= room else item.wrap(_MEASURE, room))]
    rows: list[Text] = []
    line, empty = lead.copy(), True
    for item in items:
        if not empty and line.cell_len + len(gap) + item.cell_len > width:
            rows.append(line)
            line, empty = Text(" " * indent), True
        line = text(line, "" if empty else gap, item)
        empty = False
    return [*rows, line]


def ruled(marks: Marks, width: int, title: str | Text = "", heavy: bool = False) -> Text:
    """A line across, with a title in it."""
    stroke = marks.heavy if heavy else marks.line
    if not title:
        return Text(stroke * width, style="dim")
    name = Text(title, style="bold") if isinstance(title, str) else title
    name = name.copy()
    name.truncate(width - 6, overflow="ellipsis")
    left = Text(stroke * 2 + " ", style="dim")
    return text(left, name, (" " + stroke * max(0, width - name.cell_len - 4), "dim"))
