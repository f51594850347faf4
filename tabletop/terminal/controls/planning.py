"""Planning: a schedule of injects prepared in advance, offered when they are due."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.scenario.injects import Inject, Schedule, read_schedule
from tabletop.session.facilitation import Offer, offers, preview, schedule, schedules_at_hand
from tabletop.session.names import counted, listed
from tabletop.storage.paths import written
from tabletop.terminal.cards import card_panel
from tabletop.terminal.chair import Chair
from tabletop.terminal.controls.cards import brought_in, choices_rows
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.saying import only_they_read
from tabletop.terminal.keyboard import Fit
from tabletop.terminal.orders import Order, Puzzled, first_word, pick
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.status import next_words

_STANDING = {"due": "DUE", "later": "", "done": "done", "aside": "aside"}


def _schedule(chair: Chair, order: Order) -> None:
    word, rest = first_word(order.words)
    match word.lower():
        case "":
            _list(chair)
        case "load":
            _load(chair, rest)
        case "preview":
            planned = read_schedule(_file(chair, rest), chair.session.scenario)[0]
            _show(chair, planned, preview(chair.session, planned))
            chair.say(f"`schedule load {rest}` takes it up.", "dim")
        case "show":
            found = pick(rest, _injects(chair), "inject")
            inject = next(one for one in schedule(chair.session).injects if one.id == found)
            chair.show(inject_rows(chair, inject))
        case _:
            raise Puzzled("`schedule` lists it; `schedule load FILE`, `schedule preview FILE`, `schedule show INJECT`.")


def _list(chair: Chair) -> None:
    planned = schedule(chair.session)
    if not planned.injects:
        at_hand = list(schedules_at_hand(chair.session))
        ship = f" This scenario brings: {', '.join(at_hand)}." if at_hand else ""
        raise Puzzled(f"No schedule is in use: `schedule load FILE` takes one up.{ship}")
    _show(chair, planned, offers(chair.session))
    chair.say("`take ID` does it, due or not; `aside ID` drops it; `schedule show ID` reads it.", "dim")


def _show(chair: Chair, planned: Schedule, standing: Sequence[Offer]) -> None:
    scene = chair.scene
    rows = [ruled(scene.marks, scene.width, planned.title or "The schedule", heavy=True)]
    rows += folded(planned.text, scene.width, " ") if planned.text else []
    for offer in standing:
        word = _STANDING[offer.standing]
        lead = text((f" {word:<5} ", "bold reverse" if word == "DUE" else "dim"), " ")
        about = scene.names.condition(offer.text) if offer.standing == "later" else ""
        words = text((offer.inject.title, "bold"), f" ({offer.inject.id})", (f"  {about}".rstrip(), "dim"))
        rows += folded(words, scene.width, lead, hang=8)
    chair.show(rows)


def _load(chair: Chair, words: str) -> None:
    path = _file(chair, words)
    planned = chair.facilitator.load_schedule(path)
    chair.say(f"{planned.title or path.name}: {counted(len(planned.injects), 'inject')}, offered when they are due.")


def _file(chair: Chair, words: str) -> pathlib.Path:
    """A schedule that ships with the scenario, by its name, or a file."""
    at_hand = schedules_at_hand(chair.session)
    if not words:
        raise Puzzled(f"Which file? As in `schedule load {next(iter(at_hand), 'my-injects.yaml')}`.")
    if words in at_hand:
        return at_hand[words]
    path = written(words)
    if os.path.exists(path) or "/" in words or path.suffix:
        return path
    return at_hand[pick(words, dict.fromkeys(at_hand, ()), "schedule")]


def _injects(chair: Chair) -> dict[str, tuple[str, ...]]:
    return {one.id: (one.title,) for one in schedule(chair.session).injects}


def inject_rows(chair: Chair, inject: Inject) -> list[Text]:
    """An inject as its author wrote it: what it does, and why."""
    scene = chair.scene
    rows = [ruled(scene.marks, scene.width, f"{inject.title} ({inject.id})")]
    match inject.does:
        case "card":
            rows += _card_rows(chair, scene, inject)
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


def _card_rows(chair: Chair, scene: Scene, inject: Inject) -> list[Text]:
    every = (*schedule(chair.session).cards, *chair.session.scenario.cards)
    card = next(one for one in every if one.id == inject.card)
    return [*card_panel(scene, card, []), *choices_rows(scene, card)]


def due_rows(chair: Chair, ids: Sequence[str]) -> list[Text]:
    """What has become due, with what it would do and how to take it up."""
    rows: list[Text] = []
    for offer in offers(chair.session):
        if offer.inject.id in ids:
            rows += [Text(), *inject_rows(chair, offer.inject)]
            hint = f" Due now: `take {offer.inject.id}`, or `aside {offer.inject.id}`, or later."
            rows.append(Text(hint, style="bold"))
    return [*rows, Text()] if rows else []


def _take(chair: Chair, order: Order) -> None:
    if not order.words:
        raise Puzzled("Which inject? `schedule` lists them.")
    id = pick(order.words, _injects(chair), "inject")
    inject = next(one for one in schedule(chair.session).injects if one.id == id)
    standing = next(one.standing for one in offers(chair.session) if one.inject.id == id)
    if standing == "done":
        raise Puzzled(f"\u201c{inject.title}\u201d is done. `inject` or `set` does such a thing again.")
    before, told = chair.session.state, len(chair.session.commands)
    chair.facilitator.take_up(id, order.why)
    if inject.does == "card":
        brought_in(chair, before.waiting, inject.title)
    chair.happened(before)
    if inject.does == "tell":
        chair.say(only_they_read(chair, inject.tell, told + 1))
    elif inject.does == "remind":
        chair.say("Done.")
    chair.say(next_words(chair.session), "dim")


def _aside(chair: Chair, order: Order) -> None:
    if not order.words:
        raise Puzzled("Which inject? `schedule` lists them.")
    id = pick(order.words, _injects(chair), "inject")
    command = chair.facilitator.set_aside(id, order.why)
    chair.say(f"Set aside: it is not offered again. `withdraw {command.number}` brings it back.")


def _fits_schedule(chair: Chair, typed: str) -> Iterator[Fit]:
    word, gap, rest = typed.partition(" ")
    if not gap:
        words = {"load ": "take up a file of injects", "preview ": "how it would stand now", "show ": "read an inject"}
        yield from ((one, about) for one, about in words.items() if one.startswith(word.lower()))
    elif word in ("load", "preview"):
        for name in schedules_at_hand(chair.session):
            if name.startswith(rest):
                yield f"{word} {name}", "brought by the scenario"
    elif word == "show":
        yield from ((f"show {id}", title) for id, title in _fits_inject(chair, rest))


def _fits_inject(chair: Chair, typed: str) -> Iterator[Fit]:
    for offer in offers(chair.session):
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
