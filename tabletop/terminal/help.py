"""Help: the first screen, the commands, and the page that explains whatever is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from tabletop.engine.program import Action
from tabletop.scenario.actions import Variant
from tabletop.scenario.problems import nearest
from tabletop.terminal import details
from tabletop.terminal.board import legend
from tabletop.terminal.cards import card_panel
from tabletop.terminal.prompts import COMMANDS, named
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
    who = text((f"You are {scene.noun.name}", "bold cyan"), f", {_lower_first(scene.noun.role)}." if scene.noun.role else ".")
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
    return rows if len(rows) <= 3 else [*rows[:2], Text(f"   {scene.marks.more}and more: `brief` has it all", style="dim")]


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
        rows += folded(does, scene.width, text((f" {command:<12} ", "bold cyan")))
    rows += [Text(), Text(f" {legend(scene)}", style="dim")]
    rows += folded(f"{scene.marks.coin} one unit of what a move costs   {scene.marks.maybe} chance, or not to be known", scene.width, " ")
    rows += folded(_what_now(scene), scene.width, " ")
    return rows


def _what_now(scene: Scene) -> str:
    phase = scene.phase
    return f"Now: {phase.title}. {phase.text}" if phase else ""


def glossary_page(scene: Scene) -> list[Text]:
    """The terms of the trade."""
    rows = [ruled(scene.marks, scene.width, "Glossary", heavy=True)]
    if not scene.scenario.glossary:
        return rows + paragraphs("This scenario has no glossary. `? NAME` explains meters, moves and seats.", scene.width, 1)
    for entry in scene.scenario.glossary:
        rows += folded(entry.text, scene.width, text((f" {entry.term}: ", "bold")), hang=3)
    return rows


def explain(scene: Scene, words: str, actions: Sequence[Action]) -> list[Text]:
    """The page about whatever the words name; where they name nothing, the nearest thing."""
    if words.isdecimal():
        action = named(words, actions)
        if action is not None:
            return details.move_page(scene, action)
        return paragraphs(f"There is no move {words} here.", scene.width, 1)
    pages = subjects(scene, actions)
    wanted = words.lower().replace("_", " ")
    if wanted in pages:
        return pages[wanted]()
    action = named(words, actions)
    if action is not None:
        return details.move_page(scene, action)
    holding = [name for name in pages if wanted in name]
    near = holding[0] if len(holding) == 1 else nearest(wanted, pages)
    if near:
        return pages[near]()
    some = f" Do you mean {', '.join(holding[:6])}?" if holding else " Try a meter, a move, a seat, a term or a claim such as C07."
    return paragraphs(f"Nothing here is called '{words[:40]}'.{some}", scene.width, 1)


def subjects(scene: Scene, actions: Sequence[Action]) -> dict[str, Page]:
    """All that can be explained, by name in small letters."""
    pages: dict[str, Page] = {}
    for seat in scene.scenario.seats:
        _add(pages, (seat.id, seat.name), lambda id=seat.id: details.seat_page(scene, id))
    for entry in scene.scenario.glossary:
        _add(pages, (entry.term,), lambda entry=entry: folded(entry.text, scene.width, text((f" {entry.term}: ", "bold")), hang=3))
    for claim in scene.scenario.claims:
        _add(pages, (claim.id,), lambda id=claim.id: details.claim_rows(scene, (id,))[1:])
    for one in scene.scenario.assumptions:
        _add(pages, (one.id, one.title), lambda one=one: details.assumption_page(scene, one))
    for card in scene.session.scenario.cards:
        if any(entry.card == card.id for entry in scene.view.log):
            _add(pages, (card.title,), lambda card=card: card_panel(scene, card, [], sources=True))
    for variant, action in _own_moves(scene):
        _add(pages, (action.label, str(action.id)), lambda v=variant, a=action: _own_move_page(scene, v, a, actions))
    for track in scene.scenario.tracks:
        ids = [f"{track.id}_{item}" for item in track.by] or [track.id]
        _add(pages, (track.id, track.name, *ids), lambda track=track, ids=ids: details.track_page(scene, track, ids))
    for name in scene.view.facts:
        _add(pages, (name,), lambda name=name: fact_page(scene, name))
    for meter in scene.scenario.meters:
        _add(pages, (meter.id, meter.name, meter.short or meter.name), lambda meter=meter: details.meter_page(scene, meter))
    return pages


def _add(pages: dict[str, Page], names: Sequence[str], page: Page) -> None:
    for name in names:
        pages[name.lower().replace("_", " ")] = page


def _own_moves(scene: Scene) -> list[tuple[Variant, Action]]:
    """Every action of the seat's, whether it may be taken now or not."""
    names = {seat.id: seat.name for seat in scene.scenario.seats}
    return [
        (variant, shown)
        for noun in scene.scenario.actions
        if scene.seat in noun.seats
        for variant in noun.variants(names)
        for shown in [_shown(scene, noun.id, variant)]
        if shown is not None
    ]


def _shown(scene: Scene, id: str, variant: Variant) -> Action | None:
    wanted = (id, tuple(variant.values.items()))
    return next((a for a in scene.session.game.program.actions if a.seat == scene.seat and a.key == wanted), None)


def _own_move_page(scene: Scene, variant: Variant, action: Action, actions: Sequence[Action]) -> list[Text]:
    rows = details.move_page(scene, action)
    if action in actions:
        return rows
    reason = scene.session.game.why_not(scene.session.state, scene.seat, str(action))
    return rows + [Text(), *folded(text((reason, "italic")), scene.width, " Not now: ")]


def fact_page(scene: Scene, name: str) -> list[Text]:
    """A fact, what it says, and what has changed it."""
    noun = scene.names.variables.get(name)
    value = scene.names.value(name, scene.view.facts[name])
    rows = [ruled(scene.marks, scene.width, text((scene.names.full(name), "bold"), f": {value}"))]
    others = {one.id: one.text for one in (*scene.scenario.values, *scene.scenario.hidden)}
    words = noun.text if noun else others.get(name, "")
    rows += folded(words, scene.width, " ") if words else []
    return rows + (details.changes_page(scene, name) if noun else [])


def introduction(scene: Scene) -> list[Text]:
    """The scenario's own introduction."""
    rows = [ruled(scene.marks, scene.width, scene.scenario.title, heavy=True)]
    return rows + [text(" ", line) for line in markdown(scene.scenario.introduction, scene.width - 2)]


