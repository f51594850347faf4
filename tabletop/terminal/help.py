"""Help: the first screen, the commands, and the page that explains whatever is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from tabletop.presentation.error_words import bare_words
from tabletop.presentation.evidence import dossiers_of
from tabletop.presentation.explanations import Topic, explanation, topics_of
from tabletop.presentation.glossary import glossary
from tabletop.presentation.moves import Move, move_named
from tabletop.presentation.names import units
from tabletop.presentation.opening import opening_of
from tabletop.scenario.problems import nearest
from tabletop.terminal import details
from tabletop.terminal.board import legend
from tabletop.terminal.cards import card_page
from tabletop.terminal.details import explanation_page, move_page
from tabletop.terminal.mail import mail_of
from tabletop.terminal.menu import group_page
from tabletop.terminal.prompts import COMMANDS, Open, alike, named, titled
from tabletop.terminal.refusals import closed_reasons
from tabletop.terminal.rows import ends, folded, paragraphs, ruled, text
from tabletop.terminal.scene import Scene

Page = Callable[[], list[Text]]


def welcome(scene: Scene, resumed: bool) -> list[Text]:
    """The first screen of one person: the question, who you are, three sentences, a goal, and how to get help."""
    rows = [*_title(scene), *folded(_who(scene), scene.width, " "), *_short_opening(scene)]
    return [*rows, Text(), *_three_things(scene), *_going_on(scene, resumed)]


def _short_opening(scene: Scene) -> list[Text]:
    """With what a seat begins; the whole brief is a word away."""
    told, width, said = opening_of(scene, scene.words), scene.width, scene.words
    goal = text((f" {said('opening.goal')}: ", "bold"))
    rows = folded(told.text, width, " ") if told.text else []
    rows += [Text(), *folded(text((told.goal, "bold cyan")), width, goal, hang=3)] if told.goal else []
    return [*rows, *details.secret_rows(scene), *folded(said("opening.long_typed"), width, " ")]


def table(scene: Scene, resumed: bool) -> list[Text]:
    """The first screen where several people share the keyboard: what everybody may read."""
    said = scene.words
    people = said.listed([scene.names.seat(seat) for seat in scene.session.humans])
    others = said("terminal.others_by_program") if scene.session.players else ""
    rows = [*_title(scene), *folded(said("terminal.at_keyboard", people=people, others=others), scene.width, " ")]
    rows += folded(said("terminal.told_in_turn"), scene.width, " ")
    return [*rows, Text(), *_three_things(scene), *_going_on(scene, resumed)]


def opening(scene: Scene) -> list[Text]:
    """What a seat is told, for its eyes only, when several share the keyboard and it is first its turn."""
    said = scene.words
    title = said("terminal.you_are", seat=scene.noun.name)
    rows = [ruled(scene.marks, scene.width, title, heavy=True), *_short_opening(scene), *_spoken_to(scene)]
    if scene.view.turn > 1:
        rows += [Text(), *folded(said("terminal.you_sit_down", when=scene.label), scene.width, " ")]
    return rows


def _title(scene: Scene) -> list[Text]:
    scenario, width, said = scene.scenario, scene.width, scene.words
    about = said("terminal.about", minutes=scenario.minutes, version=scenario.version, dot=scene.marks.dot)
    rows = [ends(text((f" {scenario.title.upper()}", "bold cyan")), Text(about, style="dim"), width)]
    rows += folded(text((scenario.question, "bold")), width, " ") if scenario.question else []
    assumed = details.assumed(scene)
    rows += folded(assumed, width, text((f" {said('terminal.assumptions_lead')} ", "bold"))) if assumed else []
    return [*rows, ruled(scene.marks, width)]


def _spoken_to(scene: Scene) -> list[Text]:
    """Cards are written for the solo seat; the others are told so once."""
    solo = scene.names.seat(scene.scenario.player)
    if scene.seat == scene.scenario.player:
        return []
    return [Text(), *folded(scene.words("terminal.written_to", seat=solo), scene.width, " ")]


def _who(scene: Scene) -> Text:
    role, said = scene.noun.role, scene.words
    tail = said("terminal.you_are_role", role=_lower_first(role)) if role else "."
    return text((said("terminal.you_are", seat=scene.noun.name), "bold cyan"), tail)


def _going_on(scene: Scene, resumed: bool) -> list[Text]:
    return [text(" ", (scene.words("terminal.game_goes_on", when=scene.label), "bold"))] if resumed else []


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words[:4] in ("The ", "A fr") or words.startswith("A ") else words


def _three_things(scene: Scene) -> list[Text]:
    first, said = scene.scenario.stages[0], scene.words
    phases = said.listed([_lower_first(phase.title).lower() for phase in first.phases])
    resources = [units(one.start, one.name) for one in scene.noun.resources] if scene.seated_alone else []
    spend = f" {said('terminal.gives_you', resources=said.listed(resources))}" if resources else ""
    kept = said("terminal.saved_always")
    if not scene.session.is_kept:
        why = bare_words(said, scene.session.warning)
        kept = said("terminal.not_saved_why", why=why) if why else said("terminal.not_saved")
    things = [
        said("terminal.thing_turns", count=first.turns, turn=first.turn, phases=phases, spend=spend),
        said("terminal.thing_signs", good=scene.marks.good, bad=scene.marks.bad),
        said("terminal.thing_type", turn=first.turn, kept=kept),
    ]
    rows = [Text(f" {said('terminal.three_things')}", style="bold")]
    return rows + [row for number, thing in enumerate(things, 1) for row in folded(thing, scene.width, f" {number} ")]


def commands_page(scene: Scene) -> list[Text]:
    """The commands in a line each, and what the signs mean."""
    said = scene.words
    rows = [ruled(scene.marks, scene.width, said("terminal.help"), heavy=True)]
    rows += folded(said("terminal.help_lead"), scene.width, " ")
    left_out = {"redo", "ask"} | (set() if mail_of(scene.session, scene.seat) else {"messages"})
    left_out |= set() if dossiers_of(scene, scene.words) else {"believe"}
    for command in (one for one in COMMANDS if one not in left_out):
        name = command.replace("?", "help")
        does = said(f"terminal.command_{name}", meter=a_meter(scene))
        rows += folded(does, scene.width, text((f" {command:<12} ", "bold cyan")))
    rows += [Text(), *folded(text((legend(scene), "dim")), scene.width, " ")]
    rows += folded(said("terminal.help_signs", coin=scene.marks.coin, maybe=scene.marks.maybe), scene.width, " ")
    rows += folded(_what_now(scene), scene.width, " ")
    return rows


def a_meter(scene: Scene) -> str:
    """The first meter of the game as it can be typed, for examples."""
    meters = scene.scenario.meters
    return scene.names.short(meters[0].id).lower() if meters else "…"


def _what_now(scene: Scene) -> str:
    phase = scene.phase
    return scene.words("terminal.help_now", phase=phase.title, text=phase.text) if phase else ""


def glossary_page(scene: Scene) -> list[Text]:
    """The terms of the trade."""
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.glossary"), heavy=True)]
    terms = glossary(scene.scenario, scene.words, ("terms",))
    if not terms:
        return rows + paragraphs(scene.words("terminal.no_glossary"), scene.width, 1)
    for term in terms:
        rows += folded(term.text, scene.width, text((f" {term.name}: ", "bold")), hang=3)
    return rows


def explain(scene: Scene, words: str) -> list[Text]:
    """The page about whatever the words name; where they name nothing, the nearest thing."""
    open_now = Open(scene.hand.open)
    if words.isdecimal():
        move = named(words, open_now)
        none = scene.words("terminal.no_move_now", number=words[:12])
        return move_page(scene, move) if move else paragraphs(none, scene.width, 1)
    wanted = words.lower().replace("_", " ")
    pages = subjects(scene)
    matching = alike(words, open_now.listed)
    exact = next((move for move in matching if move.label.lower() == words.lower()), None)
    if exact is not None:
        return move_page(scene, exact)
    group = next((group for group in scene.hand.groups if group.lower() == words.lower()), None)
    if wanted in pages:
        more = group_page(scene, group) if group else _moves_called(scene, matching)
        return [*pages[wanted](), *([Text(), *more] if more else [])]
    if group is not None:
        return group_page(scene, group)
    move = named(words, open_now)
    if move is not None:
        return move_page(scene, move)
    if len(matching) > 1:
        return _moves_called(scene, matching)
    holding = [name for name in pages if wanted in name]
    near = holding[0] if len(holding) == 1 else nearest(wanted, pages)
    if near:
        return pages[near]()
    said = scene.words
    some = said("terminal.do_you_mean", names=", ".join(holding[:6])) if holding else said("terminal.try_something")
    return paragraphs(said("terminal.nothing_called", words=words[:40], some=some), scene.width, 1)


def _moves_called(scene: Scene, moves: Sequence[Move]) -> list[Text]:
    rows = [Text(f" {scene.words('terminal.moves_called')}", style="bold")] if moves else []
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
    reason = closed_reasons(scene, move.label)[0] or f"{move.label}: {move.refusal}."
    lead = f" {scene.words('terminal.not_now_lead')} "
    return [*rows, Text(), *folded(text((reason, "italic")), scene.width, lead)]
