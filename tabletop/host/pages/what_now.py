"""What a facilitator should do now: one sentence, who is missing, and one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.host.run_sheet import RunSheet
from tabletop.host.settings import Settings


@attrs.frozen(kw_only=True)
class Press:
    """A button: the form that it sends (`what`, with its `fields`), and what is on it, by its entry in the catalogue of
    words with its `places`. Without a form it leads `to` an address on the page or in the room."""

    says: str
    what: str = ""
    to: str = ""
    fields: Mapping[str, str] = attrs.field(factory=dict)
    places: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class TeamNow:
    """How a team's vote stands: who is `waited` for by name, and between what it is `tied`. `is_empty` is that nobody
    of it is there, `is_bot` that a bot plays it, `holds_up` that a card waits for its answer and nobody has voted: no
    phase ends before."""

    name: str
    id: str = ""
    waited: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    is_split: bool = False
    is_empty: bool = False
    is_bot: bool = False
    holds_up: bool = False


@attrs.frozen(kw_only=True)
class WhatNow:
    """What is to be done: a sentence by its entry in the catalogue of words, with its `places`, and the one button for
    it. `teams` are those that have to decide, `unapproved` how many wait to be let in, `away` whose devices are silent.
    While questions are asked, so many `have_answered` all of them. `practice` is the button for a vote that counts for
    nothing, where there may be one.
    """

    says: str
    places: Mapping[str, object] = attrs.field(factory=dict)
    press: Press | None = None
    also: Press | None = None
    teams: tuple[TeamNow, ...] = ()
    unapproved: int = 0
    away: tuple[str, ...] = ()
    have_answered: int | None = None
    practice: Press | None = None


def what_now(
    settings: Settings,
    sheet: RunSheet | None,
    plan: tuple[str, str, str] | None,
    teams: Sequence[TeamNow],
    *,
    joined: int,
    unapproved: int,
    away: Sequence[str],
    have_answered: int | None,
    practised: int | None,
    paused: bool,
    finished: bool,
    asks_after: bool,
) -> WhatNow:
    """What to do where a class stands so. `plan` names the first plan of the scenario: its id, its first part, its
    title; `asks_after` is whether the scenario has questions for the end; so many have `practised`, None where there is
    no practice."""
    if practised is not None:
        found: WhatNow | None = _practising(practised, joined)
    else:
        found = _before(settings, sheet, plan, joined) if not settings.started else None
    found = found or (_after(settings, sheet, asks_after=asks_after) if finished else _during(sheet, teams, paused))
    return attrs.evolve(
        found,
        unapproved=unapproved,
        away=tuple(away),
        teams=() if finished else tuple(teams),
        have_answered=have_answered,
    )


def on_to(sheet: RunSheet) -> Press | None:
    """The button to the next part of a class; None behind the last."""
    if sheet.following is None:
        return None
    part = f"{sheet.plan}/{sheet.following.id}"
    return Press(
        says="facilitator-page.on_to", places={"what": sheet.following.title}, what="part", fields={"part": part}
    )


def _practising(practised: int, joined: int) -> WhatNow:
    """While people vote on what is of no consequence."""
    over = Press(says="facilitator-page.practice_over", what="practice-over")
    return WhatNow(says="facilitator-page.now_practice", places={"count": practised, "of": joined}, press=over)


def _before(
    settings: Settings, sheet: RunSheet | None, plan: tuple[str, str, str] | None, joined: int
) -> WhatNow | None:
    """Before the game begins."""
    begin = Press(says="facilitator-page.begin", what="start")
    practice = Press(says="facilitator-page.practice", what="practice")
    if not joined:
        return WhatNow(says="facilitator-page.now_open", press=Press(says="facilitator-page.open_screen", to="table"))
    if sheet is None and plan is not None:
        id, first, title = plan
        press = Press(
            says="facilitator-page.begin_class",
            places={"what": title},
            what="part",
            fields={"part": f"{id}/{first}"},
        )
        joining = WhatNow(says="facilitator-page.now_joining", places={"count": joined}, press=press, also=begin)
        return attrs.evolve(joining, practice=practice)
    following = sheet.following if sheet is not None else None
    if sheet is None or following is None or (sheet.now is not None and sheet.now.turns):
        joining = WhatNow(says="facilitator-page.now_joining", places={"count": joined}, press=begin)
        return attrs.evolve(joining, practice=practice)
    says = "facilitator-page.now_begins" if following.turns else "facilitator-page.now_part"
    also = None if following.turns else begin
    return WhatNow(says=says, places={"what": following.title}, press=on_to(sheet), also=also, practice=practice)


def _during(sheet: RunSheet | None, teams: Sequence[TeamNow], paused: bool) -> WhatNow:
    """While the game is on. The way on is always at hand: whoever is late leaves out turns."""
    further = on_to(sheet) if sheet is not None else None
    if sheet is not None and sheet.now is not None and not sheet.now.turns and further is not None:
        return WhatNow(says="facilitator-page.now_talk", places={"what": sheet.now.title}, press=further)
    if paused:
        return WhatNow(says="facilitator-page.now_paused", press=Press(says="facilitator-page.go_on", what="continue"))
    silent = next((one for one in teams if one.holds_up), None)
    if silent is not None:
        who = {"who": silent.name}
        instead = Press(says="facilitator-page.answer_for", places=who, to=f"#tools-{silent.id}")
        return WhatNow(says="facilitator-page.now_card", places=who, press=instead, also=further)
    end = Press(says="facilitator-page.end_phase", what="end-phase")
    if any(one.tied for one in teams):
        return WhatNow(says="facilitator-page.now_tied", press=end, also=further)
    if any(one.is_empty for one in teams):
        return WhatNow(says="facilitator-page.now_nobody", press=end, also=further)
    if teams and all(one.is_bot for one in teams):
        return WhatNow(says="facilitator-page.now_bots", also=further)
    return WhatNow(says="facilitator-page.now_voting", press=end, also=further)


def _after(settings: Settings, sheet: RunSheet | None, *, asks_after: bool) -> WhatNow:
    """When the verdict is there: the review, the last questions, the files."""
    further = on_to(sheet) if sheet is not None else None
    if further is not None and sheet is not None and sheet.now is not None and not sheet.now.turns:
        return WhatNow(says="facilitator-page.now_talk", places={"what": sheet.now.title}, press=further)
    if further is not None:
        return WhatNow(says="facilitator-page.now_over", press=further)
    if asks_after and settings.asking != "after":
        ask = Press(says="facilitator-page.ask_after", what="settings", fields={"asking": "after"})
        return WhatNow(says="facilitator-page.now_over", press=ask)
    return WhatNow(says="facilitator-page.now_files", press=Press(says="facilitator-page.to_files", to="#files"))
