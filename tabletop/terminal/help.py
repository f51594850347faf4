"""Help: the first screen, the commands, and the page that explains whatever is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from tabletop.engine.program import Action
from tabletop.scenario.problems import nearest
from tabletop.terminal.board import legend
from tabletop.terminal.cards import card_panel
from tabletop.terminal.details import (
    assumption_page,
    claim_page,
    fact_page,
    meter_page,
    move_page,
    seat_page,
    term_rows,
    track_page,
)
from tabletop.terminal.menu import group_page
from tabletop.terminal.prompts import COMMANDS, Open, named
from tabletop.terminal.rows import ends, folded, markdown, paragraphs, ruled, text
from tabletop.terminal.scene import Scene

Page = Callable[[], list[Text]]


def welcome(scene: Scene, resumed: bool) -> list[Text]:
    """The first screen: the question, who you are, what wins, three things to know, how to get help."""
    scenario, marks, width = scene.scenario, scene.marks, scene.width
    about = f"about {scenario.minutes} minutes {marks.dot} version {scenario.version}"
    rows = [ends(text((f" {scenario.title.upper()}", "bold cyan")), Text(about, style="dim"), width)]
    rows += folded(text((scenario.question, "bold")), width, " ") if scenario.question else []
    rows.append(ruled(marks, width))
    rows += folded(scenario.summary, width, " ")
    who = text(
        (f"You are {scene.noun.name}", "bold cyan"), f", {_lower_first(scene.noun.role)}." if scene.noun.role else "."
    )
    rows += [Text(), *folded(who, width, " "), *_wins(scene)]
    rows += [Text(), Text(" Three things to know", style="bold"), *_three_things(scene)]
    if resumed:
        rows += [text(" ", (f"The game goes on in {scene.label}.", "bold"))]
    return rows


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words[:4] in ("The ", "A fr") or words.startswith("A ") else words


def _wins(scene: Scene) -> list[Text]:
    objectives = scene.noun.objectives
    if not objectives:
        return []
    names = "; ".join(_short_aim(objective.text) for objective in objectives)
    rows = folded(names, scene.width, text((" What counts: ", "bold")), hang=3)
    return (
        rows if len(rows) <= 3 else [*rows[:2], Text(f"   {scene.marks.more}and more: `brief` has it all", style="dim")]
    )


def _short_aim(words: str) -> str:
    aim = words.split(":")[0].rstrip(".")
    return aim[:1].lower() + aim[1:]


def _three_things(scene: Scene) -> list[Text]:
    first = scene.scenario.stages[0]
    phases = ", then ".join(_lower_first(phase.title).lower() for phase in first.phases)
    resources = ", ".join(f"{one.start} {one.name.lower()}" for one in scene.noun.resources)
    spend = f" You have {resources} to spend in each." if resources else ""
    things = [
        f"{first.turns} {first.turn}s, each with {phases}.{spend}",
        f"After each step you see what moved and why: {scene.marks.good} good for you, {scene.marks.bad} bad. "
        f"`why 3` says what move 3 would do.",
        f"Type a number or a name; `?` helps anywhere, `brief` tells you more. `undo` works within the {first.turn}, "
        f"and the game is saved after every decision.",
    ]
    return [row for number, thing in enumerate(things, 1) for row in folded(thing, scene.width, f" {number} ")]


def commands_page(scene: Scene) -> list[Text]:
    """The commands in a line each, and what the signs mean."""
    rows = [ruled(scene.marks, scene.width, "Help", heavy=True)]
    rows += folded("Type the number of a move, or its name, or enough of it. Besides:", scene.width, " ")
    for command, does in COMMANDS.items():
        rows += folded(does.replace("tension", _a_meter(scene)), scene.width, text((f" {command:<12} ", "bold cyan")))
    rows += [Text(), Text(f" {legend(scene)}", style="dim")]
    rows += folded(
        f"{scene.marks.coin} one unit of what a move costs   {scene.marks.maybe} chance, or not to be known",
        scene.width,
        " ",
    )
    rows += folded(_what_now(scene), scene.width, " ")
    return rows


def _a_meter(scene: Scene) -> str:
    meters = scene.scenario.meters
    return scene.names.short(meters[0].id).lower() if meters else "tension"


def _what_now(scene: Scene) -> str:
    phase = scene.phase
    return f"Now: {phase.title}. {phase.text}" if phase else ""


def glossary_page(scene: Scene) -> list[Text]:
    """The terms of the trade."""
    rows = [ruled(scene.marks, scene.width, "Glossary", heavy=True)]
    if not scene.scenario.glossary:
        return rows + paragraphs(
            "This scenario has no glossary. `? NAME` explains meters, moves and seats.", scene.width, 1
        )
    for entry in scene.scenario.glossary:
        rows += term_rows(scene, entry)
    return rows


def explain(scene: Scene, words: str) -> list[Text]:
    """The page about whatever the words name; where they name nothing, the nearest thing."""
    open_now = Open(tuple(scene.moves), scene.numbers)
    if words.isdecimal():
        action = named(words, open_now)
        return move_page(scene, action) if action else paragraphs(f"There is no move {words[:12]} now.", scene.width, 1)
    group = next((group for group in scene.groups if group.lower() == words.lower()), None)
    if group is not None:
        return group_page(scene, group)
    pages = subjects(scene)
    wanted = words.lower().replace("_", " ")
    if wanted in pages:
        return pages[wanted]()
    action = named(words, open_now)
    if action is not None:
        return move_page(scene, action)
    holding = [name for name in pages if wanted in name]
    near = holding[0] if len(holding) == 1 else nearest(wanted, pages)
    if near:
        return pages[near]()
    some = f"Do you mean {', '.join(holding[:6])}?" if holding else "Try a meter, a move, a seat, a term or a claim."
    return paragraphs(f"Nothing here is called '{words[:40]}'. {some}", scene.width, 1)


def subjects(scene: Scene) -> dict[str, Page]:
    """All that can be explained, by name in small letters; of two things with one name the later here."""
    scenario = scene.scenario
    pages: dict[str, Page] = {}
    for seat in scenario.seats:
        _add(pages, (seat.id, seat.name), partial(seat_page, scene, seat.id))
    for entry in scenario.glossary:
        _add(pages, (entry.term,), partial(term_rows, scene, entry))
    for claim in scenario.claims:
        _add(pages, (claim.id,), partial(claim_page, scene, claim))
    for one in scenario.assumptions:
        _add(pages, (one.id, one.title), partial(assumption_page, scene, one))
    seen = {entry.card for entry in scene.view.log if entry.kind == "card"}
    for card in scenario.cards:
        if card.id in seen:
            _add(pages, (card.title,), partial(card_panel, scene, card, [], sources=True))
    for action in scene.session.game.program.actions:
        if action.seat == scene.seat and action.kind == "action":
            _add(pages, (action.label, action.id), partial(own_move_page, scene, action))
    for name in scene.view.facts:
        _add(pages, (name,), partial(fact_page, scene, name))
    for track in scenario.tracks:
        ids = tuple(f"{track.id}_{item}" for item in track.by) or (track.id,)
        _add(pages, (track.id, track.name, *ids), partial(track_page, scene, track, ids))
    for meter in scenario.meters:
        _add(pages, (meter.id, meter.name, meter.short or meter.name), partial(meter_page, scene, meter))
    return pages


def _add(pages: dict[str, Page], names: Sequence[str], page: Page) -> None:
    for name in names:
        pages[name.lower().replace("_", " ")] = page


def own_move_page(scene: Scene, action: Action) -> list[Text]:
    """A move of the seat's, and why it is not open now if it is not."""
    rows = move_page(scene, action)
    if action in scene.view.actions:
        return rows
    reason = scene.session.game.why_not(scene.session.state, scene.seat, str(action))
    return [*rows, Text(), *folded(text((reason, "italic")), scene.width, " Not now: ")]


def introduction(scene: Scene) -> list[Text]:
    """The scenario's own introduction."""
    rows = [ruled(scene.marks, scene.width, scene.scenario.title, heavy=True)]
    return rows + [text(" ", line) for line in markdown(scene.scenario.introduction, scene.width - 2)]
