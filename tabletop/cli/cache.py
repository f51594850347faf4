"""The command for the cache: where it is, what is in it, and how to be rid of it."""

from __future__ import annotations

import click

from tabletop.cli.errors import plain_errors


@click.command()
@click.option("--clear", is_flag=True, help="Take everything out of it: compiled kernels, parsed packs, last reports.")
def cache(clear: bool) -> None:
    """Say where the cache is and how large; or empty it with --clear.

    All in it is made anew when it is wanted. No game, setting or scenario is in there.
    """
    from tabletop.storage.cache import cache_root, contents, empty

    root = cache_root()
    if root is None:
        click.echo("There is no cache, as nobody says where your home is.")
        return
    with plain_errors():
        if clear:
            try:
                empty(root)
            except OSError as error:
                raise click.ClickException(f"cannot empty {root}: {error.strerror or error}") from None
            click.echo(f"{root} is empty.")
            return
        found = contents(root)
    files = "1 file" if found.files == 1 else f"{found.files:,} files"
    click.echo(f"{root}: {files}, {found.bytes / 1e6:.1f} MB. 'tabletop cache --clear' empties it.")
