"""`python -m tabletop`: the same as the command `tabletop`."""

from tabletop.cli import run

if __name__ == "__main__":
    run()
