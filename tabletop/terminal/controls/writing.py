"""Writing: a card of the facilitator's own, made on the spot; nothing that was typed for it is lost."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Iterator, Sequence
from typing import Any

import click
from rich.text import Text

from tabletop.presentation.error_words import error_words
from tabletop.scenario.effect_shorthand import NotAnEffect, forms, spoken_effect, worded_effect
from tabletop.scenario.pack_files import Unreadable, file_text
from tabletop.scenario.problems import PackError, quoted
from tabletop.session.facilitator_view import waiting_cards
from tabletop.storage.paths import written
from tabletop.terminal.cards import card_panel
from tabletop.terminal.command_lines import CommandError, Order, pick
from tabletop.terminal.console import Cancelled, FacilitatorConsole
from tabletop.terminal.controls.cards import brought_in, choices_rows
from tabletop.terminal.controls.control import Control
from tabletop.terminal.controls.seats import seats
from tabletop.terminal.draft import Draft, faults_of_effect, option_id
from tabletop.terminal.keyboard import TICK, Fit
from tabletop.terminal.prompts import Leave
from tabletop.terminal.rows import folded, ruled
from tabletop.terminal.status import next_words

#: What is typed to take something out.
_NONE = "-"


def _write(console: FacilitatorConsole, order: Order) -> None:
    draft = console.draft
    if order.why:
        draft.why = order.why
    if not order.shown:
        draft.shown = False
    try:
        if order.words in ("paste", "yaml", "edit"):
            _in_yaml(console, draft, order.words == "edit")
        elif order.words:
            _from_file(console, draft, order.words)
        else:
            _guided(console, draft)
        _finish(console, draft)
    except Cancelled:
        _put_aside(console, draft)
    except Leave:
        if draft.is_begun:
            console.tell("console.card_so_far")
            console.screen.write([Text(line) for line in draft.as_yaml().splitlines()])
        raise


def _put_aside(console: FacilitatorConsole, draft: Draft) -> None:
    if draft.is_begun:
        console.tell("console.put_aside", title=_titled(console, draft))
    else:
        console.tell("console.nothing_written")


def _titled(console: FacilitatorConsole, draft: Draft) -> str:
    return draft.title or console.words("console.untitled")


# Step by step


def _guided(console: FacilitatorConsole, draft: Draft) -> None:
    if draft.text:
        _mended(console, draft)
        return
    if draft.is_begun:
        console.tell("console.going_on_with", title=_titled(console, draft))
    else:
        console.tell("console.step_by_step", "dim")
    data = draft.data
    if "title" not in data:
        _title(console, data)
    if "text" not in data:
        _text(console, data)
    if "effects" not in data:
        _effects(console, data)
        if "choices" not in data:
            _question(console, data)


def _title(console: FacilitatorConsole, data: dict[str, Any]) -> None:
    _words(console, data, "title", "console.ask_title")


def _text(console: FacilitatorConsole, data: dict[str, Any]) -> None:
    _words(console, data, "text", "console.ask_text")


def _words(console: FacilitatorConsole, data: dict[str, Any], name: str, key: str) -> None:
    """Words that a card must have; Enter alone leaves them as they are."""
    words = ""
    while not words:
        words = console.ask(f" {console.words(key)} ", str(data.get(name, ""))) or str(data.get(name, ""))
    data[name] = words


def _effects(console: FacilitatorConsole, data: dict[str, Any], lead: str = "") -> None:
    """The effects, those there are first: an empty line leaves each as it is, a minus takes it out. An empty line ends
    the list behind the last."""
    before = list(data.get("effects", ()))
    examples = console.words("console.effects_or").join(forms(console.session.scenario))
    console.say(lead or console.words("console.effects_how", examples=examples), "dim")
    if before:
        console.tell("console.effects_edit", "dim", none=_NONE)
    data["effects"] = found = list(before)
    for old in before:
        effect = _effect(console, f" {found.index(old) + 1}> ", worded_effect(old), old)
        if effect:
            found[found.index(old)] = effect
        else:
            found.remove(old)
    while effect := _effect(console, f" {len(found) + 1}> "):
        found.append(effect)


def _effect(
    console: FacilitatorConsole, prompt: str, typed: str = "", old: dict[str, Any] | None = None
) -> dict[str, Any]:
    """One effect, asked for until it is sound; the `old` one for an empty line, {} for none."""
    scenario = console.session.scenario
    while True:
        if typed and not console.keys.interactive:
            console.say(f"{prompt.strip()} {typed}", "dim")
        typed = console.ask(prompt, typed if console.keys.interactive else "")
        if not typed or typed == _NONE:
            return old or {} if not typed else {}
        try:
            effect = spoken_effect(scenario, typed)
            wrong = faults_of_effect(scenario, effect)
        except NotAnEffect as error:
            wrong = [error_words(console.words, error)]
        if not wrong:
            return effect
        for words in wrong:
            console.say(words, "yellow")


def _question(console: FacilitatorConsole, data: dict[str, Any]) -> None:
    """A question that the card puts to a seat, with its answers; one that is there stays until another is complete."""
    old = data.get("choices")
    said = console.words
    seat = _asked_seat(console, said("console.question_leave" if old else "console.question_none"))
    if seat == _NONE:
        data.pop("choices", None)
        console.tell("console.no_question")
    if seat in ("", _NONE):
        return
    choice: dict[str, Any] = {
        "seat": seat,
        "prompt": console.ask(f" {said('console.ask_question')} ") or said("console.default_question"),
        "options": [],
    }
    if not old:
        data["choices"] = [choice]
    while label := console.ask(f" {said('console.ask_answer', number=len(choice['options']) + 1)} "):
        taken = {option["id"] for option in choice["options"]}
        option: dict[str, Any] = {"id": option_id(label, taken), "label": label, "effects": []}
        choice["options"].append(option)
        _effects(console, option, said("console.effects_of_answer"))
    if choice["options"]:
        data["choices"] = [choice]
    elif not old:
        del data["choices"]
    else:
        console.tell("console.needs_answer")


def _asked_seat(console: FacilitatorConsole, empty: str) -> str:
    """The seat to which a question is put; "" for an empty line, a minus where there is to be none."""
    while True:
        named = console.ask(f" {console.words('console.ask_seat', none=_NONE, empty=empty)} ")
        if named in ("", _NONE):
            return named
        try:
            return pick(named, seats(console), "seat")
        except CommandError as puzzle:
            console.refuse(puzzle)


# In YAML


def _in_yaml(console: FacilitatorConsole, draft: Draft, edit: bool) -> None:
    """Takes the whole card in YAML, and again until it is sound."""
    while True:
        begun = draft.as_yaml() if draft.is_begun else _example(console)
        text = _edited(console, begun) if edit else _pasted(console, draft)
        if not text.strip():
            raise Cancelled
        try:
            draft.take_yaml(console.session.scenario, text)
        except PackError as error:
            for problem in error.problems:
                console.say(str(problem), "yellow")
            if not console.keys.interactive:
                raise Cancelled from None
            edit = console.ask(f" {console.words('console.mend_here')} ").lower().startswith("e")
            continue
        return


def _example(console: FacilitatorConsole) -> str:
    """A card to begin from in an editor."""
    title, text = console.words("console.example_title"), console.words("console.example_text")
    return f"title: {title}\ntext: {text}\ncertainty: invented\neffects: []\n"


def _edited(console: FacilitatorConsole, text: str) -> str:
    """The text as it comes out of the editor; the clock is kept meanwhile, and what it had to say is said then."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=1) as pool:
        editing = pool.submit(click.edit, text, extension=".yaml", require_save=True)
        said: list[Text] = []
        while not concurrent.futures.wait([editing], timeout=TICK).done:
            said += console.warnings()
    console.screen.write(said)
    try:
        return editing.result() or ""
    except click.ClickException as error:
        raise CommandError("console.no_editor", why=error.message.rstrip(".")) from None


def _pasted(console: FacilitatorConsole, draft: Draft) -> str:
    if console.keys.interactive:
        console.tell("console.paste_yaml", "dim")
    else:
        console.tell("console.pipe_yaml", "dim")
    try:
        return console.keys.read_text(draft.as_yaml() if draft.is_begun else "title: \ntext: \neffects: []\n")
    except Cancelled as cancelled:
        draft.text = cancelled.typed
        raise


def _from_file(console: FacilitatorConsole, draft: Draft, name: str) -> None:
    path = written(name)
    try:
        text = file_text(path)
    except Unreadable as refused:
        raise CommandError("console.step_instead", file=quoted(name), why=refused.problem.message) from None
    try:
        draft.take_yaml(console.session.scenario, text)
    except PackError as error:
        for problem in error.problems:
            console.say(str(problem).replace("your card:", f"{path}:"), "yellow")
        raise Cancelled from None


def _mended(console: FacilitatorConsole, draft: Draft) -> None:
    """A draft in which something is still wrong is mended where it was written."""
    console.tell("console.has_mistakes")
    try:
        draft.take_yaml(console.session.scenario, draft.text)
    except PackError as error:
        for problem in error.problems:
            console.say(str(problem), "yellow")
        _in_yaml(console, draft, edit=False)


# The end


def _finish(console: FacilitatorConsole, draft: Draft) -> None:
    """Shows the card, and brings it in or changes it, as is wished."""
    while True:
        wrong = draft.faults(console.session.scenario)
        _show(console, draft, wrong)
        console.tell("console.write_menu", "dim")
        answer = console.ask(f" {console.words('console.ask_put_right' if wrong else 'console.ask_bring_in')} ")
        word, _, rest = answer.partition(" ")
        match word.lower():
            case "" | "in" | "yes" if not wrong:
                _bring_in(console, draft)
                return
            case "" | "in" | "yes":
                _in_yaml(console, draft, edit=False)
            case "title":
                _title(console, draft.data)
            case "text":
                _text(console, draft.data)
            case "effects":
                _effects(console, draft.data)
            case "question":
                _question(console, draft.data)
            case "yaml" | "edit" | "paste":
                _in_yaml(console, draft, word == "edit")
            case "quietly":
                draft.shown = not draft.shown
            case "because":
                draft.why = rest
            case "later":
                raise Cancelled
            case "drop":
                if console.sure(console.words("console.drop_sure", title=_titled(console, draft))):
                    console.draft = Draft()
                    console.tell("console.dropped")
                    return
            case _:
                console.tell("console.none_of_these", "yellow", word=word[:20])


def _show(console: FacilitatorConsole, draft: Draft, wrong: Sequence[str]) -> None:
    scene = console.scene
    rows: list[Text] = [ruled(scene.marks, scene.width, scene.words("console.your_card"))]
    if wrong:
        rows += [Text(f" {line}") for line in draft.as_yaml().splitlines()]
        rows += [row for words in wrong for row in folded(Text(words, style="yellow"), scene.width, " ")]
    else:
        card = draft.card(console.session.scenario)
        rows += card_panel(scene, card)
        for effect in draft.data.get("effects", ()):
            rows += folded(worded_effect(effect), scene.width, f"   {scene.marks.lead} ")
        rows += choices_rows(scene, card)
        for option in (one for choice in draft.data.get("choices", ()) for one in choice["options"]):
            for effect in option["effects"]:
                rows += folded(f"{option['label']}: {worded_effect(effect)}", scene.width, f"   {scene.marks.lead} ")
    how = scene.words("console.card_shown" if draft.shown else "console.card_unseen")
    if why := draft.why.rstrip("."):
        key = "console.card_shown_why" if draft.shown else "console.card_unseen_why"
        how = scene.words(key, why=why)
    console.screen.write([*rows, *folded(Text(how, style="dim"), scene.width, " ")])


def _bring_in(console: FacilitatorConsole, draft: Draft) -> None:
    before, waiting, title = console.view, waiting_cards(console.session), _titled(console, draft)
    console.facilitator.write_card(draft.data, draft.why, draft.shown)
    console.draft = Draft()
    brought_in(console, waiting, title)
    console.happened(before)
    console.say(next_words(console.session, console.words), "dim")


def _fits(console: FacilitatorConsole, typed: str) -> Iterator[Fit]:
    for word, about in (("paste", "console.fit_paste"), ("edit", "console.fit_edit")):
        if word.startswith(typed.lower()):
            yield word, console.words(about)


CONTROLS = (
    Control(
        word="write",
        usage="[paste|edit|FILE] [quietly] [because REASON]",
        has_more=True,
        run=_write,
        group="change",
        fits=_fits,
    ),
)
