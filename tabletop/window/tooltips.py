"""Tooltips of controls: when they appear, and where."""

from __future__ import annotations

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.focus import Attention
from tabletop.window.scene import DrawnControl, Scene
from tabletop.window.text import runs
from tabletop.window.theme import GAP, ROUND, SMALL, TIGHT, TIP_DELAY

_WIDTH = 460.0


def tip_due(scene: Scene, attention: Attention, now: float) -> float | None:
    """Seconds until the tooltip of the hovered or focused control appears; None if there is none or it is shown."""
    drawn = scene.named(attention.active)
    if drawn is None or not drawn.control.tip or attention.pressed:
        return None
    left = attention.since + TIP_DELAY - now
    return left if left > 0 else None


def draw_tip(canvas: Canvas) -> None:
    """Draws the tooltip of the hovered or focused control, if it is due."""
    attention = canvas.attention
    drawn = canvas.scene.named(attention.active)
    if drawn is None or not drawn.control.tip or attention.pressed:
        return
    if canvas.motion.now < attention.since + TIP_DELAY:
        return
    with canvas.on("night"):
        width = min(_WIDTH * canvas.theme.text_size / 100, canvas.box.width - 4 * GAP)
        set_text = canvas.pen.set(runs(drawn.control.tip, SMALL.face), SMALL, width)
        size = canvas.pen.units(set_text.width) + 2 * GAP, canvas.pen.units(set_text.height) + 2 * TIGHT
        box = _beside(drawn, size, canvas.box)
        canvas.layer += 1
        canvas.shadow(box, ROUND)
        canvas.framed(box, canvas.ground.fill, canvas.ground.edge, ROUND)
        canvas.text(set_text, box.inset(GAP, TIGHT))
        canvas.layer -= 1


def _beside(drawn: DrawnControl, size: tuple[float, float], screen: Box) -> Box:
    """The tooltip's box: below the control, or above it if there is no room; always on the screen."""
    width, height = size
    seen = drawn.box.common(drawn.clip)
    x = min(max(TIGHT, seen.centre[0] - width / 2), screen.width - width - TIGHT)
    y = seen.bottom + TIGHT + 4
    if y + height > screen.height - TIGHT:
        y = max(TIGHT, seen.y - height - TIGHT - 4)
    return Box(x, y, width, height)
