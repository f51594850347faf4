"""What the commands of the command line have in common when something goes wrong, or must go somewhere."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping

import click


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what can go wrong into one line on standard error: status 2 for bad usage, 1 for a failed job."""
    try:
        yield
    except click.UsageError as error:
        raise click.UsageError(harmless(error.message), error.ctx) from None
    except click.ClickException as error:
        raise click.ClickException(harmless(error.message)) from None
    except Exception as error:
        plain = _in_plain_words(error)
        if plain is None:
            raise
        raise plain from None


def _in_plain_words(error: Exception) -> click.ClickException | None:
    """An error of the program as one of the command line, its problems told; None for any other."""
    # Here, as a command in which nothing goes wrong need not load all that might.
    from tabletop.engine.game import UnknownAssumption
    from tabletop.players.errors import PlayerFailed, UnknownPlayer
    from tabletop.scenario.library import UnknownScenario
    from tabletop.scenario.problems import PackError
    from tabletop.session.errors import JournalError

    if isinstance(error, UnknownAssumption | UnknownPlayer | UnknownScenario):
        return click.UsageError(harmless(str(error)))
    if isinstance(error, PlayerFailed | JournalError):
        return click.ClickException(harmless(str(error)))
    if isinstance(error, PackError):
        for problem in error.problems:
            tell(str(problem), err=True)
        return click.ClickException("the pack cannot be played until this is put right; see 'tabletop check'")
    return None


def tell_if_plain(players: Iterable[str]) -> None:
    """Says in a line on standard error that players who think do so in plain Python, where that is not by choice."""
    from tabletop.engine.compiled.support import is_installed, why_plain

    if any(name.partition(":")[0] == "search" for name in players) and is_installed() and why_plain():
        click.echo(f"Thinking in plain Python, which is slow: {why_plain()}.", err=True)


def tell(line: str, err: bool = False) -> None:
    """Prints a line, in which there may be text from elsewhere, for people."""
    click.echo(harmless(line), err=err)


def harmless(line: str) -> str:
    """A line, in which there may be text from elsewhere, as a terminal may show it."""
    from tabletop.scenario.text_sanitizing import shown

    return shown(line)


def refuse_together(one: str, others: Mapping[str, object], why: str) -> None:
    """Refuses options that `one` leaves nothing to do for, each by its name with what was given. Raises
    click.UsageError."""
    given = [name for name, value in others.items() if value]
    if given:
        raise click.UsageError(f"{one} and {given[0]} cannot both be followed: {why}")


def put_out(text: str, file: str | None, encoding: str = "utf-8") -> None:
    """Writes a text of a session, which its owner alone may read, to a file, or to standard output in UTF-8. Raises
    click.ClickException."""
    from tabletop.storage.output import STANDARD

    if file is None or file == STANDARD:
        click.echo(text.encode("utf-8"), nl=False)
        return
    with writing(file) as write:
        write(text.encode(encoding), private=True)


@contextlib.contextmanager
def writing(out: str | os.PathLike[str]) -> Iterator[Callable[..., None]]:
    """Within it, what is given goes to `write_out`, and what goes wrong is one line. Raises click.ClickException."""
    from tabletop.scenario.problems import printable
    from tabletop.storage.output import write_out

    try:
        yield functools.partial(write_out, out=out)
    except OSError as error:
        raise click.ClickException(f"cannot write {printable(os.fspath(out))}: {error.strerror or error}") from None
