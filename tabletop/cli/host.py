"""The command `host`: the classroom server."""

from __future__ import annotations

import contextlib
import tempfile
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, tell
from tabletop.cli.game_options import begun, with_game_options
from tabletop.cli.language import words_of
from tabletop.cli.option_types import SEED, HomePath, OneOf, Whole
from tabletop.cli.sessions import COPY, PLACE, begin_copy, close, opened
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from tabletop.presentation.words import Words
    from tabletop.session import Journal, Session


DEFAULT_PORT = 8000


@click.command()
@click.argument("what", metavar="[SCENARIO|SESSION]", default=DEFAULT_SCENARIO)
@click.option("--host", "host_address", default="0.0.0.0", metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", type=Whole(0, 65535), default=DEFAULT_PORT, show_default=True, help="The port to listen at.")
@click.option(
    "--address", default="", metavar="URL", help="The address by which devices come, if not the laptop's own."
)
@click.option("--rooms", type=Whole(1, 50), default=1, show_default=True, help="How many rooms to open.")
@click.option("--lang", type=OneOf(["en", "ko"]), help="The language of the pages and of what it says here.")
@click.option("--browser/--no-browser", default=True, help="Open the facilitator's page in the browser.")
@click.option("--tls-cert", type=HomePath(exists=True, dir_okay=False), help="A certificate, for https.")
@click.option("--tls-key", type=HomePath(exists=True, dir_okay=False), help="The certificate's key.")
@click.option("--seed", type=SEED, metavar="N", help="Fixes chance: the same seed and decisions give the same game.")
@click.option("--rehearse", is_flag=True, help="Try the class alone: the program plays pupils, and nothing is kept.")
@COPY
@PLACE
@with_game_options
def host(
    what: str,
    host_address: str,
    port: int,
    address: str,
    rooms: int,
    lang: str | None,
    browser: bool,
    tls_cert: str | None,
    tls_key: str | None,
    seed: int | None,
    rehearse: bool,
    copy: str | None,
    place: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Open a room in which a class plays SCENARIO from its phones; or go on with SESSION.

    It prints the address to join by, with a QR code, and opens the facilitator's page. Everything that people do is
    kept at once: after a stop of any kind, `tabletop host SESSION` goes on where it was.
    """
    try:
        from tabletop.host.serve import Serving, serve
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"the classroom server needs a package that is not there ({missing.name}): pip install 'tabletop[host]'"
        ) from None
    from tabletop.session import Journal
    from tabletop.session.save_location import as_option

    if bool(tls_cert) != bool(tls_key):
        raise click.UsageError("--tls-cert and --tls-key go together")
    if tls_cert and tls_key:
        _check_certificate(tls_cert, tls_key)
    if rehearse and (place or copy):
        raise click.UsageError("--rehearse keeps nothing: leave --save and --copy away")
    with plain_errors(), contextlib.ExitStack() as until_the_end:
        journal = Journal(until_the_end.enter_context(tempfile.TemporaryDirectory()) if rehearse else place)
        sessions = _sessions(what, rooms, seed, players, assumptions, journal, copy)
        serving = Serving(
            host=host_address,
            port=port,
            address=address.rstrip("/"),
            certificate=tls_cert,
            key=tls_key,
            browser=browser,
            language=lang or "",
            words=words_of(lang),
            rehearsal=rehearse,
            folder=journal.path.parent,
            again=as_option(journal.path) + (f" --port {port}" if port != DEFAULT_PORT else ""),
        )
        try:
            serve(sessions, serving, click.echo)
        except OSError as error:
            raise click.ClickException(_why_not(error, host_address, port, words_of(lang))) from None
        finally:
            for session in sessions:
                close(session)


def _sessions(
    what: str,
    rooms: int,
    seed: int | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
    journal: Journal,
    copy: str | None,
) -> list[Session]:
    """The sessions to open rooms for: new ones of a scenario, or one that was kept."""
    from tabletop.scenario.library import UnknownScenario, locate

    try:
        locate(what)
    except UnknownScenario:
        if rooms > 1 or seed is not None or players or assumptions:
            raise click.UsageError("--rooms, --seed, --player and --assume are for a new game") from None
        found, notes = opened(journal, what, may_watch=False)
        sessions = [found]
    else:
        notes = []
        sessions = [begun(what, ["all"], seed, players, assumptions, journal)]
        sessions += [_another(sessions[0], seed, journal) for _ in range(rooms - 1)]
    for session in sessions:
        notes += begin_copy(session, copy)
    for note in notes:
        tell(note)
    return sessions


def _another(session: Session, seed: int | None, journal: Journal) -> Session:
    """A session like one that was just begun, by another chance unless a seed was given."""
    from tabletop.session import Session
    from tabletop.session.seeds import fresh_seed

    return Session(
        session.scenario,
        seed=fresh_seed() if seed is None else seed,
        pack=session.heading.pack,
        assumptions=session.assumptions,
        humans=session.humans,
        players=session.players,
        journal=journal,
    )


def _check_certificate(certificate: str, key: str) -> None:
    """Raises ClickException for a certificate that cannot be served with, rather than once a class has come."""
    import ssl

    try:
        # A key with a password has none that is empty: there would be nobody to type it after a restart.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", "") or str(error)
        raise click.ClickException(
            f"{certificate} and {key} cannot be used for https ({why}): both are PEM files, the key belongs to the "
            "certificate, and has no password"
        ) from None


def _why_not(error: OSError, host: str, port: int, words: Words) -> str:
    """Why a port cannot be listened at, and what to do."""
    import errno

    from tabletop.host.preflight import free_port, of_port

    if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)):
        return of_port(port, free_port(host, port)).sentence(words)
    if error.errno == errno.EACCES:
        return words("preflight.port_kept", port=port)
    return words("preflight.port_wrong", host=host, port=port, why=error.strerror or error)
