"""Details: one move, meter, track, seat, term, claim or assumption explained."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.presentation.forecast_words import Hint
from tabletop.presentation.moves import Move
from tabletop.scenario.board import Hidden, Meter, Track, Value, Variable
from tabletop.scenario.claims_and_assumptions import Assumption, Claim
from tabletop.scenario.endings import GlossaryEntry
from tabletop.terminal.happenings import changes_page
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.menu import amount_words
from tabletop.terminal.references import uses
from tabletop.terminal.rows import folded, markdown, paragraphs, ruled, text
from tabletop.terminal.scene import Scene


def move_page(scene: Scene, move: Move) -> list[Text]:
    """A move: what it is, what it costs, what each effect would do now and why, and the claims behind it."""
    said = scene.words
    about = said("moves.costs", price=move.price) if move.price else said("moves.costs_nothing")
    about = _lower_first(about) if move.kind == "action" else ""
    rows = [ruled(scene.marks, scene.width, text((move.label, "bold"), (f"  {about}".rstrip(), "yellow")))]
    rows += folded(move.text, scene.width, " ") if move.text else []
    if move.is_pass:
        return rows
    rows.append(Text())
    for one in move.effects:
        rows += _effect(scene, one)
    if not move.effects:
        rows += folded(said("moves.nothing_at_once"), scene.width, " ")
    return rows + claim_rows(scene, move.claims)


def _lower_first(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _effect(scene: Scene, one: Hint) -> list[Text]:
    off = one.likely == "not now"
    sign = scene.marks.spent if off else scene.marks.judged(one.sign)
    lead = text((f"  {sign} ", "dim" if off else COLOURS[one.sign]))
    words = text((one.full_name, "bold magenta" if one.verb == "roll" else "bold"))
    if one.verb == "change":
        words.append(f" {amount_words(scene, one)}", style="bold")
    words.append(f", {one.tail}" if one.tail else "")
    words.append(f", {one.condition}" if one.condition else "", style="italic")
    words.append(f"  {one.reason}" if one.reason else "", style="dim" if off else "")
    words.append(f"  [{', '.join(one.claims)}]" if one.claims else "", style="dim")
    rows = folded(words, scene.width, lead, hang=4)
    rows += folded(one.about, scene.width, "      ") if one.about else []
    for outcome in one.outcomes:
        rows += folded(text((outcome, "italic")), scene.width, f"      {scene.marks.dot} ")
    return rows


def claim_rows(scene: Scene, claims: tuple[str, ...]) -> list[Text]:
    """What a thing rests on, claim by claim."""
    known = {claim.id: claim for claim in scene.scenario.claims}
    rows: list[Text] = []
    for id in claims:
        if id in known:
            rows += folded(text((known[id].summary, "dim")), scene.width, text((f" {id}  ", "bold dim")))
    return [Text(), *rows] if rows else []


def claim_page(scene: Scene, claim: Claim) -> list[Text]:
    """A claim, where it is made, and what it obliges the scenario to show."""
    source = next((one for one in scene.scenario.sources if one.id == claim.source), None)
    about = ", ".join(part for part in (source.author, source.title, claim.paragraph) if part) if source else ""
    rows = [ruled(scene.marks, scene.width, f"{claim.id} {scene.marks.dash} a {claim.kind}")]
    rows += folded(claim.summary, scene.width, " ")
    rows += folded(text((about, "dim")), scene.width, " From ") if about else []
    return rows + (folded(claim.must_show, scene.width, " What the model shows: ", hang=3) if claim.must_show else [])


def term_rows(scene: Scene, entry: GlossaryEntry) -> list[Text]:
    """A term of the trade in plain words."""
    return folded(entry.text, scene.width, text((f" {entry.term}: ", "bold")), hang=3)


def fact_page(scene: Scene, name: str) -> list[Text]:
    """A fact, what it says, and what has changed it."""
    value = scene.names.value(name, scene.view.facts[name])
    rows = [ruled(scene.marks, scene.width, text((scene.names.full(name), "bold"), f": {value}"))]
    facts: list[Variable | Hidden | Value] = [*scene.scenario.variables, *scene.scenario.hidden, *scene.scenario.values]
    words = next((noun.text for noun in facts if noun.id == name), "")
    rows += folded(words, scene.width, " ") if words else []
    rows += uses(scene, [name])
    return rows + (changes_page(scene, name) if name in scene.names.variables else [])


def meter_page(scene: Scene, meter: Meter) -> list[Text]:
    """A meter: what it means, its levels, for whom it is good, and what has moved it."""
    value = scene.view.meters[meter.id]
    title = text((f"{meter.name} {value}", "bold"), f"  {scene.names.level(meter.id, value)}")
    rows = [ruled(scene.marks, scene.width, title), *folded(meter.text, scene.width, " ")]
    levels = ", ".join(f"{one.name} from {one.at}" for one in meter.thresholds)
    rows += folded(levels, scene.width, " Levels: ") if levels else []
    for label, seats in (("Rising is good for", meter.good_for), ("Rising is bad for", meter.bad_for)):
        if seats:
            rows += folded(", ".join(scene.names.seat(seat) for seat in seats), scene.width, f" {label}: ")
    spark = scene.marks.spark(scene.history(meter.id), *meter.range)
    rows += [text(" So far: ", (spark, "cyan"))]
    rows += uses(scene, [meter.id])
    return rows + changes_page(scene, meter.id)


def track_page(scene: Scene, track: Track, ids: Sequence[str]) -> list[Text]:
    """A track: what it means, its levels, and what has moved it."""
    rows = [ruled(scene.marks, scene.width, track.name), *folded(track.text, scene.width, " ")]
    levels = ", ".join(f"{one.name} from {one.at}" for one in track.thresholds)
    rows += folded(levels, scene.width, f" Of {track.steps} steps: ") if levels else []
    rows += uses(scene, [id for id in ids if id in scene.view.tracks])
    for id in ids:
        if id in scene.view.tracks:
            value = scene.view.tracks[id]
            rows += [
                text(
                    f" {scene.names.full(id)}: ",
                    (f"{value} of {track.steps}", "bold"),
                    f"  {scene.names.level(id, value)}",
                )
            ]
            rows += changes_page(scene, id) if value != track.start else []
    return rows


def seat_page(scene: Scene, id: str) -> list[Text]:
    """A seat as everybody knows it."""
    seat = scene.names.seats[id]
    rows = [ruled(scene.marks, scene.width, f"{seat.name} {scene.marks.dash} {seat.role}" if seat.role else seat.name)]
    rows += [text(" ", line) for line in markdown(seat.brief, scene.width - 2)] if seat.brief else []
    return rows + _objectives(scene, id)


def _objectives(scene: Scene, id: str) -> list[Text]:
    rows: list[Text] = []
    for objective in scene.names.seats[id].objectives:
        rows += folded(objective.text, scene.width, f"  {scene.marks.dot} ")
    whose = "What counts for you" if id == scene.seat else "What counts for them"
    return [Text(), Text(f" {whose}", style="bold"), *rows] if rows else []


def brief_page(scene: Scene) -> list[Text]:
    """What the seat was told before the game, with the part that is for its eyes only."""
    seat = scene.noun
    rows = seat_page(scene, seat.id)
    if seat.private_brief:
        rows += [Text(), ruled(scene.marks, scene.width, f"For {seat.name} only")]
        rows += [text(" ", line) for line in markdown(seat.private_brief, scene.width - 2)]
    secrets = secret_rows(scene)
    return [*rows, *([Text()] if secrets else []), *secrets]


def secret_rows(scene: Scene) -> list[Text]:
    """The hidden truths that the seat knows."""
    rows: list[Text] = []
    for hidden in scene.scenario.hidden:
        if hidden.id in scene.view.facts:
            value = scene.view.facts[hidden.id]
            at = hidden.values.index(str(value))
            words = hidden.descriptions[at] if at < len(hidden.descriptions) else scene.names.value(hidden.id, value)
            lead = text((f" For {scene.noun.name} only", "bold magenta"), f": {hidden.name}. ")
            rows += folded(text((words, "bold")), scene.width, lead, hang=3)
    return rows


def assumed(scene: Scene) -> str:
    """Whose assumptions the game is played under, where they are not the scenario's own; "" where they are."""
    own = {one.id: one.value for one in scene.scenario.assumptions}
    here = dict(scene.view.assumptions)
    changed = sum(here[name] != value for name, value in own.items())
    if not changed:
        return ""
    count = f"{changed} of {len(own)} changed; `assumptions` lists them"
    for view in scene.scenario.worldviews:
        if here == {**own, **view.values}:
            return f"\u201c{view.name}\u201d ({count})"
    return count


def assumption_page(scene: Scene, one: Assumption) -> list[Text]:
    """An assumption, its value in this game, and the case on either side."""
    value = scene.view.assumptions[one.id]
    rows = [ruled(scene.marks, scene.width, text((one.title, "bold"), f"  {_setting(value)}"))]
    rows += folded(one.case_for, scene.width, text((" For      ", "bold")))
    rows += folded(one.case_against, scene.width, text((" Against  ", "bold")))
    for other in one.alternatives:
        rows += folded(f"{_setting(other.value)}: {other.held_by}. {other.text}", scene.width, " Instead  ")
    return rows + claim_rows(scene, one.claims)


def _setting(value: int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def assumptions_page(scene: Scene) -> list[Text]:
    """The assumptions of this game in a line or two each, with those marked that differ from the scenario's own."""
    rows = [ruled(scene.marks, scene.width, "What this game takes for granted", heavy=True)]
    whose = assumed(scene).split(";")[0]
    rows += folded(whose + (")" if "(" in whose else ""), scene.width, " Not the scenario's own: ") if whose else []
    if not scene.scenario.assumptions:
        return rows + paragraphs("This scenario names no assumptions.", scene.width, 1)
    for one in scene.scenario.assumptions:
        value = scene.view.assumptions[one.id]
        changed = f" (the scenario's own: {_setting(one.value)})" if value != one.value else ""
        rows += folded(
            text(one.title, (f"  {_setting(value)}{changed}", "bold cyan"), (f"  {one.id}", "dim")),
            scene.width,
            f" {scene.marks.dot} ",
            hang=3,
        )
    return [*rows, Text(), Text(" `? NAME` gives the case for and against one of them.", style="dim")]
