"""The board: when it is, where every meter and track stands, what is left to spend, and what is known."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.board import (
    Fact,
    Gauge,
    ResourceLeft,
    TrackBoard,
    TrackItem,
    board_of,
    facts_of,
    gauges_of,
    heading_of,
    resources_of,
    tracks_of,
)
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.negotiation import negotiation_of
from tabletop.terminal.bargain import bargain_rows
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import beside, ends, flowing, folded, padded, ruled, text
from tabletop.terminal.scene import Scene

_NAME = 10


def heading(scene: Scene) -> list[Text]:
    """The line at the top: what is played, when it is, who looks."""
    shown = heading_of(scene, scene.words)
    dot = f" {scene.marks.dot} "
    parts: list[str | tuple[str, str]] = [(shown.turn_of, "bold")]
    parts += [f"{dot}{shown.date}"] if shown.date else []
    left = text(" ", *parts, dot, (shown.phase, "bold"))
    titled = text((shown.title, "dim"), dot, (shown.seat_text, "cyan"))
    ways = [titled, text((shown.seat_text, "cyan")), text((shown.seat, "cyan"))]
    fitting = [one for one in ways if left.cell_len + one.cell_len + 2 <= scene.width]
    right = fitting[0] if fitting else Text()
    return [ends(left, right, scene.width), ruled(scene.marks, scene.width)]


def scoreboard(scene: Scene, facts: int = 3) -> list[Text]:
    """Everything that matters at a glance: the meters, the tracks, and so many rows of facts that have come about."""
    return meter_rows(scene) + track_rows(scene) + (fact_rows(scene, facts) if facts else [])


def meter_rows(scene: Scene) -> list[Text]:
    """The meters in two columns."""
    cells = [text(" ", meter_cell(scene, one)) for one in gauges_of(scene, scene.words)]
    return beside(cells, scene.width, gap=1)


def meter_cell(scene: Scene, one: Gauge) -> Text:
    """A meter in one cell: its name, number, bar, level and change since the turn began."""
    changed = change_sign(scene, one)
    name = padded(Text(one.short), _NAME)
    if scene.width < 56:
        return text(name, (f"{one.value:>4} ", "bold"), changed)
    if scene.width < 76:
        return text(name, (f"{one.value:>4} ", "bold"), bar(scene, one, 5), " ", changed)
    level = padded(Text(one.level), 13 if scene.width < 92 else 16)
    long = 5 if scene.width < 92 else 10
    return text(name, (f"{one.value:>4} ", "bold"), bar(scene, one, long), " ", level, changed)


def bar(scene: Scene, one: Gauge, long: int) -> Text:
    """A meter as a bar."""
    full = round((one.value - one.low) * long / max(1, one.high - one.low))
    return text((scene.marks.full * full, "cyan"), (scene.marks.empty * (long - full), "dim"))


def change_sign(scene: Scene, one: Gauge) -> Text:
    """What the turn has changed of a meter, and whether it is good for the seat, by sign and colour."""
    if one.change == 0:
        return Text("")
    return text((f"{scene.marks.signed(one.change):>3}{scene.marks.judged(one.sign)}", COLOURS[one.sign]))


def track_rows(scene: Scene) -> list[Text]:
    """The tracks that the seat knows of, as steps."""
    tracks = tracks_of(scene, scene.words)
    single = [_track(scene, track, track.items[0]) for track in tracks if not track.is_parted]
    rows = flowing(single, scene.width, " ") if single else []
    for track in tracks:
        if track.is_parted:
            items = [_track(scene, track, item) for item in track.items]
            rows += flowing(items, scene.width, f" {track.name}  ")
    return rows


def _track(scene: Scene, track: TrackBoard, item: TrackItem) -> Text:
    shown = f" {item.level}" if item.level and not track.is_parted else ""
    return text(f"{item.name} ", steps(scene, item.value, track.steps), shown)


def steps(scene: Scene, value: int, most: int) -> Text:
    """Steps done and steps to do."""
    return text((scene.marks.step * value, "cyan"), (scene.marks.no_step * (most - value), "dim"))


def fact_rows(scene: Scene, most: int) -> list[Text]:
    """What has come about, the most telling first, in so many rows; of the rest only how much there is."""
    items = [fact(one) for one in facts_of(scene, scene.words)]
    gap = f" {scene.marks.dot} "
    for shown in range(len(items), 0, -1):
        left_out = len(items) - shown
        hint = " (`board`)" if scene.seat else ""  # there is nobody to type it at a screen that all look at
        counted = scene.words("board.more", count=left_out)
        more = [Text(f"{scene.marks.more}{counted}{hint}", style="dim")] if left_out else []
        rows = flowing([*items[:shown], *more], scene.width, " ", gap)
        if len(rows) <= most:
            return rows
    return []


def fact(one: Fact) -> Text:
    """One fact in two or three words."""
    return text(f"{one.name}: ", (one.value, "bold")) if one.value else Text(one.name)


def purse(scene: Scene) -> Text:
    """What the seat has left to spend."""
    return Text("   ").join([_resource(scene, one) for one in resources_of(scene, scene.words)])


def _resource(scene: Scene, one: ResourceLeft) -> Text:
    if one.most > 10:
        return text(f"{one.name} ", (one.left_text, "bold"))
    dots = text((scene.marks.coin * one.left, "yellow"), (scene.marks.spent * (one.most - one.left), "dim"))
    return text(f"{one.name} ", dots, (f" {one.left_text}", "bold"))


def cost(scene: Scene, cost: dict[str, int]) -> Text:
    """What something costs, short: a coin for each unit where there is but one kind of them."""
    spent = {name: amount for name, amount in cost.items() if amount}
    if len(scene.noun.resources) == 1 and sum(spent.values()) <= 5:
        return Text(scene.marks.coin * sum(spent.values()), style="yellow")
    return Text(", ".join(f"{amount} {scene.names.full(name)}" for name, amount in spent.items()), style="yellow")


def full_board(scene: Scene) -> list[Text]:
    """The board at length: every meter with its history and for whom it is good, tracks, facts, the calendar."""
    said, shown, dot = scene.words, board_of(scene, scene.words), f" {scene.marks.dot} "
    title = f"{said('board.the_board')} {scene.marks.dash} {calendar_of(scene, said).label}"
    rows = [ruled(scene.marks, scene.width, title)]
    rows += [_meter_line(scene, one) for one in shown.gauges]
    rows += [Text(), *track_rows(scene)]
    if shown.facts:
        lead = text((f" {said('board.known')}  ", "bold"))
        rows += [Text(), *flowing([fact(one) for one in shown.facts], scene.width, lead, dot)]
    for one in shown.at_length:
        rows += folded(text((one.text, "dim")), scene.width, text("  ", fact(one), "  "), hang=4)
    for secret in shown.secrets:
        lead = text((f" {said('board.secret')} ", "bold"))
        rows += folded(f"{secret.name}: {secret.value}. {secret.note}".rstrip(), scene.width, lead)
    if shown.resources:
        rows += [text((f" {said('board.to_spend')}  ", "bold"), purse(scene))]
    rows += _dates(scene)
    table = negotiation_of(scene, scene.words)
    if table is not None and table.scale is not None:
        rows += [Text(), *bargain_rows(scene, table)]
    told = scene.width >= 70 and scene.seat
    return [*rows, Text(), *folded(text((legend(scene), "dim")), scene.width, " ")] if told else rows


def _dates(scene: Scene) -> list[Text]:
    """The date that stands, what falls due, and what was last answered across the table."""
    calendar, table = calendar_of(scene, scene.words), negotiation_of(scene, scene.words)
    lead = text((f" {calendar.title}  ", "bold"))
    said = [calendar.standing.text] if calendar.standing else []
    said += [one.text for one in calendar.due]
    rows = [row for at, words in enumerate(said) for row in folded(words, scene.width, lead if at == 0 else " " * 2)]
    for one in table.answers if table is not None else ():
        rows += folded(text((one.value, COLOURS[one.sign])), scene.width, text((f" {one.name}  ", "bold")))
    return rows


def _meter_line(scene: Scene, one: Gauge) -> Text:
    width = scene.width
    long = 6 if width < 92 else 14
    parts: list[str | tuple[str, str] | Text] = [
        " ",
        padded(Text(one.name), 18),
        (f"{one.value:>4} ", "bold"),
        bar(scene, one, 8 if width < 92 else 16),
        " ",
    ]
    parts += [padded(Text(one.level), 13)] if width >= 52 else []
    parts += [padded(change_sign(scene, one), 5)]
    if width >= 79:
        spark = scene.marks.spark(list(one.history)[-long:], one.low, one.high)
        parts.append(padded(Text(spark, style="cyan"), long + 1))
    return text(*parts, (one.wish_text if width >= 72 else "", "dim"))


def legend(scene: Scene) -> str:
    """What the signs mean."""
    marks, said = scene.marks, scene.words
    good, bad, same = (said(f"board.{key}") for key in ("good_for_you", "bad_for_you", "neither"))
    since = said("board.changes_since", turn=scene.stage.turn)
    return f"{marks.good} {good}   {marks.bad} {bad}   {marks.same} {same}   {since}"
