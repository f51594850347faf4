"""The facts and courses that pictures of saved games show, found out once and kept in the user's cache."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.saved_game import SavedGame, saved_game
from tabletop.session import Journal, JournalError, Session, open_session
from tabletop.session.facilitator_view import public
from tabletop.session.journal import Kept
from tabletop.session.meter_courses import meter_courses
from tabletop.storage.cache import Cache
from tabletop.window.background_work import Job

# A change of what is in a glimpse makes all that are in the cache worthless.
_FORMAT = 4


class SaveThumbnails:
    """The glimpses of a journal's sessions; those that have changed since are looked at again."""

    def __init__(self, journal: Journal, folder: pathlib.Path | None = None, language: str = "") -> None:
        self._place, self._language = journal.path, language
        self._cache = Cache.of_user("glimpses") if folder is None else Cache(folder)

    def known(self, kept: Kept) -> SavedGame | None:
        """The glimpse of a session from the cache; None if it has none, or has gone on since."""
        found = None if self._cache is None else self._cache.read(self._entry(kept))
        data = {} if found is None else json.loads(found)
        if data.pop("of", None) != self._mark(kept):
            return None
        try:
            return from_plain(SavedGame, data)
        except ValueError:
            return None

    def look(self, kept: list[Kept], job: Job) -> dict[str, SavedGame]:
        """Looks at sessions, which replays them, and keeps what it saw. Raises Cancelled."""
        found = {}
        journal = Journal(self._place)
        try:
            for at, one in enumerate(kept):
                job.tell(at / len(kept), one.heading.title)
                glimpse = self._of(journal, one)
                found[one.heading.id] = glimpse
                self._keep(one, glimpse)
        finally:
            journal.close()
        return found

    def forget(self, kept: Kept) -> None:
        """The session is gone."""
        if self._cache is not None:
            self._cache.forget(self._entry(kept))

    @staticmethod
    def _entry(kept: Kept) -> str:
        return f"{kept.heading.id}.json"

    def _mark(self, kept: Kept) -> list[Any]:
        return [_FORMAT, self._language, kept.heading.digest, kept.standing.commands, kept.standing.updated]

    def _keep(self, kept: Kept, glimpse: SavedGame) -> None:
        if self._cache is not None:
            made = json.dumps({"of": self._mark(kept), **to_plain(glimpse)})
            self._cache.keep(self._entry(kept), made.encode())

    def _of(self, journal: Journal, kept: Kept) -> SavedGame:
        try:
            session, _ = open_session(journal, kept.heading.id, watch=True)
        except JournalError as error:
            return SavedGame(wrong=error.told)
        session.language = self._language
        return seen(session)


def seen(session: Session) -> SavedGame:
    """What can be seen of a session by anybody."""
    perspective = Perspective(session.game.program, "", public(session), humans=session.humans)
    branches, decisions = len(session.branches), len(session.decisions)
    return saved_game(perspective, meter_courses(session), branches=branches, decisions=decisions)
