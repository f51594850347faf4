"""The board: when it is, where every meter and track stands, what is left to spend, and what is known."""

from __future__ import annotations

from rich.text import Text

from tabletop.scenario.board import Meter, Track
from tabletop.scenario.seats import Resource
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.names import worded
from tabletop.terminal.rows import beside, ends, flowing, folded, padded, ruled, signed, text
from tabletop.terminal.scene import Scene

_NAME = 10


def heading(scene: Scene) -> list[Text]:
    """The line at the top: what is played, when it is, who looks."""
    label = scene.label
    title = scene.phase.title if scene.phase else scene.stage.title
    when = f"{label.name} of {scene.stage.turns}"
    parts: list[str | tuple[str, str]] = [(when, "bold")]
    parts += [f" {scene.marks.dot} {label.date}"] if label.date and label.date != label.name else []
    parts += [f" {scene.marks.dot} ", (title, "bold")]
    left = text(" ", *parts)
    right = text((f"You are {scene.noun.name}", "cyan"))
    if left.cell_len + right.cell_len + len(scene.scenario.title) + 5 <= scene.width:
        right = text((scene.scenario.title, "dim"), f" {scene.marks.dot} ", right)
    return [ends(left, right, scene.width), ruled(scene.marks, scene.width)]


def scoreboard(scene: Scene, facts: bool = True) -> list[Text]:
    """Everything that matters at a glance: the meters, the tracks, and the facts that have come about."""
    return meter_rows(scene) + track_rows(scene) + (fact_rows(scene, most=1) if facts else [])


def meter_rows(scene: Scene) -> list[Text]:
    """The meters in two columns."""
    cells = [text(" ", meter_cell(scene, meter)) for meter in scene.scenario.meters]
    return beside(cells, scene.width, gap=1)


def meter_cell(scene: Scene, meter: Meter) -> Text:
    """A meter in one cell: its name, number, bar, level and change since the turn began."""
    value = scene.view.meters[meter.id]
    long = 5 if scene.width < 92 else 10
    level = scene.names.level(meter.id, value)
    return text(
        padded(Text(scene.names.short(meter.id)), _NAME),
        (f"{value:>4} ", "bold"),
        bar(scene, meter, value, long),
        " ",
        padded(Text(level), 13 if scene.width < 92 else 16),
        change_sign(scene, meter.id, scene.changed(meter.id)),
    )


def bar(scene: Scene, meter: Meter, value: int, long: int) -> Text:
    """A meter as a bar."""
    low, high = meter.range
    full = round((value - low) * long / max(1, high - low))
    return text((scene.marks.full * full, "cyan"), (scene.marks.empty * (long - full), "dim"))


def change_sign(scene: Scene, target: str, amount: int) -> Text:
    """A change with its arrow, and whether it is good for the seat, by sign and colour."""
    if amount == 0:
        return Text("")
    sign = scene.names.good(target, amount, scene.seat)
    return text((f"{signed(amount):>3}{scene.marks.judged(sign)}", COLOURS[sign]))


def track_rows(scene: Scene) -> list[Text]:
    """The tracks that the seat knows of, as steps."""
    single = [_track(scene, track, track.id, track.name) for track in scene.scenario.tracks if not track.by]
    rows = flowing([one for one in single if one], scene.width, " ") if any(single) else []
    for track in scene.scenario.tracks:
        lines = [_track(scene, track, f"{track.id}_{item}", scene.names.item(item)) for item in track.by]
        known = [line for line in lines if line]
        rows += flowing(known, scene.width, f" {track.name}  ") if known else []
    return rows


def _track(scene: Scene, track: Track, id: str, name: str) -> Text | None:
    value = scene.view.tracks.get(id)
    if value is None:
        return None
    level = scene.names.level(id, value)
    shown = f" {level}" if level and not track.by else ""
    return text(f"{name} ", steps(scene, value, track.steps), shown)


def steps(scene: Scene, value: int, most: int) -> Text:
    """Steps done and steps to do."""
    return text((scene.marks.step * value, "cyan"), (scene.marks.no_step * (most - value), "dim"))


def fact_rows(scene: Scene, most: int | None = None) -> list[Text]:
    """The facts that differ from how things began, and where the first named one stands, the newest first."""
    items = [fact(scene, name) for name in _telling_facts(scene)]
    gap = f" {scene.marks.dot} "
    rows = flowing([item for item in items if item], scene.width, " ", gap) if items else []
    return rows if most is None else rows[:most]


def _telling_facts(scene: Scene) -> list[str]:
    """The ids of the facts worth a place on the board."""
    known = scene.view.facts
    touched: dict[str, None] = {}
    for entry in reversed(scene.view.log):
        if entry.kind == "change" and entry.target in scene.names.variables and entry.target in known:
            touched.setdefault(entry.target)
    first = next((v.id for v in scene.scenario.variables if v.values and v.id in known), None)
    names = ([first] if first else []) + [name for name in touched if name != first]
    return [name for name in names if name == first or _is_telling(known[name])]


def _is_telling(value: int | bool | str) -> bool:
    return value is not False and value != 0 and value not in ("none", "nothing", "never")


def fact(scene: Scene, name: str) -> Text:
    """One fact in two or three words."""
    value = scene.view.facts[name]
    if isinstance(value, bool):
        return Text(scene.names.full(name) if value else f"Not {worded(name)}")
    return text(f"{scene.names.full(name)}: ", (scene.names.value(name, value), "bold"))


def purse(scene: Scene) -> Text:
    """What the seat has left to spend."""
    return Text("   ").join([_resource(scene, one) for one in scene.noun.resources])


def _resource(scene: Scene, one: Resource) -> Text:
    left = scene.left(one)
    most = max(left, one.refresh or one.start)
    if most > 10:
        return text(f"{one.name} ", (f"{left} left", "bold"))
    dots = text((scene.marks.coin * left, "yellow"), (scene.marks.spent * (most - left), "dim"))
    return text(f"{one.name} ", dots, (f" {left} left", "bold"))


def cost(scene: Scene, cost: dict[str, int]) -> Text:
    """What something costs, short: a coin for each unit where there is but one kind of them."""
    spent = {name: amount for name, amount in cost.items() if amount}
    if len(scene.noun.resources) == 1 and sum(spent.values()) <= 5:
        return Text(scene.marks.coin * sum(spent.values()), style="yellow")
    return Text(", ".join(f"{amount} {scene.names.full(name)}" for name, amount in spent.items()), style="yellow")


def full_board(scene: Scene) -> list[Text]:
    """The board at length: every meter with its history and for whom it is good, tracks, facts."""
    rows = [ruled(scene.marks, scene.width, f"The board {scene.marks.dash} {scene.label}")]
    for meter in scene.scenario.meters:
        rows.append(_meter_line(scene, meter))
    rows += [Text(), *track_rows(scene)]
    facts = {name: value for name, value in scene.view.facts.items() if name in scene.names.variables}
    telling = [fact(scene, name) for name, value in facts.items() if _is_telling(value)]
    if telling:
        rows += [Text(), *flowing(telling, scene.width, text((" Known  ", "bold")), f" {scene.marks.dot} ")]
    for hidden in scene.scenario.hidden:
        if hidden.id in scene.view.facts:
            value = scene.names.value(hidden.id, scene.view.facts[hidden.id])
            rows += folded(f"{hidden.name}: {value}. Only you know it.", scene.width, text((" Secret ", "bold")))
    if scene.noun.resources:
        rows += [text((" To spend  ", "bold"), purse(scene))]
    rows += [Text(), Text(f" {legend(scene)}", style="dim")]
    return rows


def _meter_line(scene: Scene, meter: Meter) -> Text:
    value = scene.view.meters[meter.id]
    low, high = meter.range
    long = 6 if scene.width < 92 else 14
    good = 1 if scene.seat in meter.good_for else -1 if scene.seat in meter.bad_for else 0
    wish = {1: "high is good for you", -1: "low is good for you", 0: ""}[good]
    return text(
        " ",
        padded(Text(meter.name), 18),
        (f"{value:>4} ", "bold"),
        bar(scene, meter, value, 8 if scene.width < 92 else 16),
        " ",
        padded(Text(scene.names.level(meter.id, value)), 13),
        padded(change_sign(scene, meter.id, scene.changed(meter.id)), 5),
        padded(Text(scene.marks.spark(scene.history(meter.id)[-long:], low, high), style="cyan"), long + 1),
        (wish, "dim"),
    )


def legend(scene: Scene) -> str:
    """What the signs mean."""
    marks = scene.marks
    signs = f"{marks.good} good for you   {marks.bad} bad for you   {marks.same} neither"
    return f"{signs}   changes since this {scene.stage.turn} began"
