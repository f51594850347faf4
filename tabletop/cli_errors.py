"""What the commands of the command line have in common when something goes wrong, or must go somewhere."""

from __future__ import annotations

import contextlib
import os
import pathlib
from collections.abc import Iterator

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


def put_out(text: str, file: str | None, encoding: str = "utf-8") -> None:
    """Writes a text to a file, whole or not at all, or to standard output in UTF-8. Raises click.ClickException."""
    if file is None or file == "-":
        click.echo(text.encode("utf-8"), nl=False)
        return
    path = pathlib.Path(file).absolute()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            unfinished.write_bytes(text.encode(encoding))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror or error}") from None
