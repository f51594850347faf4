"""Planning: a schedule of injects prepared in advance, offered when they are due."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.presentation.names import counted, listed
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
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_STANDING = {"due": "DUE", "later": "", "done": "done", "aside": "aside"}


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
            console.say(f"`schedule load {rest}` takes it up.", "dim")
        case "show":
            found = pick(rest, _injects(console), "inject")
            inject = next(one for one in schedule(console.session).injects if one.id == found)
            console.show(inject_rows(console, inject))
        case _:
            raise CommandError(
                "`schedule` lists it; `schedule load FILE`, `schedule preview FILE`, `schedule show INJECT`."
            )


def _list(console: FacilitatorConsole) -> None:
    planned = schedule(console.session)
    if not planned.injects:
        at_hand = list(schedules_at_hand(console.session))
        ship = f" This scenario brings: {', '.join(at_hand)}." if at_hand else ""
        raise CommandError(f"No schedule is in use: `schedule load FILE` takes one up.{ship}")
    _show(console, planned, offers(console.session))
    console.say("`take ID` does it, due or not; `aside ID` drops it; `schedule show ID` reads it.", "dim")


def _show(console: FacilitatorConsole, planned: Schedule, standing: Sequence[Offer]) -> None:
    scene = console.scene
    rows = [ruled(scene.marks, scene.width, planned.title or "The schedule", heavy=True)]
    rows += folded(planned.text, scene.width, " ") if planned.text else []
    for one in planned_injects(scene, scene.words, standing, planned.cards):
        word = _STANDING[one.standing]
        lead = text((f" {word:<5} ", "bold reverse" if word == "DUE" else "dim"), " ")
        words = text((one.title, "bold"), f" ({one.id})", (f"  {one.waiting}".rstrip(), "dim"))
        rows += folded(words, scene.width, lead, hang=8)
    console.show(rows)


def _load(console: FacilitatorConsole, words: str) -> None:
    path = _file(console, words)
    planned = console.facilitator.load_schedule(path)
    console.say(f"{planned.title or path.name}: {counted(len(planned.injects), 'inject')}, offered when they are due.")


def _file(console: FacilitatorConsole, words: str) -> pathlib.Path:
    """A schedule that ships with the scenario, by its name, or a file."""
    at_hand = schedules_at_hand(console.session)
    if not words:
        raise CommandError(f"Which file? As in `schedule load {next(iter(at_hand), 'my-injects.yaml')}`.")
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
    scene = console.scene
    rows = [ruled(scene.marks, scene.width, f"{inject.title} ({inject.id})")]
    match inject.does:
        case "card":
            rows += _card_rows(console, scene, inject)
        case "set":
            value = scene.names.value(inject.set or "", inject.value)
            rows += folded(f"{scene.names.full(inject.set or '')} is set to {value}.", scene.width, " ")
        case "tell":
            to = listed([scene.names.seat(seat) for seat in inject.tell])
            rows += folded(inject.text, scene.width, text((f" To {to} alone: ", "bold")), hang=3)
        case _:
            rows += folded(inject.remind, scene.width, text((" For you: ", "bold")), hang=3)
    if inject.why:
        rows += folded(inject.why, scene.width, text((" Why: ", "bold")), hang=3)
    if not inject.shown:
        rows += folded("Players are not told that it was done by hand.", scene.width, " ")
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
            hint = f" Due now: `take {offer.inject.id}`, or `aside {offer.inject.id}`, or later."
            rows.append(Text(hint, style="bold"))
    return [*rows, Text()] if rows else []


def _take(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("Which inject? `schedule` lists them.")
    id = pick(order.words, _injects(console), "inject")
    inject = next(one for one in schedule(console.session).injects if one.id == id)
    standing = next(one.standing for one in offers(console.session) if one.inject.id == id)
    if standing == "done":
        raise CommandError(f"\u201c{inject.title}\u201d is done. `inject` or `set` does such a thing again.")
    before, waiting = console.view, waiting_cards(console.session)
    told = len(console.session.commands)
    console.facilitator.take_up(id, order.why)
    if inject.does == "card":
        brought_in(console, waiting, inject.title)
    console.happened(before)
    if inject.does == "tell":
        console.say(only_they_read(console, inject.tell, told + 1))
    elif inject.does == "remind":
        console.say("Done.")
    console.say(next_words(console.session), "dim")


def _aside(console: FacilitatorConsole, order: Order) -> None:
    if not order.words:
        raise CommandError("Which inject? `schedule` lists them.")
    id = pick(order.words, _injects(console), "inject")
    command = console.facilitator.set_aside(id, order.why)
    console.say(f"Set aside: it is not offered again. `withdraw {command.number}` brings it back.")


def _fits_schedule(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    word, gap, rest = typed.partition(" ")
    if not gap:
        words = {"load ": "take up a file of injects", "preview ": "how it would stand now", "show ": "read an inject"}
        yield from ((one, about) for one, about in words.items() if one.startswith(word.lower()))
    elif word in ("load", "preview"):
        for name in schedules_at_hand(console.session):
            if name.startswith(rest):
                yield f"{word} {name}", "brought by the scenario"
    elif word == "show":
        yield from ((f"show {id}", title) for id, title in _fits_inject(console, rest))


def _fits_inject(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for offer in offers(console.session):
        if offer.inject.id.startswith(typed.lower()) and offer.standing != "done":
            yield offer.inject.id, f"{_STANDING[offer.standing]} {offer.inject.title}".strip()


CONTROLS = (
    Control(
        word="schedule",
        usage="[load FILE|preview FILE|show INJECT]",
        does="the injects prepared in advance, and how each stands",
        more=(
            "A schedule is a YAML file of injects: by turn, or once a condition holds. They are offered here when "
            "they are due; nothing happens unless you take them up. `tabletop check FILE` checks one."
        ),
        run=_schedule,
        group="Plan",
        fits=_fits_schedule,
    ),
    Control(
        word="take",
        usage="INJECT [because REASON]",
        does="do what an inject says, due or not",
        run=_take,
        group="Plan",
        fits=_fits_inject,
    ),
    Control(
        word="aside",
        usage="INJECT [because REASON]",
        does="set an inject aside: it is not offered again",
        run=_aside,
        group="Plan",
        fits=_fits_inject,
    ),
)
