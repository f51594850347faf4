"""The board: when it is, where every meter and track stands, what is left to spend, and what is known."""

from __future__ import annotations

from rich.text import Text

from tabletop.scenario.board import Meter, Track
from tabletop.scenario.seats import Resource
from tabletop.terminal.marks import COLOURS
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
    you = text((f"You are {scene.noun.name}", "cyan"))
    titled = text((scene.scenario.title, "dim"), f" {scene.marks.dot} ", you)
    fitting = [
        one for one in (titled, you, text((scene.noun.name, "cyan"))) if left.cell_len + one.cell_len + 2 <= scene.width
    ]
    right = fitting[0] if fitting else Text()
    return [ends(left, right, scene.width), ruled(scene.marks, scene.width)]


def scoreboard(scene: Scene, facts: int = 3) -> list[Text]:
    """Everything that matters at a glance: the meters, the tracks, and so many rows of facts that have come about."""
    return meter_rows(scene) + track_rows(scene) + (fact_rows(scene, facts) if facts else [])


def meter_rows(scene: Scene) -> list[Text]:
    """The meters in two columns."""
    cells = [text(" ", meter_cell(scene, meter)) for meter in scene.scenario.meters]
    return beside(cells, scene.width, gap=1)


def meter_cell(scene: Scene, meter: Meter) -> Text:
    """A meter in one cell: its name, number, bar, level and change since the turn began."""
    value = scene.view.meters[meter.id]
    changed = change_sign(scene, meter.id, scene.changed(meter.id))
    name = padded(Text(scene.names.short(meter.id)), _NAME)
    if scene.width < 56:
        return text(name, (f"{value:>4} ", "bold"), changed)
    if scene.width < 76:
        return text(name, (f"{value:>4} ", "bold"), bar(scene, meter, value, 5), " ", changed)
    level = padded(Text(scene.names.level(meter.id, value)), 13 if scene.width < 92 else 16)
    long = 5 if scene.width < 92 else 10
    return text(name, (f"{value:>4} ", "bold"), bar(scene, meter, value, long), " ", level, changed)


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


def fact_rows(scene: Scene, most: int) -> list[Text]:
    """What has come about, in the order of its declaration, in so many rows; of the rest only how much there is."""
    facts = scene.telling_facts()
    ours = [name for name in facts if name in scene.changed_in_stage]
    rest = [name for name in facts if name not in scene.changed_in_stage]
    items = [fact(scene, name) for name in [*ours, *scene.at_stake(), *rest]]
    gap = f" {scene.marks.dot} "
    for shown in range(len(items), 0, -1):
        left_out = len(items) - shown
        hint = " (`board`)" if scene.seat else ""  # there is nobody to type it at a screen that all look at
        more = [Text(f"{scene.marks.more}+{left_out}{hint}", style="dim")] if left_out else []
        rows = flowing([*items[:shown], *more], scene.width, " ", gap)
        if len(rows) <= most:
            return rows
    return []


def fact(scene: Scene, name: str) -> Text:
    """One fact in two or three words."""
    value = scene.view.facts[name]
    if value is True:
        return Text(scene.names.full(name))
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
    telling = [fact(scene, name) for name in scene.telling_facts()]
    if telling:
        rows += [Text(), *flowing(telling, scene.width, text((" Known  ", "bold")), f" {scene.marks.dot} ")]
    for value in scene.scenario.values:
        if value.text and value.id in scene.view.facts:
            rows += folded(text((value.text, "dim")), scene.width, text("  ", fact(scene, value.id), "  "), hang=4)
    for hidden in scene.scenario.hidden:
        if hidden.id in scene.view.facts:
            named = scene.names.value(hidden.id, scene.view.facts[hidden.id])
            alone = " Only you know it." if scene.seat else ""
            rows += folded(f"{hidden.name}: {named}.{alone}", scene.width, text((" Secret ", "bold")))
    if scene.noun.resources:
        rows += [text((" To spend  ", "bold"), purse(scene))]
    told = scene.width >= 70 and scene.seat
    return [*rows, Text(), *folded(text((legend(scene), "dim")), scene.width, " ")] if told else rows


def _meter_line(scene: Scene, meter: Meter) -> Text:
    value = scene.view.meters[meter.id]
    low, high = meter.range
    width = scene.width
    long = 6 if width < 92 else 14
    good = 1 if scene.seat in meter.good_for else -1 if scene.seat in meter.bad_for else 0
    wish = {1: "high is good for you", -1: "low is good for you", 0: ""}[good]
    parts: list[str | tuple[str, str] | Text] = [
        " ",
        padded(Text(meter.name), 18),
        (f"{value:>4} ", "bold"),
        bar(scene, meter, value, 8 if width < 92 else 16),
        " ",
    ]
    parts += [padded(Text(scene.names.level(meter.id, value)), 13)] if width >= 52 else []
    parts += [padded(change_sign(scene, meter.id, scene.changed(meter.id)), 5)]
    if width >= 79:
        parts.append(
            padded(Text(scene.marks.spark(scene.history(meter.id)[-long:], low, high), style="cyan"), long + 1)
        )
    return text(*parts, (wish if width >= 72 else "", "dim"))


def legend(scene: Scene) -> str:
    """What the signs mean."""
    marks = scene.marks
    signs = f"{marks.good} good for you   {marks.bad} bad for you   {marks.same} neither"
    return f"{signs}   changes since this {scene.stage.turn} began"
