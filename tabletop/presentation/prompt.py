"""The prompt: what is asked of a seat now, or for whom or what the game waits."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words

PromptKind: TypeAlias = Literal[
    "answer", "empty-card", "pick", "pick-more", "choose", "some", "wait", "thinking", "held", "paused", "over"
]


@attrs.frozen(kw_only=True)
class TableFacts:
    """What of the table is no part of the game: whether it is `paused`, the seat whose bot is waited for
    (`thinking`), and whether a player has stopped that (`held`)."""

    paused: bool = False
    thinking: str = ""
    held: bool = False


@attrs.frozen(kw_only=True)
class Prompt:
    """What now. `text` says in a sentence what is asked of the seat, or for what the game waits.

    `asks` is whether anything is asked of this seat; `question` is the card's, `about` what the pack says of the phase.
    `waits_for` are the ids of the seats that must act, as far as the seat knows; `count` how many moves it may choose.
    """

    kind: PromptKind
    text: str
    asks: bool = False
    question: str = ""
    about: str = ""
    waits_for: tuple[str, ...] = ()
    count: int = 0

    @property
    def more(self) -> str:
        """A word more about it: the card's question, or what the phase is about."""
        return self.question or self.about


def prompt_of(perspective: Perspective, words: Words, facts: TableFacts | None = None) -> Prompt:
    """What the seat of a perspective is to do now, or nobody's, with the facts of the table that a face knows."""
    facts, view = facts or TableFacts(), perspective.view
    if view.finished:
        return Prompt(kind="over", text=words("prompt.over"))
    if facts.paused:
        return Prompt(kind="paused", text=words("prompt.paused"), waits_for=view.acting)
    if perspective.seat and perspective.seat in view.acting and not facts.thinking:
        return _asked(perspective, words)
    if facts.thinking:
        name, key = perspective.names.seat(facts.thinking), "prompt.held" if facts.held else "prompt.thinking"
        return Prompt(kind="held" if facts.held else "thinking", text=words(key, seat=name), waits_for=view.acting)
    return _waiting(perspective, words)


def _asked(perspective: Perspective, words: Words) -> Prompt:
    phase, acting = perspective.phase, perspective.view.acting
    if perspective.view.card is not None:
        question = perspective.question
        if question is None:
            # Everybody sees that it is asked, and nobody else whether there was anything to answer.
            return Prompt(kind="empty-card", text=words("prompt.empty_card"), asks=True, waits_for=acting)
        text = words("prompt.answer")
        return Prompt(kind="answer", text=text, asks=True, question=question.prompt, waits_for=acting, count=1)
    if phase is None:
        return _waiting(perspective, words)
    left = perspective.picks_affordable
    base = Prompt(kind="choose", text="", asks=True, about=phase.text, waits_for=acting, count=left)
    if perspective.is_face_down and perspective.view.picked:
        return attrs.evolve(base, kind="pick-more", text=words("prompt.pick_more", count=left))
    if perspective.is_face_down:
        return attrs.evolve(base, kind="pick", text=words("prompt.pick", count=left))
    passes = any(action.kind == "pass" for action in perspective.view.actions)
    if not passes or perspective.picks_left <= 1:
        return attrs.evolve(base, text=words("prompt.choose", title=phase.title))
    return attrs.evolve(base, kind="some", text=words("prompt.some", title=phase.title, count=left))


def _waiting(perspective: Perspective, words: Words) -> Prompt:
    acting = [seat for seat in perspective.view.acting if seat != perspective.seat]
    if not acting:
        return Prompt(kind="wait", text=words("prompt.wait"))
    seats = words.listed([perspective.names.seat(seat) for seat in acting])
    return Prompt(kind="wait", text=words("prompt.waits_for", count=len(acting), seats=seats), waits_for=tuple(acting))
