"""The menu: what the seat may do now, what it costs and what is to be expected of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.dealt import Counsel
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.moves import Move
from tabletop.terminal.board import cost, purse
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, hinted, padded, ruled, text
from tabletop.terminal.scene import Scene


def invitation(scene: Scene) -> list[Text]:
    """What is asked of the seat now, and what it has left."""
    hand, prompt = scene.hand, scene.prompt
    words = prompt.question or prompt.text
    if hand.card:
        return folded(text((words, "bold" if prompt.question else "")), scene.width, " ")
    left = [purse(scene)] if hand.costs_anything else []
    rows = flowing([text((words, "bold")), *left], scene.width, " ", "  ")
    if hand.chosen:
        chosen = ", ".join(move.label for move in hand.chosen)
        rows += folded(text((chosen, "cyan")), scene.width, f" {scene.words('terminal.face_down_lead')} ", hang=3)
    elif hand.done:
        rows += folded(text((", ".join(hand.done), "cyan")), scene.width, f" {scene.words('terminal.done_lead')} ")
    return rows


def menus(scene: Scene) -> list[list[Text]]:
    """The moves open to the seat, from the most telling way of listing them to the shortest."""
    moves = scene.hand.open
    if scene.hand.dealt:
        front = [_dealt_at_length(scene), _dealt_at_length(scene, texts=False), _dealt_in_lines(scene)]
        return [*front, _in_short(scene), _in_groups(scene), _by_group(scene)]
    ways = [at_length(scene, moves), at_length(scene, moves, texts=False), _in_lines(scene)]
    return [*ways, _in_short(scene), _in_groups(scene), _by_group(scene)] if scene.hand.groups else ways


def at_length(scene: Scene, moves: Sequence[Move], texts: bool = True) -> list[Text]:
    """Moves with their texts and what to expect."""
    rows: list[Text] = []
    for move in moves:
        lead = _number(scene, move)
        rows += folded(_titled(scene, move), scene.width, lead)
        rows += folded(move.text, scene.width, " " * lead.cell_len) if texts and move.text and not move.is_pass else []
        parts = hints(scene, move)
        rows += flowing(parts, scene.width, " " * lead.cell_len, "  ") if parts else []
    return rows


def _dealt_at_length(scene: Scene, texts: bool = True) -> list[Text]:
    """The moves that this turn calls for, with what advisers say of them and what to expect, and where the rest is."""
    rows: list[Text] = []
    for move in scene.hand.in_front:
        if not move.is_open:
            continue
        lead = _number(scene, move)
        margin = " " * lead.cell_len
        parts = hints(scene, move)
        rows += flowing([_titled(scene, move), *parts], scene.width, lead, "  ")
        rows += folded(move.text, scene.width, margin) if texts and move.text else []
        for one in move.counsel:
            rows += folded(counsel_line(scene, one), scene.width, margin)
    return [*rows, *_rest(scene)]


def _dealt_in_lines(scene: Scene) -> list[Text]:
    """The moves that this turn calls for, a line each, and where the rest is."""
    moves = [move for move in scene.hand.in_front if move.is_open]
    wide = min(max((len(move.label) for move in moves), default=0) + 8, 34)
    rows: list[Text] = []
    for move in moves:
        line = text(_number(scene, move), _titled(scene, move))
        line = padded(line, wide) if line.cell_len < wide else line
        rows += _with_hints(scene, line, hints(scene, move), wide)
    return [*rows, *_rest(scene)]


def counsel_line(scene: Scene, one: Counsel) -> Text:
    """What an adviser says of a move, for it or against it."""
    who = scene.words("moves.urges" if one.is_for else "moves.warns", office=one.brief)
    return text((who, "bold cyan" if one.is_for else "bold yellow"), " ", (f"“{one.text}”", "italic"))


def _rest(scene: Scene) -> list[Text]:
    """The moves that are not dealt, by the numbers that make them, and the pass."""
    cells = []
    for group in dict.fromkeys(move.group for move in scene.hand.aside):
        numbers = " ".join(str(move.number) for move in scene.hand.aside if move.group == group)
        cells.append(text((group or scene.words("table.ungrouped"), "bold"), " ", (numbers, "bold cyan")))
    lead = text((f" {scene.words('terminal.besides')} ", "dim"))
    rows = flowing(cells, scene.width, lead, "  ") if cells else []
    passing = scene.hand.passing
    return [*rows, *([text(_number(scene, passing), _titled(scene, passing))] if passing is not None else [])]


def group_page(scene: Scene, group: str) -> list[Text]:
    """The moves of one group at length, or of all."""
    rows: list[Text] = []
    for name in scene.hand.groups if group == "" else [group]:
        rows += [Text(), ruled(scene.marks, scene.width, name)]
        rows += at_length(scene, [move for move in scene.hand.open if move.group == name])
    rows = rows[1:] if rows else at_length(scene, scene.hand.open)
    return [*rows, Text(), *hinted(scene.words("terminal.why_hint"), scene.width)]


def _in_lines(scene: Scene) -> list[Text]:
    """A line a move, with what to expect; where there is room, behind the name of its group."""
    rows: list[Text] = []
    margin = max((len(group) for group in scene.hand.groups), default=0) + 1 if scene.width >= 92 else 0
    longest = max(len(move.label) for move in scene.hand.open) + 8
    wide = margin + min(longest, 28 if scene.width < 70 else 34 if scene.width < 92 else 42)
    group = ""
    for move in scene.hand.open:
        name = Text(f" {move.group}" if margin and move.group != group else "", style="bold")
        group = move.group
        line = text(padded(name, margin) if margin else "", _number(scene, move), _titled(scene, move))
        line = padded(line, wide) if line.cell_len < wide else line
        rows += _with_hints(scene, line, hints(scene, move), wide)
    return rows


def _with_hints(scene: Scene, line: Text, parts: Sequence[Text], wide: int) -> list[Text]:
    """A move's line and what to expect, whole, on further lines where it must be."""
    line = text(line, " ")
    if not parts:
        line.rstrip()
        return [line]
    if all(line.cell_len + part.cell_len <= scene.width for part in parts[:1]) and line.cell_len <= wide + 1:
        return flowing(parts, scene.width, line, "  ")
    used, rest = line, list(parts)
    while rest and used.cell_len + rest[0].cell_len <= scene.width:
        used = text(used, rest.pop(0), "  ")
    used.rstrip()
    return [used, *(flowing(rest, scene.width, " " * min(wide + 1, scene.width // 2), "  ") if rest else [])]


def _in_short(scene: Scene) -> list[Text]:
    """The moves one after another, each with what to expect in the shortest form."""
    cells = [
        Text(" ").join([text((str(one.number), "bold cyan"), " ", _titled(scene, one)), *hints(scene, one, short=True)])
        for one in scene.hand.open
        if not one.is_pass
    ]
    rest = [move for move in scene.hand.open if move.is_pass]
    cells += [text((str(one.number), "bold cyan"), " ", _titled(scene, one)) for one in rest]
    return [*flowing(cells, scene.width, " ", "   "), *_groups_hint(scene)]


def _in_groups(scene: Scene) -> list[Text]:
    """The moves of each group one after another."""
    rows: list[Text] = []
    wide = max(len(group) for group in scene.hand.groups) + 3
    for group in scene.hand.groups:
        moves = [move for move in scene.hand.open if move.group == group and not move.is_pass]
        cells = [text((str(one.number), "bold cyan"), " ", _titled(scene, one)) for one in moves]
        rows += flowing(cells, scene.width, padded(Text(f" {group}", style="bold"), wide), "  ")
    rest = [move for move in scene.hand.open if not move.group]
    rows += [text(_number(scene, move), _titled(scene, move)) for move in rest]
    return [*rows, *_groups_hint(scene, named=False)]


def _by_group(scene: Scene) -> list[Text]:
    """The groups with the numbers of their moves, where there is no room for more."""
    cells = []
    for group in scene.hand.groups:
        numbers = [str(move.number) for move in scene.hand.open if move.group == group]
        cells.append(text((group, "bold"), " ", (" ".join(numbers), "bold cyan")))
    rest = [move for move in scene.hand.open if not move.group]
    cells += [text((str(move.number), "bold cyan"), " ", _titled(scene, move)) for move in rest]
    return [*flowing(cells, scene.width, " "), *_groups_hint(scene, named=False)]


def _groups_hint(scene: Scene, named: bool = True) -> list[Text]:
    """How to see the moves of a group, in one line."""
    said = scene.words
    words = f" {said('terminal.group_hint', group=scene.hand.groups[0])}"
    for shown in range(len(scene.hand.groups), 1, -1) if named else ():
        some = ", ".join(scene.hand.groups[:shown]) + (", …" if shown < len(scene.hand.groups) else "")
        longer = f" {said('terminal.groups_hint', groups=some)}"
        if len(longer) <= scene.width:
            words = longer
            break
    return [Text(words if len(words) <= scene.width else f" {said('terminal.groups_hint_short')}", style="dim")]


def _number(scene: Scene, move: Move) -> Text:
    return text((f"{move.number:>3}", "bold cyan"), " ")


def _titled(scene: Scene, move: Move) -> Text:
    price = cost(scene, move.cost)
    return text((move.label, "bold"), " ", price) if price.plain else text((move.label, "bold"))


def hints(scene: Scene, move: Move, short: bool = False) -> list[Text]:
    """What is to be expected of a move, in a few words, or such as "Lev+2 Ten+1", and whether chance has a say."""
    parts: list[Text] = []
    for one in move.hints:
        words = _brief_hint(scene, one) if short else hint_text(scene, one)
        parts += [] if words in parts else [words]
    if not short and move.is_final and not move.is_pass:
        parts.append(text((scene.words("moves.final_mark"), "yellow")))
    return parts


def hint_text(scene: Scene, one: Hint, full: bool = False) -> Text:
    """What one effect is expected to do, with the terminal's signs; with `full` names for pages with room."""
    name = one.full_name if full else one.name
    tail = f" {one.tail}" if one.tail else ""
    if one.manner == "number":
        judged = scene.marks.judged(one.sign) if one.direction else ""
        return text(f"{name} ", (f"{amount_words(scene, one)}{judged}", COLOURS[one.sign]), tail)
    lead = {"chance": f"{scene.marks.maybe} ", "onward": f"{scene.marks.to} "}.get(one.manner, "")
    return text((f"{lead}{name}", {"chance": "magenta", "onward": "bold"}.get(one.manner, "")), tail)


def amount_words(scene: Scene, one: Hint) -> str:
    """By how much, with an arrow where that is not known to a point, or with the sign of what is not to be known."""
    said = one.amount.replace("−", scene.marks.minus).replace("…", scene.marks.until)
    if one.low == one.high:
        return said
    return f"{scene.marks.arrow(one.direction) if one.direction else scene.marks.maybe} {said}".rstrip()


def _brief_hint(scene: Scene, one: Hint) -> Text:
    marks = scene.marks
    if one.manner == "chance":
        return text((marks.maybe, "magenta"))
    later = f"{scene.words('moves.later_mark')} " if one.is_later else ""
    if one.manner != "number":
        return text(f"{later}{one.brief}") if one.brief else hint_text(scene, one)
    known = one.low == one.high
    amount = (
        one.amount.replace("−", scene.marks.minus)
        if known
        else marks.arrow(one.direction)
        if one.direction
        else marks.maybe
    )
    unsure = marks.maybe if one.likely == "may" and amount != marks.maybe else ""
    return text((f"{later}{one.brief}{amount}{unsure}", COLOURS[one.sign]))
