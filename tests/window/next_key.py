"""The key with which somebody who only wants to go on does so, from what is on the screen."""

from __future__ import annotations

from tabletop.window.app import App


def next_key(app: App) -> int:
    """A key of the topmost screen: the first move that is open, or what hands it in, confirms or closes."""
    shown = [one for one in app.top.scene.controls if one.control.letter and not one.control.why_not]
    letters = {one.name: one.control.letter for one in shown}
    if "turn_over" in letters:
        return ord(letters["turn_over"])
    moves = [letter for name, letter in letters.items() if name.startswith("play.")]
    return ord((moves or [letters.get("do") or letters.get("done", "\r")])[0])
