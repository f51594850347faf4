"""The menu: what the seat may do now, what it costs and what is to be expected of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.program import Action
from tabletop.terminal.board import cost, purse
from tabletop.terminal.expected import Expectation, expected
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, padded, ruled, signed, text
from tabletop.terminal.scene import Scene


def invitation(scene: Scene) -> list[Text]:
    """What is asked of the seat now, and what it has left."""
    if scene.question is not None:
        return folded(text((scene.question.prompt, "bold")), scene.width, " ")
    phase = scene.phase
    left = scene.picks_left
    most = phase.picks.get(scene.seat, 1) if phase else 1
    ask = "Pick one" if most == 1 else f"Pick up to {left}" if left == most else f"Pick {left} more"
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
    return [*ways, _in_groups(scene)] if scene.groups else ways


def at_length(scene: Scene, actions: Sequence[Action], texts: bool = True) -> list[Text]:
    """Moves with their texts and what to expect."""
    rows: list[Text] = []
    for action in actions:
        lead = _number(scene, action)
        rows += [text(lead, _titled(scene, action))]
        for words in (action.text if texts else "", hints(scene, action)):
            rows += folded(words, scene.width, " " * lead.cell_len) if words else []
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
    wide = margin + min(max(len(action.label) for action in scene.moves) + 8, 34 if scene.width < 92 else 42)
    group = ""
    for action in scene.moves:
        name = Text(f" {action.group}" if margin and action.group != group else "", style="bold")
        group = action.group
        line = text(padded(name, margin) if margin else "", _number(scene, action), _titled(scene, action))
        line = padded(line, wide) if line.cell_len < wide else line
        rows.append(padded(text(line, " ", hints(scene, action)), scene.width))
        rows[-1].rstrip()
    return rows


def _in_groups(scene: Scene) -> list[Text]:
    """The moves of each group one after another."""
    rows: list[Text] = []
    wide = max(len(group) for group in scene.groups) + 3
    for group in scene.groups:
        moves = [action for action in scene.moves if action.group == group and action.kind != "pass"]
        cells = [text((str(scene.number(one)), "bold cyan"), " ", _titled(scene, one)) for one in moves]
        rows += flowing(cells, scene.width, padded(Text(f" {group}", style="bold"), wide), "  ")
    rest = [action for action in scene.moves if not action.group]
    return rows + [text(_number(scene, action), _titled(scene, action)) for action in rest]


def _number(scene: Scene, action: Action) -> Text:
    return text((f"{scene.number(action):>3}", "bold cyan"), " ")


def _titled(scene: Scene, action: Action) -> Text:
    price = cost(scene, dict(action.cost))
    label = pass_words(scene) if action.kind == "pass" else action.label
    return text((label, "bold"), " ", price) if price.plain else text((label, "bold"))


def pass_words(scene: Scene) -> str:
    """What passing means here."""
    return "Done, nothing more" if scene.view.picked or scene.done_here else "Nothing for now"


def hints(scene: Scene, action: Action) -> Text:
    """What is to be expected of a move, in a few words: meters with their changes, and whether chance has a say."""
    parts: list[Text] = []
    for one in expected(scene.session.state, scene.seat, action):
        if one.likely == "not now" or (one.amount == 0 and one.verb == "change"):
            continue
        words = _hint(scene, one)
        if words is not None and words not in parts:
            parts.append(words)
    return Text("  ").join(parts)


def _hint(scene: Scene, one: Expectation) -> Text | None:
    names, marks = scene.names, scene.marks
    if one.verb == "roll":
        return text((f"{marks.maybe} chance", "magenta"))
    if one.verb == "enter":
        return text((f"{marks.to} {names.stages[one.target].title}", "bold"))
    if one.verb == "end":
        return text((f"{marks.to} the end", "bold"))
    if one.verb != "change" or one.target in names.variables:
        return None
    sign = names.good(one.target, one.way, scene.seat)
    unsure = marks.maybe if one.likely == "may" else ""
    amount = signed(one.amount) if one.amount is not None else marks.arrow(one.way) if one.way else marks.maybe
    later = "later" if one.effect.after or one.effect.lasts else ""
    short = names.short(one.target)
    return text(
        f"{short} ", (f"{amount}{marks.judged(sign) if one.way else ''}{unsure}", COLOURS[sign]), f" {later}".rstrip()
    )
