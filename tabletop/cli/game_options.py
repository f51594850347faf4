"""What the commands that begin games have in common: who plays, what is assumed, and by which chance."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import tell_if_plain
from tabletop.cli.option_types import FIRST_SEED, Seconds, pairs

if TYPE_CHECKING:
    from tabletop.scenario.pack import Scenario
    from tabletop.session import Journal, Session

_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _take_limit(ctx: click.Context, param: click.Parameter, given: float | None) -> None:
    """Hands the limit on to whatever casts players, in this process and those that it starts."""
    if given is not None:
        os.environ["TABLETOP_BOT_LIMIT"] = str(given)


bot_limit = click.option(
    "--bot-limit",
    type=Seconds(0, 7 * 24 * 3600),
    metavar="SECONDS",
    expose_value=False,
    callback=_take_limit,
    help="How long a player of your own may take for a decision; 0 for any time.  [default: TABLETOP_BOT_LIMIT or 60]",
)

#: The option --seed of a command that plays many games.
first_seed = click.option(
    "--seed",
    type=FIRST_SEED,
    default=0,
    show_default=True,
    metavar="N",
    help="The first game's seed; the next has the next.",
)


def with_game_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command --bot-limit, --player and --assume."""
    options = (
        bot_limit,
        click.option(
            "--player",
            "players",
            multiple=True,
            metavar="SEAT=NAME",
            callback=pairs,
            help="Who plays a seat: random, a doctrine, package.module:Class or file.py:Class; 'all=…' for all seats.",
        ),
        click.option(
            "--assume",
            "assumptions",
            multiple=True,
            metavar="NAME=VALUE",
            help="Change an assumption, or take a whole worldview by its name, such as 'critics'.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def begun(
    scenario: str,
    seats: Sequence[str],
    seed: int | None,
    players: dict[str, str],
    assumptions: Sequence[str],
    journal: Journal | None,
    auto: bool = False,
) -> Session:
    """A new session; no person plays in it if it is to run on its `auto`. Raises click.UsageError, and what loading a
    pack and casting do."""
    from tabletop.session import Session
    from tabletop.session.pack_cache import load_quickly
    from tabletop.session.seeds import fresh_seed

    noun = load_quickly(scenario)
    session = Session(
        noun,
        seed=fresh_seed() if seed is None else seed,
        pack=scenario,
        assumptions=assumed(noun, assumptions),
        humans=() if auto else people_of(noun, seats, players),
        players=players,
        journal=journal,
    )
    tell_if_plain(session.players.values())
    return session


def people_of(scenario: Scenario, seats: Sequence[str], players: dict[str, str]) -> tuple[str, ...]:
    """The seats that people play: those asked for, or the solo seat. Raises click.UsageError for what is no seat, or is
    asked for both for a person and for a bot."""
    from tabletop.scenario.problems import nearest, quoted

    known = [seat.id for seat in scenario.seats]
    for seat in seats:
        if seat not in known and seat != "all":
            near = nearest(seat, known)
            hint = f"; did you mean '{near}'?" if near else ""
            raise click.UsageError(f"there is no seat {quoted(seat)} (there are {', '.join(known)}){hint}")
        if seat in players:
            raise click.UsageError(f"{seat} is either for a person (--seat) or for a bot (--player), not for both")
    if "all" in seats:
        return tuple(seat for seat in known if seat not in players)
    return tuple(dict.fromkeys(seats)) or tuple(seat for seat in (scenario.player,) if seat not in players)


def assumed(scenario: Scenario, given: Sequence[str]) -> dict[str, int | bool]:
    """The assumptions that differ: each NAME=VALUE, and the worldviews for what no NAME=VALUE says otherwise.

    Raises click.UsageError for what is neither, and for what cannot both be followed.
    """
    from tabletop.scenario.problems import quoted

    single: dict[str, int | bool] = {}
    whole: dict[str, int | bool] = {}
    held = ""
    worldviews = {worldview.id: worldview.values for worldview in scenario.worldviews}
    for one in given:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not sign and name in worldviews:
            if held not in ("", name):
                raise click.UsageError(f"'{held}' and '{name}' are two worldviews: a game is played under one")
            held, whole = name, worldviews[name]
        elif not value:
            known = ", ".join(worldviews) or "none"
            raise click.UsageError(f"--assume {quoted(one)} is no NAME=VALUE and no worldview (there are {known})")
        else:
            number = _value(name, value)
            if single.setdefault(name, number) != number:
                raise click.UsageError(f"the assumption {quoted(name)} is given twice, with different values")
    return whole | single


def _value(name: str, value: str) -> int | bool:
    from tabletop.scenario.numerals import whole
    from tabletop.scenario.problems import quoted

    if value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    number = whole(value)
    if number is None:
        raise click.UsageError(
            f"{quoted(value)} is no value for the assumption {quoted(name)}: write true, false or a whole number"
        )
    return number
