"""Entering: from any screen to the table of a game, new or kept, and what to say if that cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.error_words import bare_words
from tabletop.session import JournalError, Session, SessionBusy, open_session
from tabletop.window.app import App
from tabletop.window.dialogs import Answer, Ask


def enter(app: App, session: Session, notes: Sequence[str] = ()) -> None:
    """Shows the table of a session above the title, and nothing else; what the player should know is said there."""
    from tabletop.window.coach import attach

    session.language = app.words.language
    app.home()
    app.open("table", session=session)
    if session.id == app.settings.lesson:
        attach(app, session)
    said = app.words
    told = [said("entering.not_kept", why=bare_words(said, session.warning))] if session.warning else list(notes)
    if session.watching:
        told.insert(0, said("entering.watching"))
    if told:
        answer = Answer("on", said("entering.to_table"), "o", kind="main")
        app.push(Ask(app, session.scenario.title, " ".join(told), [answer]))


def resume(app: App, id: str | None = None, *, watch: bool = False) -> None:
    """Goes on with a session, by default the one played last; if that cannot be, it is said why."""
    for screen in app.screens:
        if id is not None and getattr(getattr(screen, "session", None), "id", "") == id and screen is not app.top:
            # It is under this screen: open it is already, and nobody else may have it.
            while app.top is not screen:
                app.close(app.top)
            return
    try:
        session, notes = open_session(app.journal, id, watch=watch)
    except SessionBusy as error:
        _offer_to_watch(app, error)
    except JournalError as error:
        tell(app, app.words("entering.cannot"), str(error))
    else:
        enter(app, session, notes)


def _offer_to_watch(app: App, error: SessionBusy) -> None:
    said = app.words
    answers = [
        Answer("watch", said("entering.watch"), "w", lambda: resume(app, error.id, watch=True), kind="main"),
        Answer("leave", said("entering.leave"), "l"),
    ]
    app.push(Ask(app, said("entering.busy"), said("entering.busy_text"), answers))


def tell(app: App, title: str, text: str) -> None:
    """Says something in a dialog."""
    app.push(Ask(app, title, text[:1].upper() + text[1:], [Answer("ok", app.words("entering.ok"), "o", kind="main")]))
