"""The end of a game on pages: its verdict, points, turning points, hidden truths, assumptions and questions."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.text import Text

from tabletop.presentation import ending as end
from tabletop.presentation.board_changes import BoardChange
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import ending_view
from tabletop.session.seeds import is_open
from tabletop.terminal.beliefs import records_page
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import folded, hinted, padded, paragraphs, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Answer, Screen
from tabletop.terminal.yardsticks import yardstick_rows

_TONES = {"good": "bold green", "bad": "bold red"}


def ending_of(scene: Scene) -> end.Ending:
    """The end of the game as the scene's seat may read it, or everybody; for a facilitator all of it."""
    session = scene.session
    view = scene.view if scene.secrets else ending_view(session, scene.view.seat)
    facts = end.EndFacts(
        courses=meter_courses(session),
        hindsight=session.hindsight,
        open_seed=session.seed if is_open(session.seed) else None,
    )
    return end.ending(attrs.evolve(scene, view=view), scene.words, facts)


def ending(scene: Scene, screen: Screen, answer: Answer) -> bool:
    """The ending: the verdict on a page of its own, and the rest page by page or by the name of each part. True if the
    person asks what if."""
    told = ending_of(scene)
    said = scene.words
    parts = {
        "points": scores(scene, told),
        "meters": meters_table(scene, told),
        "story": chronicle(scene, told),
        "turning": turning_points(scene, told),
        "decisions": decisions(scene, told),
        "truth": truth(scene, told),
        "belief": records_page(scene),
        "assumptions": assumptions(scene, told),
        "questions": debrief(scene, told),
    }
    shown = {name: rows for name, rows in parts.items() if rows}
    called = {name: said(f"terminal.part_{name}") for name in shown}
    names = list(called)

    wants_what_if = False

    from tabletop.terminal.what_if import asks_for_it

    def asked(line: str) -> Sequence[Text] | None:
        nonlocal wants_what_if
        if asks_for_it(scene, line):
            wants_what_if = True
            return None
        fitting = [name for name in names if line.lower() in (name, called[name]) or _begins(line, name, called[name])]
        return shown[fitting[0]] if fitting else answer(line)

    how = said("terminal.parts_how", parts=", ".join(called.values()))
    offer = folded(how, scene.width, text((f" {said('terminal.read_on')}  ", "bold")))
    offer += folded(text((said("what-if.enter"), "cyan")), scene.width, " ") if screen.interactive else []
    on = screen.pages([*verdict(scene, told), Text(), *offer], asked, said("terminal.enter_points"))
    for number, name in enumerate(names):
        following = called[names[number + 1]] if number + 1 < len(names) else ""
        last = said("terminal.enter_part", part=following) if following else said("terminal.enter_leaves")
        on = on and screen.pages(shown[name], asked, last)
    return wants_what_if


def _begins(line: str, *names: str) -> bool:
    return len(line) > 2 and any(name.startswith(line.lower()) for name in names)


def whole(scene: Scene) -> list[Text]:
    """The ending on one sheet."""
    told = ending_of(scene)
    parts = [
        verdict(scene, told),
        meters_table(scene, told),
        turning_points(scene, told),
        scores(scene, told),
        truth(scene, told),
        records_page(scene),
        assumptions(scene, told),
        debrief(scene, told),
    ]
    rows: list[Text] = []
    for part in parts:
        rows += [*part, Text()] if part else []
    return rows


def verdict(scene: Scene, told: end.Ending) -> list[Text]:
    """The verdict of history."""
    rows = [ruled(scene.marks, scene.width, scene.words("projector.verdict"), heavy=True), Text()]
    tone = _TONES.get(told.tone, "bold yellow")
    rows += [text(" ", (told.title, tone)), Text(), *paragraphs(told.text, scene.width, 1)]
    rows += [Text(), *folded(text((told.why, "italic")), scene.width, " ")] if told.why else []
    rows += [Text(), *folded(text((told.own_score, "bold")), scene.width, " ")] if told.own_score else []
    rows += [Text()] if told.truths or told.turned_on or told.hindsight else []
    for one in told.truths:
        rows += folded(text((one.value, "bold")), scene.width, f" {one.name}: ", hang=3)
    rows += folded(told.turned_on, scene.width, " ", hang=3) if told.turned_on else []
    return [*rows, *(folded(told.hindsight, scene.width, " ") if told.hindsight else [])]


def chronicle(scene: Scene, told: end.Ending) -> list[Text]:
    """The whole game, a line a turn: its card and what moved most."""
    rows = [ruled(scene.marks, scene.width, scene.words("ending.chronicle"), heavy=True)]
    for stage in told.chronicle.stages:
        rows.append(text(" ", (stage.title, "bold")))
        for turn in stage.turns:
            when = padded(Text(turn.date or turn.name, style="dim"), 15)
            line = text("  ", when, padded(Text(turn.card), 28))
            for one in turn.changes:
                words = change_words(scene, one)
                if line.cell_len + words.cell_len + 2 <= scene.width:
                    line = text(line, "  ", words)
            rows.append(line)
    return rows


def meters_table(scene: Scene, told: end.Ending) -> list[Text]:
    """Every meter from start to end."""
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.from_start"), heavy=True)]
    for one in told.meters:
        changed = f"{scene.marks.signed(one.amount)}{scene.marks.judged(one.sign) if one.amount else ''}"
        spark = scene.marks.spark(list(one.values[-(scene.width - 56) :]), one.low, one.high)
        rows.append(
            text(
                "  ",
                padded(Text(one.name), 20),
                f"{one.values[0]:>4} {scene.marks.to} ",
                (f"{one.values[-1]:<4}", "bold"),
                padded(text((changed, COLOURS[one.sign])), 6),
                padded(Text(one.level), 14),
                (spark if scene.width >= 66 else "", "cyan"),
            )
        )
    return rows


def turning_points(scene: Scene, told: end.Ending) -> list[Text]:
    """The biggest swings, each kind of thing once, in the order in which they came."""
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.turning_points"), heavy=True)]
    rows += folded(Text(scene.words("ending.measured_board"), style="dim"), scene.width, " ")
    for one in told.turning_points:
        when = f"{one.when} {scene.marks.dot} " if one.when else ""
        rows += folded(text((when, "dim"), (one.title, "bold")), scene.width, f" {scene.marks.lead} ")
        rows += folded(change_list(scene, one.changes), scene.width, "     ")
        rows += folded(text((one.why, "italic")), scene.width, "     ") if one.why else []
    return rows if told.turning_points else []


def decisions(scene: Scene, told: end.Ending) -> list[Text]:
    """What the seat's own decisions did most, those of one kind together."""
    rows = [ruled(scene.marks, scene.width, told.own_title, heavy=True)]
    for one in told.own_moves:
        rows += folded(text((one.title, "bold")), scene.width, f" {scene.marks.lead} ")
        rows += folded(change_list(scene, one.changes), scene.width, "     ")
    return rows if told.own_moves else []


def change_list(scene: Scene, changes: Sequence[BoardChange]) -> Text:
    """Changes in a row."""
    return Text(", ").join(change_words(scene, one) for one in changes)


def change_words(scene: Scene, one: BoardChange) -> Text:
    """Such as "Tension -3✓", or "Bridge: open"."""
    if one.kind in ("fact", "number"):
        return text(f"{one.name}: ", (one.value, "bold"))
    return text(f"{one.short} ", (f"{scene.marks.signed(one.amount)}{scene.marks.judged(one.sign)}", COLOURS[one.sign]))


def scores(scene: Scene, told: end.Ending) -> list[Text]:
    """Points by seat, with what they were given for; the seat's own first."""
    rows = [ruled(scene.marks, scene.width, scene.words("ending.points"), heavy=True)]
    rows += folded(text((scene.words("ending.points_note"), "dim")), scene.width, " ")
    for seat in sorted(told.scores, key=lambda one: one.seat != scene.seat):
        rows.append(text(" ", (f"{seat.name} {seat.points}", "bold")))
        for one in seat.objectives:
            worth = "?" if one.points is None else scene.marks.signed(one.points)
            rows += folded(one.text, scene.width, text(f"   {worth:>5}  "))
    return [*rows, *yardstick_rows(scene, told.yardsticks)]


def truth(scene: Scene, told: end.Ending) -> list[Text]:
    """What was hidden, and what only some seats knew, now that the game is over."""
    if not told.truths and not told.untold and not told.secrets:
        return []
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.true_all_along"), heavy=True)]
    if told.untold:
        rows += folded(scene.words("verdict.untold", names=", ".join(told.untold)), scene.width, " ")
    for one in told.truths:
        rows += folded(text((one.sentence, "bold")), scene.width, f" {one.name}: ", hang=3)
    rows += [Text(), text((f" {scene.words('ending.secret')}", "bold"))] if told.secrets else []
    for secret in told.secrets:
        value = f": {secret.value}" if secret.value else ""
        who = ", ".join(scene.names.seat(seat) for seat in secret.seats)
        rows += folded(text(f"{secret.what}{value}  ", (who, "dim")), scene.width, f" {scene.marks.dot} ", hang=3)
    return rows


def assumptions(scene: Scene, told: end.Ending) -> list[Text]:
    """What the game was played under, and what of that differs from the scenario's own."""
    rows = [ruled(scene.marks, scene.width, scene.words("ending.assumed"), heavy=True)]
    for one in told.assumptions:
        note = (f"  {one.note}", "cyan" if one.is_changed else "dim")
        words = text(one.title, (f"  {one.value}", "bold cyan"), note, (f"  {one.id}", "dim"))
        rows += folded(words, scene.width, f" {scene.marks.dot} ", hang=3)
    hint = hinted(scene.words("terminal.case_hint"), scene.width)
    return [*rows, Text(), *hint] if told.assumptions else []


def debrief(scene: Scene, told: end.Ending) -> list[Text]:
    """Questions for afterwards."""
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.to_talk_about"), heavy=True)]
    for number, question in enumerate(told.questions, 1):
        rows += folded(question, scene.width, f" {number} ")
    return rows if told.questions else []
