"""The story: how it ended, what turned it, and what was true all along."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tabletop.engine.log import Entry
from tabletop.presentation import story as session_story
from tabletop.presentation.story import Cause, objective_points, sums
from tabletop.scenario.board import Hidden
from tabletop.scenario.endings import Ending
from tabletop.session.public_screen import told_truths
from tabletop.terminal.details import assumptions_page
from tabletop.terminal.happenings import sum_words
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.rows import folded, padded, paragraphs, ruled, signed, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Answer, Screen


def ending(scene: Scene, screen: Screen, answer: Answer) -> None:
    """The ending: the verdict on a page of its own, and the rest page by page or by the name of each part."""
    parts = {
        "points": scores(scene),
        "meters": meters_table(scene),
        "story": chronicle(scene),
        "turning points": turning_points(scene),
        "decisions": decisions(scene),
        "truth": truth(scene),
        "assumptions": assumptions_page(scene),
        "questions": debrief(scene),
    }
    shown = {name: rows for name, rows in parts.items() if rows}
    names = list(shown)

    def asked(line: str) -> Sequence[Text] | None:
        fitting = [name for name in names if name.startswith(line.lower())]
        return shown[fitting[0]] if len(line) > 2 and fitting else answer(line)

    offer = folded(f"{', '.join(names)}: by name, or one after another.", scene.width, text((" To read on  ", "bold")))
    on = screen.pages([*verdict(scene), Text(), *offer], asked, "Enter: the points")
    for number, name in enumerate(names):
        following = names[number + 1] if number + 1 < len(names) else ""
        last = f"Enter: {following}" if following else "Enter leaves the table; every part still answers to its name"
        on = on and screen.pages(shown[name], asked, last)


def whole(scene: Scene) -> list[Text]:
    """The ending on one sheet."""
    parts = [verdict(scene), meters_table(scene), turning_points(scene), scores(scene), truth(scene)]
    rows: list[Text] = []
    for part in [*parts, assumptions_page(scene), debrief(scene)]:
        rows += [*part, Text()] if part else []
    return rows


def chronicle(scene: Scene) -> list[Text]:
    """The whole game, a line a turn: its card and what moved most."""
    rows = [ruled(scene.marks, scene.width, "How it went", heavy=True)]
    stage = ""
    for turn, label in scene.turns.items():
        if label.stage.id != stage:
            stage = label.stage.id
            rows.append(text(" ", (label.stage.title, "bold")))
        rows.append(_chronicle_line(scene, turn, [entry for entry in scene.view.log if entry.turn == turn]))
    return rows


def _chronicle_line(scene: Scene, turn: int, entries: Sequence[Entry]) -> Text:
    label = scene.turns[turn]
    card = next((entry.title for entry in reversed(entries) if entry.kind == "card"), "")
    line = text("  ", padded(Text(label.date or label.name, style="dim"), 15), padded(Text(card), 28))
    for one in sorted(sums(scene.names, entries), key=lambda one: -abs(one.amount)):
        words = sum_words(scene, one)
        if line.cell_len + words.cell_len + 2 <= scene.width:
            line = text(line, "  ", words)
    return line


def verdict(scene: Scene) -> list[Text]:
    """The verdict of history."""
    noun = _ending(scene)
    tone = {"good": "bold green", "bad": "bold red"}.get(noun.tone, "bold yellow")
    rows = [ruled(scene.marks, scene.width, "The verdict of history", heavy=True), Text()]
    rows += [text(" ", (noun.title, tone)), Text(), *paragraphs(noun.text, scene.width, 1)]
    why = next((entry.why for entry in reversed(scene.view.log) if entry.kind == "ending"), "")
    rows += [Text(), *folded(text((why, "italic")), scene.width, " ")] if why else []
    if scene.view.scores and scene.seat:
        mine = scene.view.scores[scene.seat]
        best = max(scene.view.scores.values())
        lead = " More than any other seat." if mine == best and len(scene.view.scores) > 1 else ""
        rows += [Text(), *folded(text((f"{scene.noun.name}: {mine} points.", "bold"), lead), scene.width, " ")]
    rows += because(scene)
    return rows + hindsight(scene)


def because(scene: Scene) -> list[Text]:
    """Why it came so, in a sentence: what was true all along, and what turned most."""
    true = [f"{one.name} was {scene.names.value(one.id, scene.session.state.value(one.id))}" for one in _hidden(scene)]
    biggest = max(causes(scene), key=lambda one: one.weight, default=None)
    if biggest is not None:
        when = f", {scene.turns[biggest.turn].name.lower()}" if biggest.turn in scene.turns else ""
        what = text(
            f"most turned on \u201c{_title(scene, biggest)}\u201d{when} (", _changes(scene, biggest.entries), ")."
        )
        return folded(text("; ".join([*true, ""]), what), scene.width, text((" Because ", "bold")), hang=1)
    return folded("; ".join(true) + ".", scene.width, text((" Because ", "bold")), hang=1) if true else []


def hindsight(scene: Scene) -> list[Text]:
    """How many decisions were taken back once something was known of what followed."""
    count = scene.session.hindsight
    words = "1 decision was" if count == 1 else f"{count} decisions were"
    return folded(f"{words} taken back with hindsight.", scene.width, " ") if count else []


def _hidden(scene: Scene) -> Sequence[Hidden]:
    """The hidden truths that may stand here: for a facilitator all of them, else those that were told, and those that
    the seat has known all along."""
    told = told_truths(scene.session)
    return [one for one in scene.scenario.hidden if scene.secrets or one.id in told or one.id in scene.view.facts]


def _ending(scene: Scene) -> Ending:
    return next(noun for noun in scene.scenario.endings if noun.id == scene.view.outcome)


def meters_table(scene: Scene) -> list[Text]:
    """Every meter from start to end."""
    rows = [ruled(scene.marks, scene.width, "From start to end", heavy=True)]
    for meter in scene.scenario.meters:
        past = scene.history(meter.id)
        amount = past[-1] - past[0]
        sign = scene.names.good(meter.id, amount, scene.seat)
        rows.append(
            text(
                "  ",
                padded(Text(meter.name), 20),
                f"{past[0]:>4} {scene.marks.to} ",
                (f"{past[-1]:<4}", "bold"),
                padded(text((f"{signed(amount)}{scene.marks.judged(sign) if amount else ''}", COLOURS[sign])), 6),
                padded(Text(scene.names.level(meter.id, past[-1])), 14),
                (scene.marks.spark(past[-(scene.width - 56) :], *meter.range) if scene.width >= 66 else "", "cyan"),
            )
        )
    return rows


def causes(scene: Scene, only: str | None = None) -> list[Cause]:
    """What moved the board, as far as the seat knows; `only` what followed from a seat's decisions."""
    return session_story.causes(scene.names, scene.view.log, only)


def _title(scene: Scene, cause: Cause) -> str:
    if cause.seat:
        who = "You" if cause.seat == scene.seat and scene.session.humans else scene.names.seat(cause.seat)
        return f"{who}: {cause.title}"
    return cause.title or "A cause unknown to you"


def turning_points(scene: Scene) -> list[Text]:
    """The biggest swings, each kind of thing once, in the order in which they came."""
    biggest = session_story.turning_points(causes(scene))
    rows = [ruled(scene.marks, scene.width, "Turning points", heavy=True)]
    for one in biggest:
        rows += _cause_rows(scene, one)
    return rows if biggest else []


def decisions(scene: Scene) -> list[Text]:
    """What the seat's own decisions did most, those of one kind together."""
    if not scene.session.humans:
        return []
    biggest = session_story.of_one_kind(causes(scene, scene.seat))
    rows = [ruled(scene.marks, scene.width, "What your decisions did most", heavy=True)]
    for alike in biggest:
        times = f", {len(alike)} times" if len(alike) > 1 else ""
        entries = [entry for one in alike for entry in one.entries]
        rows += folded(text((_title(scene, alike[0]) + times, "bold")), scene.width, f" {scene.marks.lead} ")
        rows += folded(_changes(scene, entries), scene.width, "     ")
    return rows if biggest else []


def _cause_rows(scene: Scene, one: Cause) -> list[Text]:
    when = f"{scene.turns[one.turn]} {scene.marks.dot} " if one.turn in scene.turns else ""
    rows = folded(text((when, "dim"), (_title(scene, one), "bold")), scene.width, f" {scene.marks.lead} ")
    rows += folded(_changes(scene, one.entries), scene.width, "     ")
    strongest = max(one.entries, key=lambda entry: (entry.target in scene.names.meters, abs(entry.amount)))
    return rows + (folded(text((strongest.why, "italic")), scene.width, "     ") if strongest.why else [])


def _changes(scene: Scene, entries: Sequence[Entry]) -> Text:
    facts = {entry.target: entry for entry in entries if session_story.is_fact(scene.names, entry)}
    changes = [_fact_words(scene, entry) for entry in facts.values()]
    return Text(", ").join([*changes, *(sum_words(scene, one) for one in sums(scene.names, entries))])


def _fact_words(scene: Scene, entry: Entry) -> Text:
    return text(f"{scene.names.full(entry.target)}: ", (scene.names.value(entry.target, entry.after), "bold"))


def scores(scene: Scene) -> list[Text]:
    """Points by seat, with what they were given for."""
    rows = [ruled(scene.marks, scene.width, "Points", heavy=True)]
    order = sorted(scene.scenario.seats, key=lambda seat: seat.id != scene.seat)
    for seat in order:
        points = objective_points(scene.session.state, seat.id)
        rows.append(text(" ", (f"{seat.name} {scene.view.scores.get(seat.id, 0)}", "bold")))
        for objective, worth in zip(seat.objectives, points, strict=True):
            rows += folded(objective.text, scene.width, text(f"   {signed(worth):>5}  "))
    return rows


def truth(scene: Scene) -> list[Text]:
    """What was hidden, now that the game is over."""
    if not scene.scenario.hidden or not scene.session.state.finished:
        return []
    rows = [ruled(scene.marks, scene.width, "What was true all along", heavy=True)]
    told = _hidden(scene)
    if len(told) < len(scene.scenario.hidden):
        untold = [one.name for one in scene.scenario.hidden if one not in told]
        rows += folded(f"{', '.join(untold)}: the facilitator has not told yet.", scene.width, " ")
    for hidden in told:
        value = str(scene.session.state.hidden[hidden.id])
        at = hidden.values.index(value)
        name = scene.names.value(hidden.id, value)
        words = hidden.descriptions[at] if at < len(hidden.descriptions) else ""
        said = words if words.lower().startswith(name.lower()) else f"{name[:1].upper()}{name[1:]}. {words}".strip()
        rows += folded(text((said, "bold")), scene.width, f" {hidden.name}: ", hang=3)
    return rows


def debrief(scene: Scene) -> list[Text]:
    """Questions for afterwards."""
    if not scene.scenario.debrief:
        return []
    rows = [ruled(scene.marks, scene.width, "To talk about", heavy=True)]
    for number, question in enumerate(scene.scenario.debrief, 1):
        rows += folded(question.text, scene.width, f" {number} ")
    return rows
