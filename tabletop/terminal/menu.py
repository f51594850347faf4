"""The menu: what the seat may do now, what it costs and what is to be expected of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.program import Action
from tabletop.terminal.board import cost, purse
from tabletop.terminal.expected import Expectation, expected
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import flowing, folded, padded, signed, text
from tabletop.terminal.scene import Scene


def number_of(actions: Sequence[Action], action: Action) -> str:
    """What to type for an action: its number, 0 for a pass."""
    return "0" if action.kind == "pass" else str(actions.index(action) + 1)


def invitation(scene: Scene) -> list[Text]:
    """What is asked of the seat now, and what it has left."""
    if scene.question is not None:
        return folded(text((scene.question.prompt, "bold")), scene.width, " ")
    phase = scene.phase
    left = scene.picks_left
    most = phase.picks.get(scene.seat, 1) if phase else 1
    ask = "Choose one" if most == 1 else f"Choose up to {left}" if left == most else f"{left} more of {most}"
    face = ", face down" if scene.is_face_down else ""
    line = text(" ", (f"{ask}{face}.", "bold"), "  ", purse(scene))
    rows = [line]
    if scene.is_face_down and scene.view.picked:
        chosen = ", ".join(action.label for action in scene.view.picked)
        rows += folded(text((chosen, "cyan")), scene.width, " Face down, not yet revealed: ", hang=3)
    elif scene.done_here:
        rows += folded(text((", ".join(entry.title for entry in scene.done_here), "cyan")), scene.width, " Done: ")
    return rows


def menus(scene: Scene) -> list[list[Text]]:
    """The moves open to the seat, from the most telling way of listing them to the shortest."""
    actions = scene.ordered(scene.view.actions)
    if all(action.kind != "action" for action in actions):
        return [_at_length(scene, actions), _in_lines(scene, actions)]
    return [_at_length(scene, actions), _in_lines(scene, actions), _in_groups(scene, actions)]


def _at_length(scene: Scene, actions: Sequence[Action]) -> list[Text]:
    """Every move with its text and what to expect."""
    rows: list[Text] = []
    for action in actions:
        lead = _number(actions, action)
        rows += [text(lead, _titled(scene, action))]
        for words in (action.text, hints(scene, action)):
            rows += folded(words, scene.width, " " * lead.cell_len) if words else []
    return rows


def _in_lines(scene: Scene, actions: Sequence[Action]) -> list[Text]:
    """A line a move, with what to expect, under the names of their groups."""
    rows: list[Text] = []
    group = ""
    wide = 36 if scene.width < 92 else 42
    grouped = len(actions) > 8
    for action in actions:
        if grouped and action.group and action.group != group:
            group = action.group
            rows.append(text((f" {group}", "bold dim")))
        line = text(_number(actions, action), _titled(scene, action))
        line = padded(line, wide) if line.cell_len < wide else line
        rows.append(padded(text(line, " ", hints(scene, action)), scene.width))
        rows[-1].rstrip()
    return rows


def _in_groups(scene: Scene, actions: Sequence[Action]) -> list[Text]:
    """The moves of each group one after another."""
    rows: list[Text] = []
    groups = list(dict.fromkeys(action.group for action in actions if action.kind != "pass"))
    wide = max([len(group) for group in groups], default=0) + 3
    for group in groups:
        cells = [
            text((number_of(actions, action), "bold cyan"), " ", _titled(scene, action))
            for action in actions
            if action.group == group and action.kind != "pass"
        ]
        rows += flowing(cells, scene.width, padded(Text(f" {group}", style="bold"), wide), "  ")
    rows += [text(_number(actions, action), (pass_words(scene), "bold")) for action in actions if action.kind == "pass"]
    return rows


def _number(actions: Sequence[Action], action: Action) -> Text:
    return text((f"{number_of(actions, action):>3}", "bold cyan"), " ")


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
    return text(f"{short} ", (f"{amount}{marks.judged(sign) if one.way else ''}{unsure}", COLOURS[sign]), f" {later}".rstrip())
