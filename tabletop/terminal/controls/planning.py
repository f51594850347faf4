"""Planning: a schedule of injects prepared in advance, offered when they are due."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.presentation.planned_injects import planned_injects
from tabletop.scenario.injects import Inject, Schedule, read_schedule
from tabletop.session.facilitator_view import waiting_cards
from tabletop.session.schedule import Offer, offers, preview, schedule, schedules_at_hand
from tabletop.storage.paths import written
from tabletop.terminal.cards import card_panel
from tabletop.terminal.command_lines import CommandError, Order, first_word, pick
from tabletop.terminal.console import FacilitatorConsole
from tabletop.terminal.controls.cards import brought_in, choices_rows
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.saying import only_they_read
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.rows import folded, padded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words


def _schedule(console: FacilitatorConsole, order: Order) -> None:
    word, rest = first_word(order.words)
    match word.lower():
        case "":
            _list(console)
        case "load":
            _load(console, rest)
        case "preview":
            planned = read_schedule(_file(console, rest), console.session.scenario)[0]
            _show(console, planned, preview(console.session, planned))
            console.tell("console.schedule_takes_up", "dim", file=rest)
        case "show":
            found = pick(rest, _injects(console), "inject")
            inject = next(one for one in schedule(console.session).injects if one.id == found)
            console.show(inject_rows(console, inject))
        case _:
            raise CommandError("console.schedule_how")


def _list(console: FacilitatorConsole) -> None:
    planned = schedule(console.session)
    if not planned.injects:
        at_hand = list(schedules_at_hand(console.session))
        if at_hand:
            raise CommandError("console.no_schedule_ship", names=", ".join(at_hand))
        raise CommandError("console.no_schedule")
    _show(console, planned, offers(console.session))
    console.tell("console.schedule_hint", "dim")


def _show(console: FacilitatorConsole, planned: Schedule, standing: Sequence[Offer]) -> None:
    scene = console.scene
    rows = [ruled(scene.marks, scene.width, planned.title or console.words("console.schedule"), heavy=True)]
    rows += folded(planned.text, scene.width, " ") if planned.text else []
    for one in planned_injects(scene, scene.words, standing, planned.cards):
        word = padded(Text(_standing(console, one.standing)), 5).plain
        lead = text((f" {word} ", "bold reverse" if one.standing == "due" else "dim"), " ")
        words = text((one.title, "bold"), f" ({one.id})", (f"  {one.waiting}".rstrip(), "dim"))
        rows += folded(words, scene.width, lead, hang=8)
    console.show(rows)


def _load(console: FacilitatorConsole, words: str) -> None:
    path = _file(console, words)
    planned = console.facilitator.load_schedule(path)
    console.tell("console.schedule_loaded", count=len(planned.injects), title=planned.title or path.name)


def _standing(console: FacilitatorConsole, standing: str) -> str:
    """How an inject stands, in a word; "" for one that is to come."""
    return "" if standing == "later" else console.words(f"console.standing_{standing}")


def _file(console: FacilitatorConsole, words: str) -> pathlib.Path:
    """A schedule that ships with the scenario, by its name, or a file."""
    at_hand = schedules_at_hand(console.session)
    if not words:
        raise CommandError("console.which_file", name=next(iter(at_hand), "my-injects.yaml"))
    if words in at_hand:
        return at_hand[words]
    path = written(words)
    if os.path.exists(path) or "/" in words or path.suffix:
        return path
    return at_hand[pick(words, dict.fromkeys(at_hand, ()), "schedule")]


def _injects(console: FacilitatorConsole) -> dict[str, tuple[str, ...]]:
    return {one.id: (one.title,) for one in schedule(console.session).injects}


def inject_rows(console: FacilitatorConsole, inject: Inject) -> list[Text]:
    """An inject as its author wrote it: what it does, and why."""
    scene, said = console.scene, console.words
    rows = [ruled(scene.marks, scene.width, f"{inject.title} ({inject.id})")]
    match inject.does:
        case "card":
            rows += _card_rows(console, scene, inject)
        case "set":
            value = scene.names.in_words(scene.words, inject.set or "", inject.value)
            name = scene.names.full(inject.set or "")
            rows += folded(said("console.inject_sets", name=name, value=value), scene.width, " ")
        case "tell":
            to = said("console.inject_tells", seats=said.listed([scene.names.seat(seat) for seat in inject.tell]))
            rows += folded(inject.text, scene.width, text((f" {to} ", "bold")), hang=3)
        case _:
            rows += folded(inject.remind, scene.width, text((f" {said('console.inject_reminds')} ", "bold")), hang=3)
    if inject.why:
        rows += folded(inject.why, scene.width, text((f" {said('console.inject_why')} ", "bold")), hang=3)
    if not inject.shown:
        rows += folded(said("console.inject_unseen"), scene.width, " ")
    return rows


def _card_rows(console: FacilitatorConsole, scene: Scene, inject: Inject) -> list[Text]:
    every = (*schedule(console.session).cards, *console.session.scenario.cards)
    card = next(one for one in every if one.id == inject.card)
    return [*card_panel(scene, card), *choices_rows(scene, card)]


def due_rows(console: FacilitatorConsole, ids: Sequence[str]) -> list[Text]:
    """What has become due, with what it would do and how to take it up."""
    rows: list[Text] = []
    for offer in offers(console.session):
        if offer.inject.id in ids:
            rows += [Text(), *inject_rows(console, offer.inject)]
            rows.append(Text(f" {console.words('console.due_now', id=offer.inject.id)}", style="bold"))
    return [*rows, Text()] if rows else []


def _take(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("console.which_inject")
    id = pick(order.words, _injects(console), "inject")
    inject = next(one for one in schedule(console.session).injects if one.id == id)
    standing = next(one.standing for one in offers(console.session) if one.inject.id == id)
    if standing == "done":
        raise CommandError("console.inject_done", title=inject.title)
    before, waiting = console.view, waiting_cards(console.session)
    told = len(console.session.commands)
    console.facilitator.take_up(id, order.why)
    if inject.does == "card":
        brought_in(console, waiting, inject.title)
    console.happened(before)
    if inject.does == "tell":
        console.say(only_they_read(console, inject.tell, told + 1))
    elif inject.does == "remind":
        console.tell("console.done")
    console.say(next_words(console.session, console.words), "dim")


def _aside(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("console.which_inject")
    id = pick(order.words, _injects(console), "inject")
    command = console.facilitator.set_aside(id, order.why)
    console.tell("console.set_aside", number=command.number)


def _fits_schedule(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    word, gap, rest = typed.partition(" ")
    if not gap:
        words = {one: console.words(f"console.fit_{one}") for one in ("load", "preview", "show")}
        yield from ((f"{one} ", about) for one, about in words.items() if one.startswith(word.lower()))
    elif word in ("load", "preview"):
        for name in schedules_at_hand(console.session):
            if name.startswith(rest):
                yield f"{word} {name}", console.words("console.fit_brought")
    elif word == "show":
        yield from ((f"show {id}", title) for id, title in _fits_inject(console, rest))


def _fits_inject(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for offer in offers(console.session):
        if offer.inject.id.startswith(typed.lower()) and offer.standing != "done":
            yield offer.inject.id, f"{_standing(console, offer.standing)} {offer.inject.title}".strip()


CONTROLS = (
    Control(
        word="schedule",
        usage="[load FILE|preview FILE|show INJECT]",
        has_more=True,
        run=_schedule,
        group="plan",
        fits=_fits_schedule,
    ),
    Control(
        word="take",
        usage="INJECT [because REASON]",
        run=_take,
        group="plan",
        fits=_fits_inject,
    ),
    Control(
        word="aside",
        usage="INJECT [because REASON]",
        run=_aside,
        group="plan",
        fits=_fits_inject,
    ),
)
