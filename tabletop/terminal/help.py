"""Help: the first screen, the commands, and the page that explains whatever is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from tabletop.presentation.explanations import Topic, explanation, topics_of
from tabletop.presentation.glossary import glossary
from tabletop.presentation.moves import Move, move_named
from tabletop.presentation.names import counted, listed, units
from tabletop.scenario.problems import nearest
from tabletop.terminal import details
from tabletop.terminal.board import legend
from tabletop.terminal.cards import card_page
from tabletop.terminal.details import explanation_page, move_page
from tabletop.terminal.mail import mail_of
from tabletop.terminal.menu import group_page
from tabletop.terminal.prompts import COMMANDS, Open, alike, named, titled
from tabletop.terminal.refusals import why_closed
from tabletop.terminal.rows import ends, folded, markdown, paragraphs, ruled, text
from tabletop.terminal.scene import Scene

Page = Callable[[], list[Text]]


def welcome(scene: Scene, resumed: bool) -> list[Text]:
    """The first screen of one person: the question, who you are, what wins, three things to know, how to get help."""
    scenario, width = scene.scenario, scene.width
    rows = _title(scene)
    rows += folded(scenario.summary, width, " ") if scene.seat == scenario.player else _brief(scene)
    rows += [Text(), *folded(_who(scene), width, " "), *_wins(scene), *details.secret_rows(scene)]
    rows += [Text(), *_three_things(scene)]
    return rows + _going_on(scene, resumed)


def table(scene: Scene, resumed: bool) -> list[Text]:
    """The first screen where several people share the keyboard: what everybody may read."""
    people = listed([scene.names.seat(seat) for seat in scene.session.humans])
    others = "; the other seats are played by the program" if scene.session.players else ""
    rows = [*_title(scene), *folded(f"At this keyboard: {people}{others}.", scene.width, " ")]
    rows += folded("Each is told its own part when it is first its turn.", scene.width, " ")
    return [*rows, Text(), *_three_things(scene), *_going_on(scene, resumed)]


def opening(scene: Scene) -> list[Text]:
    """What a seat is told, for its eyes only, when several share the keyboard and it is first its turn."""
    rows = [ruled(scene.marks, scene.width, f"You are {scene.noun.name}", heavy=True), *_brief(scene)]
    rows += [Text(), *_wins(scene), *details.secret_rows(scene), *_private_brief(scene)]
    if scene.view.turn > 1:
        so_far = "`log` tells what has happened, `board` where it stands."
        rows += [Text(), *folded(f"The game is in {scene.label} when you take your seat: {so_far}", scene.width, " ")]
    return rows


def introduction(scene: Scene) -> list[Text]:
    """The second screen: the scenario's own introduction for its solo seat, for any other what only it is told."""
    if scene.seat != scene.scenario.player:
        return _private_brief(scene)[1:]
    if not scene.scenario.introduction:
        return []
    rows = [ruled(scene.marks, scene.width, scene.scenario.title, heavy=True)]
    return rows + [text(" ", line) for line in markdown(scene.scenario.introduction, scene.width - 2)]


def _title(scene: Scene) -> list[Text]:
    scenario, width = scene.scenario, scene.width
    about = f"about {scenario.minutes} minutes {scene.marks.dot} version {scenario.version}"
    rows = [ends(text((f" {scenario.title.upper()}", "bold cyan")), Text(about, style="dim"), width)]
    rows += folded(text((scenario.question, "bold")), width, " ") if scenario.question else []
    assumed = details.assumed(scene)
    rows += folded(assumed, width, text((" Assumptions: ", "bold"))) if assumed else []
    return [*rows, ruled(scene.marks, width)]


def _brief(scene: Scene) -> list[Text]:
    return [text(" ", line) for line in markdown(scene.noun.brief, scene.width - 2)] if scene.noun.brief else []


def _private_brief(scene: Scene) -> list[Text]:
    words = scene.noun.private_brief
    if not words:
        return []
    lines = [text(" ", line) for line in markdown(words, scene.width - 2)]
    return [Text(), ruled(scene.marks, scene.width, f"For {scene.noun.name} only"), *lines, *_spoken_to(scene)]


def _spoken_to(scene: Scene) -> list[Text]:
    """Cards are written for the solo seat; the others are told so once."""
    solo = scene.names.seat(scene.scenario.player)
    if scene.seat == scene.scenario.player:
        return []
    return [Text(), *folded(f"Cards and actions are written to {solo}: their “you” is {solo}.", scene.width, " ")]


def _who(scene: Scene) -> Text:
    role = f", {_lower_first(scene.noun.role)}." if scene.noun.role else "."
    return text((f"You are {scene.noun.name}", "bold cyan"), role)


def _going_on(scene: Scene, resumed: bool) -> list[Text]:
    return [text(" ", (f"The game goes on in {scene.label}.", "bold"))] if resumed else []


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
    phases = listed([_lower_first(phase.title).lower() for phase in first.phases])
    resources = listed([units(one.start, one.name) for one in scene.noun.resources]) if scene.seated_alone else ""
    spend = f" Each gives you {resources} to spend." if resources else ""
    kept = "the game is saved after every decision"
    if not scene.session.is_kept:
        kept = "this game is not saved" + (f" ({scene.session.warning})" if scene.session.warning else "")
    things = [
        f"It begins with {counted(first.turns, first.turn)}. A {first.turn} has {phases}.{spend}",
        f"After each step you see what moved and why: {scene.marks.good} good for you, {scene.marks.bad} bad. "
        f"`why 3` says what move 3 would do.",
        f"Type a number or a name; `?` helps anywhere, `brief` tells you more. `undo` works within the {first.turn}; "
        f"{kept}.",
    ]
    rows = [Text(" Three things to know", style="bold")]
    return rows + [row for number, thing in enumerate(things, 1) for row in folded(thing, scene.width, f" {number} ")]


def commands_page(scene: Scene) -> list[Text]:
    """The commands in a line each, and what the signs mean."""
    rows = [ruled(scene.marks, scene.width, "Help", heavy=True)]
    rows += folded("Type the number of a move, or its name, or enough of it. Besides:", scene.width, " ")
    left_out = {"redo", "ask"} | (set() if mail_of(scene.session, scene.seat) else {"messages"})
    for command, does in ((one, about) for one, about in COMMANDS.items() if one not in left_out):
        rows += folded(does.replace("tension", _a_meter(scene)), scene.width, text((f" {command:<12} ", "bold cyan")))
    rows += [Text(), *folded(text((legend(scene), "dim")), scene.width, " ")]
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
    terms = glossary(scene.scenario, scene.words, ("terms",))
    if not terms:
        return rows + paragraphs(
            "This scenario has no glossary. `? NAME` explains meters, moves and seats.", scene.width, 1
        )
    for term in terms:
        rows += folded(term.text, scene.width, text((f" {term.name}: ", "bold")), hang=3)
    return rows


def explain(scene: Scene, words: str) -> list[Text]:
    """The page about whatever the words name; where they name nothing, the nearest thing."""
    open_now = Open(scene.hand.open)
    if words.isdecimal():
        move = named(words, open_now)
        return move_page(scene, move) if move else paragraphs(f"There is no move {words[:12]} now.", scene.width, 1)
    wanted = words.lower().replace("_", " ")
    pages = subjects(scene)
    matching = alike(words, open_now.listed)
    exact = next((move for move in matching if move.label.lower() == words.lower()), None)
    if exact is not None:
        return move_page(scene, exact)
    group = next((group for group in scene.hand.groups if group.lower() == words.lower()), None)
    if wanted in pages:
        more = group_page(scene, group) if group else _moves_called(matching)
        return [*pages[wanted](), *([Text(), *more] if more else [])]
    if group is not None:
        return group_page(scene, group)
    move = named(words, open_now)
    if move is not None:
        return move_page(scene, move)
    if len(matching) > 1:
        return _moves_called(matching)
    holding = [name for name in pages if wanted in name]
    near = holding[0] if len(holding) == 1 else nearest(wanted, pages)
    if near:
        return pages[near]()
    some = f"Do you mean {', '.join(holding[:6])}?" if holding else "Try a meter, a move, a seat, a term or a claim."
    return paragraphs(f"Nothing here is called '{words[:40]}'. {some}", scene.width, 1)


def _moves_called(moves: Sequence[Move]) -> list[Text]:
    rows = [Text(" Moves with that name, for `why` and its number", style="bold")] if moves else []
    return rows + [Text(f"  {titled(move)}") for move in moves]


def topics(scene: Scene) -> tuple[str, ...]:
    """The names of what can be explained beside the moves."""
    return tuple(subjects(scene, moves=False))


def subjects(scene: Scene, moves: bool = True) -> dict[str, Page]:
    """All that can be explained, by name in small letters; of two things with one name the later here."""
    pages: dict[str, Page] = {}
    seen = {entry.card for entry in scene.view.log if entry.kind == "card"}
    for card in scene.scenario.cards:
        if card.id in seen:
            _add(pages, (card.title,), partial(card_page, scene, card))
    for move in scene.hand.own_actions if moves else ():
        _add(pages, (move.label, move.id), partial(own_move_page, scene, move.key))
    for topic in topics_of(scene):
        _add(pages, topic.names, partial(_topic_page, scene, topic))
    return pages


def _topic_page(scene: Scene, topic: Topic) -> list[Text]:
    return explanation_page(scene, explanation(scene, scene.words, topic.kind, topic.id))


def _add(pages: dict[str, Page], names: Sequence[str], page: Page) -> None:
    for name in names:
        pages[name.lower().replace("_", " ")] = page


def own_move_page(scene: Scene, key: str) -> list[Text]:
    """A move of the seat's, and why it is not open now if it is not."""
    move = move_named(scene, scene.words, key)
    if move is None:
        return []
    rows = move_page(scene, move)
    if move.is_open:
        return rows
    reason = why_closed(scene, move.label) or f"{move.label}: {move.refusal}."
    return [*rows, Text(), *folded(text((reason.removeprefix("Not now. "), "italic")), scene.width, " Not now: ")]
