"""The decisions worth arguing about: big, contestable, close, or gone otherwise than they deserved; and why each is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from tabletop.presentation.ending import Ending, StoryCause
from tabletop.presentation.review.alternatives import WeighedDecision
from tabletop.presentation.review.decision_notes import DecisionNote
from tabletop.presentation.review.turning import AccountStory
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words

#: How many decisions are put forward, and how many of them on the opening screen.
MOST_ARGUMENTS, MOST_OPENING = 5, 3
#: What weighs how much in the choice; a decision below `_LEAST` is no matter for a debrief.
_BIG, _CONTESTED, _LUCK, _CLOSE, _SPLIT, _REASON, _LEAST = 3.0, 3.0, 1.5, 1.0, 0.5, 0.25, 0.5
#: From how many margins a lead, a turn of the verdict, and what luck did count in full. The margin is the largest of
#: the game's decisions, a twentieth of how far the figure spreads: what late decisions are about is small beside it.
_FULL_LEAD, _FULL_TURN, _FULL_LUCK = 10.0, 2.0, 3.0
#: How much less a further decision of a seat, or of a turn, counts.
_AGAIN = 0.7


@attrs.frozen(kw_only=True)
class Argument:
    """A decision to argue about: when, whose (a seat's name), what was chosen, and against what (`rival`, "" for
    nothing in particular). `why` are short reasons to pick it, `ask` is a question that can be said aloud, `voices`
    what the people said then (text, and who), `votes` how the team voted.

    `step` is that of the session, `parts` are the moves that were chosen, `lens` is the premise on which it hangs, ""
    for none; `is_weighed` tells whether the decision table has it.
    """

    step: int
    turn: int
    when: str
    who: str
    chosen: str
    rival: str
    why: tuple[str, ...]
    ask: str
    is_weighed: bool
    lens: str
    parts: tuple[str, ...]
    voices: tuple[tuple[str, str], ...] = ()
    votes: str = ""


@attrs.frozen
class _Candidate:
    score: float
    argument: Argument


def arguments(
    words: Words,
    notes: Sequence[DecisionNote],
    weighed: Sequence[WeighedDecision],
    stories: Sequence[AccountStory],
    ending: Ending | None,
    secret: Collection[str] = (),
) -> tuple[Argument, ...]:
    """The decisions most worth arguing about, the best first: by the decision table where there is one, or else by what
    they moved on the board and what people said of them. Moves that only their seat saw (`secret`, by label) are not
    among them, as the argument comes before the truth is told."""
    if weighed:
        moved, margin = _moved(stories), max(one.margin for one in weighed) or 1.0
        found = [_weighed(words, one, _note_of(notes, one.step), moved.get(one.step), margin) for one in weighed]
    else:
        found = list(_on_the_board(words, notes, ending))
    return tuple(_apart([one for one in found if not any(part in secret for part in one.argument.parts)]))


def _apart(found: Sequence[_Candidate]) -> Iterator[Argument]:
    """The best one by one; what is like those taken already counts for less, the same choice again for much less."""
    left = [one for one in found if one.score >= _LEAST]
    taken: list[Argument] = []
    while left and len(taken) < MOST_ARGUMENTS:

        def worth(one: _Candidate) -> float:
            mine = one.argument
            alike = sum(other.who == mine.who for other in taken) + sum(other.turn == mine.turn for other in taken)
            alike += sum(bool(mine.lens) and other.lens == mine.lens for other in taken)
            same = any((other.who, other.chosen) == (mine.who, mine.chosen) for other in taken)
            return float(one.score * _AGAIN ** (alike + 2 * same))

        best = max(left, key=worth)
        left.remove(best)
        taken.append(best.argument)
        yield best.argument


def _note_of(notes: Sequence[DecisionNote], step: int) -> DecisionNote | None:
    return next((one for one in notes if step in one.steps), None)


def _moved(stories: Sequence[AccountStory]) -> Mapping[int, tuple[float, str]]:
    """By how much each decision moved its own seat's figure, by its step, and that in words."""
    return {
        one.step: (one.value, one.text)
        for story in stories
        for one in story.moments
        if story.seat and one.kind == "own"
    }


def _weighed(
    words: Words, one: WeighedDecision, note: DecisionNote | None, moved: tuple[float, str] | None, margin: float
) -> _Candidate:
    """A decision of the table."""
    is_contested = one.strength > margin / 2
    rival = one.rivals[one.contested] if is_contested and one.stands != "behind" else one.rival
    why = list[str]()
    big = max(abs(moved[0]) if moved is not None else 0.0, one.behind if one.stands == "behind" else 0.0)
    score = _BIG * _share(big, _FULL_LEAD * margin) + _CONTESTED * _share(one.strength, _FULL_TURN * margin)
    if moved is not None and abs(moved[0]) > margin:
        why.append(words("review.why_big", who=one.who, by=moved[1]))
    if one.stands == "behind" and one.behind > margin:
        why.append(words("review.why_behind", rival=one.rival))
    if is_contested:
        why.append(one.flips[one.contested])
    if one.mark:
        score += _LUCK * _share(abs(one.turned), _FULL_LUCK * margin)
        why.append(f"{one.mark}.")
    if one.stands in ("alike", "near"):
        score += _CLOSE * _share(one.swing, _FULL_LEAD * margin)
        if not is_contested:
            why.append(words("review.why_close", rival=rival))
    score += _of_people(words, note, why)
    asked = ask(words, one, rival, is_contested=is_contested)
    argument = Argument(
        step=one.step,
        turn=one.turn,
        when=one.when,
        who=one.who,
        chosen=one.chosen,
        rival=rival,
        why=tuple(why),
        ask=asked,
        is_weighed=True,
        lens=one.lenses[one.contested] if is_contested else "",
        parts=(one.chosen,),
    )
    return _Candidate(score if why else 0.0, _with_people(argument, note))


def _share(value: float, full: float) -> float:
    return min(value / full, 1.0)


def _of_people(words: Words, note: DecisionNote | None, why: list[str]) -> float:
    if note is None:
        return 0.0
    if any(voice.choice and voice.choice not in note.chosen for voice in note.voices):
        why.append(words("review.why_split"))
        return _SPLIT
    return _REASON if note.has_reason else 0.0


def ask(words: Words, one: WeighedDecision, rival: str, *, is_contested: bool) -> str:
    """A question about a decision of the table, to be said aloud: on what it hangs, or how it went, or what it was."""
    places = {"when": one.when, "who": one.who, "what": one.chosen, "rival": rival}
    if is_contested:
        return words("review.ask_flip", contest=one.contest, **places)
    if one.mark:
        return words("review.ask_badly" if one.came == "badly" else "review.ask_well", **places)
    return words(f"review.ask_{one.stands}", **places)


def _with_people(argument: Argument, note: DecisionNote | None) -> Argument:
    """An argument with what the people said of that choice, and how they voted."""
    if note is None:
        return argument
    of_this = [voice for voice in note.voices if voice.choice == argument.chosen] or note.voices
    voices = tuple(dict.fromkeys((voice.text, voice.who) for voice in of_this))
    if note.why and not voices:
        voices = ((note.why, ""),)
    return attrs.evolve(argument, voices=voices, votes=note.votes if argument.chosen in note.votes else "")


def _on_the_board(words: Words, notes: Sequence[DecisionNote], ending: Ending | None) -> Iterator[_Candidate]:
    """Decisions of people by what followed from them on the board, the reasons given and how they voted."""
    causes = ending.what_if if ending is not None else ()
    most = max((one.weight for one in causes), default=1) or 1
    for note in notes:
        chosen = ", ".join(note.chosen)
        followed = next((one for one in causes if one.turn == note.turn and _is_of(one, note)), None)
        why = [words("review.why_moved", what=moved_words(followed))] if followed is not None else []
        score = _BIG * followed.weight / most if followed is not None else 0.0
        score += _of_people(words, note, why)
        if why:
            asked = words("review.ask_decision", when=note.when, who=note.who, what=chosen)
            argument = Argument(
                step=note.steps[0],
                turn=note.turn,
                when=note.when,
                who=note.who,
                chosen=chosen,
                rival="",
                why=tuple(why),
                ask=asked,
                is_weighed=False,
                lens="",
                parts=note.chosen,
            )
            yield _Candidate(score, _with_people(argument, note))


def _is_of(cause: StoryCause, note: DecisionNote) -> bool:
    return cause.seat == note.seat and any(cause.title.endswith(f": {label}") for label in note.chosen)


def moved_words(cause: StoryCause) -> str:
    """What a cause moved most, in a few words, such as "Trust −8, Talks: open"."""
    largest = sorted(cause.changes, key=lambda one: one.kind == "meter" and -abs(one.amount))[:3]
    return ", ".join(
        f"{one.short}: {one.value}" if one.value else f"{one.short} {signed(one.amount)}" for one in largest
    )
