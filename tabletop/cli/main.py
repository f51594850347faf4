"""The command `tabletop`: its subcommands, and how it starts and ends."""

from __future__ import annotations

import gc
import sys

import click

from tabletop import __version__
from tabletop.cli.balance import balance
from tabletop.cli.bench import bench
from tabletop.cli.cache import cache
from tabletop.cli.compare import compare
from tabletop.cli.facilitate import facilitate
from tabletop.cli.host import host
from tabletop.cli.new import new
from tabletop.cli.packs import check, scenarios, schema
from tabletop.cli.play import play
from tabletop.cli.print_kit import print_kit
from tabletop.cli.review import review
from tabletop.cli.sessions import replay, resume, sessions
from tabletop.cli.simulate import simulate
from tabletop.cli.translate import translate
from tabletop.cli.window import screenshot


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tabletop")
def main() -> None:
    """Policy-scenario games for the table: play them, run them, take their arguments apart.

    'tabletop play' starts the scenario that is played when none is named; 'tabletop scenarios' lists them all.
    """


for _command in (
    play,
    facilitate,
    host,
    scenarios,
    check,
    new,
    translate,
    schema,
    simulate,
    balance,
    compare,
    bench,
    cache,
    print_kit,
    resume,
    screenshot,
    sessions,
    replay,
    review,
):
    main.add_command(_command)


def run() -> None:
    """The command `tabletop`, whatever it was started with: streams may be closed, and a disk may be full."""
    from tabletop.cli.streams import finished, prepare

    # Nearly all that a command loads stays: looking for garbage in it again and again takes a tenth of the start.
    gc.set_threshold(50_000)
    prepare()
    _hear_interrupts()
    sys.exit(finished(main))


def _hear_interrupts() -> None:
    """Whoever sits at a terminal is heard when they press Ctrl-C.

    A script that opens a terminal in the background has had it ignored, and hands that on to all that runs in there.
    """
    import signal

    if sys.stdin is not None and sys.stdin.isatty() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
