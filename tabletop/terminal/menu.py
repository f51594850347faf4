"""The menu: what the seat may do now, what it costs and what is to be expected of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.forecasts import Forecast
from tabletop.engine.program import Action
from tabletop.terminal.board import cost, purse
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, padded, ruled, signed, text
from tabletop.terminal.scene import Scene


def invitation(scene: Scene) -> list[Text]:
    """What is asked of the seat now, and what it has left."""
    if scene.question is not None:
        return folded(text((scene.question.prompt, "bold")), scene.width, " ")
    if scene.card is not None:
        # Everybody sees that it is asked, and nobody else whether there was anything to answer.
        return folded("This card asks nothing of you. Nobody else can tell: pass when you like.", scene.width, " ")
    phase = scene.phase
    left = scene.picks_affordable
    most = phase.picks.get(scene.seat, 1) if phase else 1
    begun = scene.picks_left < most
    ask = f"Pick up to {left}" if left > 1 else "Pick one"
    ask = (f"Pick up to {left} more" if left > 1 else "Pick 1 more") if begun else ask
    face = ", face down" if scene.is_face_down else ""
    costs = any(amount for action in scene.moves for amount in action.cost.values())
    line = text(" ", (f"{ask}{face}.", "bold"), "  ", purse(scene) if costs or scene.view.picked else "")
    rows = [line]
    if scene.is_face_down and scene.view.picked:
        chosen = ", ".join(action.label for action in scene.view.picked)
        rows += folded(text((chosen, "cyan")), scene.width, " Face down, not yet revealed: ", hang=3)
    elif scene.done_here:
        rows += folded(text((", ".join(entry.title for entry in scene.done_here), "cyan")), scene.width, " Done: ")
    return rows


def menus(scene: Scene) -> list[list[Text]]:
    """The moves open to the seat, from the most telling way of listing them to the shortest."""
    ways = [at_length(scene, scene.moves), at_length(scene, scene.moves, texts=False), _in_lines(scene)]
    return [*ways, _in_short(scene), _in_groups(scene), _by_group(scene)] if scene.groups else ways


def at_length(scene: Scene, actions: Sequence[Action], texts: bool = True) -> list[Text]:
    """Moves with their texts and what to expect."""
    rows: list[Text] = []
    for action in actions:
        lead = _number(scene, action)
        rows += folded(_titled(scene, action), scene.width, lead)
        rows += folded(action.text, scene.width, " " * lead.cell_len) if texts and action.text else []
        parts = hints(scene, action)
        rows += flowing(parts, scene.width, " " * lead.cell_len, "  ") if parts else []
    return rows


def group_page(scene: Scene, group: str) -> list[Text]:
    """The moves of one group at length, or of all."""
    rows: list[Text] = []
    for name in scene.groups if group == "" else [group]:
        rows += [Text(), ruled(scene.marks, scene.width, name)]
        rows += at_length(scene, [action for action in scene.moves if action.group == name])
    rows = rows[1:] if rows else at_length(scene, scene.moves)
    return [*rows, Text(), Text(" `why` and a number says more about one of them.", style="dim")]


def _in_lines(scene: Scene) -> list[Text]:
    """A line a move, with what to expect; where there is room, behind the name of its group."""
    rows: list[Text] = []
    margin = max((len(group) for group in scene.groups), default=0) + 1 if scene.width >= 92 else 0
    longest = max(len(action.label) for action in scene.moves) + 8
    wide = margin + min(longest, 28 if scene.width < 70 else 34 if scene.width < 92 else 42)
    group = ""
    for action in scene.moves:
        name = Text(f" {action.group}" if margin and action.group != group else "", style="bold")
        group = action.group
        line = text(padded(name, margin) if margin else "", _number(scene, action), _titled(scene, action))
        line = padded(line, wide) if line.cell_len < wide else line
        rows += _with_hints(scene, line, hints(scene, action), wide)
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
        Text(" ").join(
            [text((str(scene.number(one)), "bold cyan"), " ", _titled(scene, one)), *hints(scene, one, short=True)]
        )
        for one in scene.moves
        if one.kind != "pass"
    ]
    rest = [action for action in scene.moves if action.kind == "pass"]
    cells += [text((str(scene.number(one)), "bold cyan"), " ", _titled(scene, one)) for one in rest]
    return [*flowing(cells, scene.width, " ", "   "), *_groups_hint(scene)]


def _short_hint(scene: Scene, one: Forecast) -> Text | None:
    marks, names = scene.marks, scene.names
    if one.verb == "roll":
        return text((marks.maybe, "magenta"))
    if one.verb != "change":
        return _hint(scene, one)
    if one.target in names.variables:
        return None
    sign = names.good(one.target, one.direction, scene.seat)
    amount = (
        signed(one.amount) if one.amount is not None else marks.arrow(one.direction) if one.direction else marks.maybe
    )
    unsure = marks.maybe if one.likely == "may" and amount != marks.maybe else ""
    later = "later" if one.effect.after or one.effect.lasts else ""
    return text((f"{later}{' ' if later else ''}{names.brief(one.target)}{amount}{unsure}", COLOURS[sign]))


def _in_groups(scene: Scene) -> list[Text]:
    """The moves of each group one after another."""
    rows: list[Text] = []
    wide = max(len(group) for group in scene.groups) + 3
    for group in scene.groups:
        moves = [action for action in scene.moves if action.group == group and action.kind != "pass"]
        cells = [text((str(scene.number(one)), "bold cyan"), " ", _titled(scene, one)) for one in moves]
        rows += flowing(cells, scene.width, padded(Text(f" {group}", style="bold"), wide), "  ")
    rest = [action for action in scene.moves if not action.group]
    rows += [text(_number(scene, action), _titled(scene, action)) for action in rest]
    return [*rows, *_groups_hint(scene, named=False)]


def _by_group(scene: Scene) -> list[Text]:
    """The groups with the numbers of their moves, where there is no room for more."""
    cells = []
    for group in scene.groups:
        numbers = [str(scene.number(action)) for action in scene.moves if action.group == group]
        cells.append(text((group, "bold"), " ", (" ".join(numbers), "bold cyan")))
    rest = [action for action in scene.moves if not action.group]
    cells += [text((str(scene.number(action)), "bold cyan"), " ", _titled(scene, action)) for action in rest]
    return [*flowing(cells, scene.width, " "), *_groups_hint(scene, named=False)]


def _groups_hint(scene: Scene, named: bool = True) -> list[Text]:
    """How to see the moves of a group, in one line."""
    words = f" Type {scene.groups[0]}, or another group's name, to see its moves; `moves` shows all."
    for shown in range(len(scene.groups), 1, -1) if named else ():
        some = ", ".join(scene.groups[:shown]) + (", …" if shown < len(scene.groups) else "")
        longer = f" A group's name shows its moves: {some}"
        if len(longer) <= scene.width:
            words = longer
            break
    return [Text(words if len(words) <= scene.width else " A group's name shows its moves.", style="dim")]


def _number(scene: Scene, action: Action) -> Text:
    return text((f"{scene.number(action):>3}", "bold cyan"), " ")


def _titled(scene: Scene, action: Action) -> Text:
    price = cost(scene, dict(action.cost))
    label = pass_words(scene) if action.kind == "pass" else action.label
    return text((label, "bold"), " ", price) if price.plain else text((label, "bold"))


def pass_words(scene: Scene) -> str:
    """What passing means here."""
    return "Done, nothing more" if scene.view.picked or scene.done_here else "Nothing for now"


def hints(scene: Scene, action: Action, short: bool = False) -> list[Text]:
    """What is to be expected of a move, in a few words, or such as "Lev+2 Ten+1", and whether chance has a say."""
    parts: list[Text] = []
    for one in _telling(scene, action):
        words = _short_hint(scene, one) if short else _hint(scene, one)
        if words is not None and words not in parts:
            parts.append(words)
    if not short and action.kind != "pass" and scene.is_final(action):
        parts.append(text(("final", "yellow")))
    return parts


def _telling(scene: Scene, action: Action) -> list[Forecast]:
    found = scene.forecasts(action)
    return [one for one in found if one.likely != "not now" and (one.amount != 0 or one.verb != "change")]


def _hint(scene: Scene, one: Forecast) -> Text | None:
    names, marks = scene.names, scene.marks
    if one.verb == "roll":
        return text((f"{marks.maybe} chance", "magenta"))
    if one.verb == "enter":
        return text((f"{marks.to} {names.stages[one.target].title}", "bold"))
    if one.verb == "end":
        return text((f"{marks.to} the end", "bold"))
    if one.verb != "change" or one.target in names.variables:
        return None
    sign = names.good(one.target, one.direction, scene.seat)
    unsure = marks.maybe if one.likely == "may" else ""
    amount = (
        signed(one.amount) if one.amount is not None else marks.arrow(one.direction) if one.direction else marks.maybe
    )
    later = "later" if one.effect.after or one.effect.lasts else ""
    short = names.short(one.target)
    return text(
        f"{short} ",
        (f"{amount}{marks.judged(sign) if one.direction else ''}{unsure}", COLOURS[sign]),
        f" {later}".rstrip(),
    )
