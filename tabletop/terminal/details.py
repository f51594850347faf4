"""Details: one move, or another thing of the game, explained."""

from __future__ import annotations

from rich.text import Text

from tabletop.presentation.cited import cited_claims
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.explanations import Explanation, Section, explanation
from tabletop.presentation.moves import Move
from tabletop.presentation.played_assumptions import played_assumptions, played_worldview
from tabletop.presentation.truths import known_truths
from tabletop.terminal.marks import COLOURS
from tabletop.terminal.menu import amount_words
from tabletop.terminal.rows import folded, hinted, markdown, paragraphs, ruled, styled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.timeline import past_rows


def move_page(scene: Scene, move: Move) -> list[Text]:
    """A move: what it is, what it costs, what each effect would do now and why, and the claims behind it."""
    said = scene.words
    about = said("moves.costs", price=move.price) if move.price else said("moves.costs_nothing")
    about = _lower_first(about) if move.kind == "action" else ""
    rows = [ruled(scene.marks, scene.width, text((move.label, "bold"), (f"  {about}".rstrip(), "yellow")))]
    rows += folded(move.text, scene.width, " ") if move.text else []
    if move.is_pass:
        return rows
    rows.append(Text())
    for one in move.effects:
        rows += _effect(scene, one)
    if not move.effects:
        rows += folded(said("moves.nothing_at_once"), scene.width, " ")
    return rows + claim_rows(scene, move.claims)


def _lower_first(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _effect(scene: Scene, one: Hint) -> list[Text]:
    off = one.likely == "not now"
    sign = scene.marks.spent if off else scene.marks.judged(one.sign)
    lead = text((f"  {sign} ", "dim" if off else COLOURS[one.sign]))
    words = text((one.full_name, "bold magenta" if one.manner == "chance" else "bold"))
    if one.manner == "number":
        words.append(f" {amount_words(scene, one)}", style="bold")
    words.append(f", {one.tail}" if one.tail else "")
    words.append(f", {one.condition}" if one.condition else "", style="italic")
    words.append(f"  {one.reason}" if one.reason else "", style="dim" if off else "")
    words.append(f"  [{', '.join(one.claims)}]" if one.claims else "", style="dim")
    rows = folded(words, scene.width, lead, hang=4)
    rows += folded(one.about, scene.width, "      ") if one.about else []
    for outcome in one.outcomes:
        rows += folded(text((outcome, "italic")), scene.width, f"      {scene.marks.dot} ")
    return rows


def claim_rows(scene: Scene, claims: tuple[str, ...]) -> list[Text]:
    """What a thing rests on, claim by claim."""
    rows: list[Text] = []
    for claim in cited_claims(scene.scenario, claims):
        rows += folded(text((claim.summary, "dim")), scene.width, text((f" {claim.id}  ", "bold dim")))
    return [Text(), *rows] if rows else []


def explanation_page(scene: Scene, found: Explanation) -> list[Text]:
    """What there is to say of a thing."""
    if found.kind == "term":
        return folded(found.text, scene.width, text((f" {found.title}: ", "bold")), hang=3)
    value = text(f": {found.value}" if found.value else "", f"  {found.level}" if found.level else "")
    title = text((found.title, "bold"), value)
    rows = [ruled(scene.marks, scene.width, title)]
    rows += folded(text((found.note, "italic")), scene.width, " ") if found.note else []
    if found.is_markdown:
        rows += [text(" ", line) for line in markdown(found.text, scene.width - 2)] if found.text else []
    else:
        rows += folded(found.text, scene.width, " ") if found.text else []
    for section in found.sections:
        rows += _section_rows(scene, section)
    if found.history:
        spark = scene.marks.spark(list(found.history), found.low, found.high)
        rows.append(text(f" {scene.words('explain.so_far')}: ", (spark, "cyan")))
    if found.changes:
        rows += [Text(), Text(f" {found.changes_title}", style="bold"), *past_rows(scene, found.changes)]
    elif found.changes_title:
        rows += folded(found.changes_title, scene.width, " ")
    return rows + _citation_rows(scene, found)


def _section_rows(scene: Scene, section: Section) -> list[Text]:
    lines = [styled(line) for line in section.lines]
    if section.is_short:
        lead = text((f" {section.title}: ", "bold")) if section.title else Text(" ")
        return folded(lines[0], scene.width, lead, hang=3)
    rows = [Text(), Text(f" {section.title}", style="bold")] if section.title else []
    dot = f"  {scene.marks.dot} " if section.title else " "
    return rows + [row for line in lines for row in folded(line, scene.width, dot)]


def _citation_rows(scene: Scene, found: Explanation) -> list[Text]:
    rows: list[Text] = []
    for claim in found.claims:
        rows += folded(text((claim.summary, "dim")), scene.width, text((f" {claim.id}  ", "bold dim")))
    for source in found.sources:
        rows += folded(text((source.text, "dim")), scene.width, f" {scene.words('event-card.source')}  ")
    return [Text(), *rows] if rows else []


def brief_page(scene: Scene) -> list[Text]:
    """All that the seat is told before the game: what it is about, who it is, and what is for its eyes only."""
    seat, scenario = scene.noun, scene.scenario
    rows = explanation_page(scene, explanation(scene, scene.words, "seat", seat.id))
    if scenario.introduction and seat.id == scenario.player:
        rows += [Text(), ruled(scene.marks, scene.width, scenario.title)]
        rows += [text(" ", line) for line in markdown(scenario.introduction, scene.width - 2)]
    if seat.private_brief:
        rows += [Text(), ruled(scene.marks, scene.width, scene.words("terminal.for_seat_only", seat=seat.name))]
        rows += [text(" ", line) for line in markdown(seat.private_brief, scene.width - 2)]
    secrets = secret_rows(scene)
    return [*rows, *([Text()] if secrets else []), *secrets]


def secret_rows(scene: Scene) -> list[Text]:
    """The hidden truths that the seat knows."""
    rows: list[Text] = []
    for truth in known_truths(scene):
        only = scene.words("terminal.for_seat_only", seat=scene.noun.name)
        lead = text((f" {only}", "bold magenta"), f": {truth.name}. ")
        rows += folded(text((truth.sentence, "bold")), scene.width, lead, hang=3)
    return rows


def assumed(scene: Scene) -> str:
    """Whose assumptions the game is played under, where they are not the scenario's own; "" where they are."""
    return _whose(scene, "terminal.assumptions_changed")


def _whose(scene: Scene, key: str) -> str:
    played = played_assumptions(scene, scene.words)
    changed = sum(one.is_changed for one in played)
    if not changed:
        return ""
    count = scene.words(key, changed=changed, all=len(played))
    view = played_worldview(scene)
    return scene.words("terminal.assumptions_of", view=view, count=count) if view else count


def assumptions_page(scene: Scene) -> list[Text]:
    """The assumptions of this game in a line or two each, with those marked that differ from the scenario's own."""
    said = scene.words
    rows = [ruled(scene.marks, scene.width, said("terminal.taken_for_granted"), heavy=True)]
    whose = _whose(scene, "terminal.assumptions_changed_short")
    rows += folded(whose, scene.width, f" {said('terminal.not_own')} ") if whose else []
    played = played_assumptions(scene, said)
    if not played:
        return rows + paragraphs(said("terminal.no_assumptions"), scene.width, 1)
    for one in played:
        changed = f" {said('terminal.own_value', value=one.own)}" if one.is_changed else ""
        line = text(one.title, (f"  {one.value}{changed}", "bold cyan"), (f"  {one.id}", "dim"))
        rows += folded(line, scene.width, f" {scene.marks.dot} ", hang=3)
    return [*rows, Text(), *hinted(said("terminal.case_hint"), scene.width)]
