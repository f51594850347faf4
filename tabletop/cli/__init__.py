"""The command line, a file for each command or group; each imports what it needs when it runs: help is instant."""

from tabletop.cli.main import main, run

__all__ = ["main", "run"]
