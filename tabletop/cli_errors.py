"""What the commands of the command line have in common when something goes wrong, or must go somewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import click


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what can go wrong into one line on standard error: status 2 for bad usage, 1 for a failed job."""
    from tabletop.engine.game import UnknownAssumption
    from tabletop.players.casting import PlayerFailed, UnknownPlayer
    from tabletop.scenario.library import UnknownScenario
    from tabletop.scenario.problems import PackError
    from tabletop.session.journal import JournalError

    try:
        yield
    except (UnknownAssumption, UnknownPlayer, UnknownScenario) as error:
        raise click.UsageError(str(error)) from None
    except (PlayerFailed, JournalError) as error:
        raise click.ClickException(str(error)) from None
    except PackError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("the pack cannot be played until this is put right; see 'tabletop check'") from None


def tell_if_plain(players: Iterable[str]) -> None:
    """Says in a line on standard error that players who think do so in plain Python, where that is not by choice."""
    from tabletop.engine.available import is_installed, why_plain

    if any(name.partition(":")[0] == "search" for name in players) and is_installed() and why_plain():
        click.echo(f"Thinking in plain Python, which is slow: {why_plain()}.", err=True)


def put_out(text: str, file: str | None, encoding: str = "utf-8") -> None:
    """Writes a text to a file of the owner's alone, whole or not at all, or to standard output in UTF-8. Raises
    click.ClickException."""
    from tabletop.storage.paths import written
    from tabletop.storage.writing import write_whole

    if file is None or file == "-":
        click.echo(text.encode("utf-8"), nl=False)
        return
    try:
        write_whole(written(file), text.encode(encoding), private=True)
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror or error}") from None
