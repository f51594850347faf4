"""The window from the command line: whether there can be one, and pictures of its screens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, writing
from tabletop.cli.option_types import SEED, HomePath, OneOf, Whole
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from tabletop.session import Journal, Session


def in_window(face: str | None, session: Session | None, journal: Journal, projector: bool = False) -> bool:
    """Plays in the window, from the title screen or at the table of a session; False if it is to be the terminal.

    Raises click.ClickException where a window was asked for and cannot be opened.
    """
    if face == "terminal" or (face is None and not _has_display()):
        if face is None:
            click.echo("There is no display: playing in the terminal.", err=True)
        return False
    from tabletop.window.start import NoWindow, play_in_window

    def opened() -> None:
        click.echo("Playing in the window; '--face terminal' plays here.", err=True)

    try:
        play_in_window(session, journal, projector, opened)
    except NoWindow as error:
        if face == "window":
            raise click.ClickException(str(error)) from None
        click.echo(f"{str(error)[:1].upper()}{str(error)[1:]}. Playing in the terminal.", err=True)
        return False
    return True


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _size(ctx: click.Context, param: click.Parameter, given: str) -> tuple[int, int]:
    """WIDTHxHEIGHT in pixels."""
    from tabletop.scenario.numerals import count
    from tabletop.scenario.problems import quoted

    width, height = (count(side) or 0 for side in given.lower().partition("x")[::2])
    if not (320 <= width <= 7680 and 200 <= height <= 4320):
        raise click.BadParameter(f"{quoted(given)} is no size: write it as 1920x1080, up to 7680x4320", ctx, param)
    return width, height


@click.command()
@click.argument("screen")
@click.option("--size", default="1920x1080", show_default=True, metavar="WxH", callback=_size, help="In pixels.")
@click.option("--text-size", type=Whole(100, 200), default=100, show_default=True, help="In percent.")
@click.option("--theme", type=OneOf(["light", "dark"]), default="dark", show_default=True)
@click.option("--language", type=OneOf(["en", "ko"]), default="en", show_default=True)
@click.option("--scenario", default=DEFAULT_SCENARIO, show_default=True, help="What is on the table: an id or a path.")
@click.option("--seed", type=SEED, default=7, show_default=True, help="The same seed gives the same picture.")
@click.option("--out", type=HomePath(dir_okay=False, allow_dash=True), required=True, metavar="FILE.png")
def screenshot(
    screen: str,
    size: tuple[int, int],
    text_size: int,
    theme: str,
    language: str,
    scenario: str,
    seed: int,
    out: str,
) -> None:
    """Write a picture of a SCREEN of the window, without a display."""
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    from tabletop.window.start import NoWindow, picture_of

    with plain_errors():
        try:
            picture = picture_of(screen, size, text_size, theme, language, scenario, seed)
        except NoWindow as error:
            raise click.ClickException(str(error)) from None
        except LookupError as error:
            raise click.UsageError(str(error.args[0])) from None
        with writing(out) as write:
            write(picture)
