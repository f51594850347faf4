"""Makes the music and the stingers of set pieces from sines and noise, beside itself, as small OGG files.

python assets/sounds/make_music.py needs numpy and soundfile, which the program itself does not: what it plays is what
this wrote. The same each time.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import numpy as np
import soundfile

RATE = 22_050
HERE = pathlib.Path(__file__).parent
Track = np.ndarray


def hertz(note: float) -> float:
    """The pitch of a note by its MIDI number."""
    return 440.0 * 2 ** ((note - 69) / 12)


def silence(seconds: float) -> Track:
    return np.zeros(int(RATE * seconds))


def times(seconds: float) -> Track:
    return np.arange(int(RATE * seconds)) / RATE


def noise(seconds: float, seed: int, dull: int = 1) -> Track:
    """Noise, as dull as a mean over so many samples makes it."""
    found = np.random.default_rng(seed).uniform(-1, 1, int(RATE * seconds))
    return np.convolve(found, np.ones(dull) / dull, "same") * dull**0.5


def struck(note: float, seconds: float, fall: float = 3.0, bright: float = 0.5) -> Track:
    """A string that is struck: partials that die away, the higher the sooner."""
    t = times(seconds)
    found = sum(
        bright ** (n - 1) * np.sin(2 * np.pi * hertz(note) * n * (1 + 0.0004 * n * n) * t) * np.exp(-fall * n**0.7 * t)
        for n in range(1, 7)
    )
    return found * np.minimum(1, t / 0.004)


def held(note: float, seconds: float, swell: float = 0.35, bright: float = 0.3) -> Track:
    """A soft held tone of a few voices that beat against each other."""
    t = times(seconds)
    shape = np.clip(np.minimum(t / (seconds * swell), (seconds - t) / (seconds * swell)), 0, 1)
    voices = sum(
        bright ** (n - 1) * np.sin(2 * np.pi * hertz(note + off) * n * t + n + 3 * off)
        for n in range(1, 4)
        for off in (-0.05, 0.0, 0.06)
    )
    return voices * np.sin(shape * np.pi / 2) ** 2 / 3


def drum(seconds: float = 1.0, pitch: float = 62.0, seed: int = 1) -> Track:
    """A large drum, far away."""
    t = times(seconds)
    return np.sin(2 * np.pi * pitch * t * (1 - 0.12 * np.minimum(t, 1))) * np.exp(-5 * t) + 0.25 * noise(
        seconds, seed, 24
    ) * np.exp(-16 * t)


def put(track: Track, at: float, what: Track, loud: float = 1.0) -> None:
    """Adds something at a time; what runs over the end comes in at the beginning, so that a loop has no seam."""
    places = (int(at * RATE) + np.arange(len(what))) % len(track)
    np.add.at(track, places, loud * what)


def room(track: Track, wet: float = 0.3, loops: bool = True) -> Track:
    """Some echoes of a room."""
    found = track.copy()
    for delay, share in ((0.083, 0.5), (0.137, 0.4), (0.211, 0.3), (0.347, 0.22), (0.53, 0.15), (0.79, 0.1)):
        back = np.roll(track, int(delay * RATE))
        if not loops:
            back[: int(delay * RATE)] = 0
        found += wet * share * np.convolve(back, np.ones(5) / 5, "same")
    return found


# The beds


def theme() -> Track:
    """Four slow bars in D minor: a question on a piano, and strings that do not answer it."""
    track = silence(25.6)
    chords = [(38, 57, 62, 65), (34, 58, 62, 65), (41, 57, 60, 65), (33, 57, 61, 64)]
    melody = [
        [(0, 74), (2.4, 77), (3.2, 76), (4.8, 74)],
        [(0, 70), (3.2, 74)],
        [(0, 72), (1.6, 69), (3.2, 72)],
        [(0, 73)],
    ]
    for bar, notes in enumerate(chords):
        at = 6.4 * bar
        for note in notes:
            put(track, at, held(note, 7.6), 0.11 if note > 45 else 0.2)
        for beat, note in melody[bar]:
            put(track, at + beat, struck(note, 3.5, 1.3), 0.24)
        put(track, at, struck(notes[0], 4, 1.0, 0.4), 0.2)
    return room(track, 0.5)


def weeks() -> Track:
    """A clock in an office at night, a low string, and now and then a key."""
    track = silence(24.0)
    for tick in range(48):
        click = noise(0.03, 40 + tick % 2, 2) * np.exp(-120 * times(0.03))
        put(track, 0.5 * tick, click, 0.1 if tick % 2 else 0.14)
    for bar, notes in enumerate([(45, 52, 60), (41, 53, 57), (43, 50, 59), (40, 52, 59)]):
        for note in notes:
            put(track, 6.0 * bar, held(note, 7.4), 0.13)
        put(track, 6.0 * bar + 3.0, struck((76, 72, 74, 71)[bar], 3, 1.4), 0.12)
        put(track, 6.0 * bar + 4.0, struck((72, 69, 71, 68)[bar], 3, 1.4), 0.09)
    return room(track, 0.4)


def table() -> Track:
    """Two low tones that lean on each other, and a heartbeat of a drum."""
    track = silence(20.0)
    for bar in range(4):
        low = (38, 37, 36, 37)[bar]
        put(track, 5.0 * bar, held(low, 6.5, 0.4, 0.45), 0.26)
        put(track, 5.0 * bar, held(low + (7, 8, 7, 6)[bar], 6.5, 0.4), 0.12)
        put(track, 5.0 * bar, drum(1.2, 55), 0.3)
        put(track, 5.0 * bar + 0.42, drum(1.0, 52), 0.18)
        put(track, 5.0 * bar + 2.5, struck((69, 68, 65, 68)[bar], 2.4, 1.8), 0.08)
    return room(track, 0.45)


def aftermath() -> Track:
    """Open fifths over a plain where snow falls."""
    track = silence(24.0)
    for bar, notes in enumerate([(43, 50, 62), (40, 52, 59), (36, 55, 60), (38, 50, 57)]):
        for note in notes:
            put(track, 6.0 * bar, held(note, 7.8, 0.45), 0.13)
        for beat in range(3):
            put(track, 6.0 * bar + 1.0 + 1.5 * beat, struck(notes[beat] + 24, 3, 1.2, 0.25), 0.08)
    return room(track, 0.55)


# The stingers


def press_room() -> Track:
    """Type that falls into place, a bell, and the press."""
    track = silence(2.6)
    for number, at in enumerate((0.0, 0.09, 0.21, 0.29, 0.4, 0.47, 0.6, 0.66, 0.78, 0.86)):
        put(track, at, noise(0.05, number, 2) * np.exp(-90 * times(0.05)), 0.5)
    put(track, 0.98, struck(96, 1.2, 3, 0.6), 0.3)
    put(track, 1.1, drum(1.3, 70), 0.8)
    put(track, 1.1, struck(38, 1.5, 2), 0.4)
    return room(track, 0.3, False)


def arrival() -> Track:
    """A drum roll from a square, and brass that has waited a long time."""
    track = silence(4.2)
    for step in range(22):
        put(track, 0.06 * step, drum(0.3, 92, step), 0.06 + 0.012 * step)
    for note in (50, 57, 62, 66):
        put(track, 1.3, held(note, 2.7, 0.2, 0.6), 0.3)
    put(track, 1.3, drum(1.4, 62), 0.9)
    return room(track, 0.4, False)


def reply() -> Track:
    """Paper over a table, and two notes."""
    track = silence(2.2)
    t = times(0.7)
    put(track, 0, noise(0.7, 5, 3) * np.sin(np.pi * t / 0.7) ** 2, 0.3)
    put(track, 0.6, struck(57, 1.5, 2), 0.4)
    put(track, 0.95, struck(53, 1.2, 2), 0.45)
    return room(track, 0.35, False)


def signature() -> Track:
    """The scratch of two pens, a breath, and a chord that comes from far below."""
    track = silence(5.4)
    for begin, seed in ((0.3, 1), (1.5, 2)):
        t = times(1.0)
        stroke = noise(1.0, seed, 2) * (0.3 + np.abs(np.sin(2 * np.pi * (6 + seed) * t))) * np.sin(np.pi * t) ** 0.5
        put(track, begin, stroke, 0.12)
    for note, loud in ((38, 0.4), (45, 0.3), (54, 0.22), (57, 0.2), (62, 0.2), (66, 0.12)):
        put(track, 2.6, held(note, 2.7, 0.28, 0.45), loud)
    put(track, 2.6, drum(1.6, 56), 0.6)
    put(track, 2.9, struck(74, 2.4, 1.2), 0.2)
    return room(track, 0.5, False)


def walk_out() -> Track:
    """A chair, steps, and a door."""
    track = silence(3.2)
    t = times(0.5)
    put(track, 0, noise(0.5, 3, 9) * np.sin(np.pi * t / 0.5) * (1 + np.sin(2 * np.pi * 31 * t)), 0.3)
    for step in range(4):
        put(track, 0.75 + 0.34 * step, drum(0.3, 110, step), 0.34 - 0.05 * step)
    put(track, 2.15, drum(1.0, 74), 0.9)
    put(track, 2.15, held(37, 1.0, 0.2), 0.4)
    return room(track, 0.4, False)


def crisis() -> Track:
    """A horn, twice, and something that comes nearer."""
    track = silence(4.0)
    for begin in (0.0, 1.2):
        for note in (45, 46, 52):
            put(track, begin, held(note, 1.1, 0.15, 0.7), 0.26)
    for beat in range(9):
        put(track, 0.4 * beat, drum(0.5, 58, beat), 0.2 + 0.07 * beat)
    return room(track, 0.35, False)


def averted() -> Track:
    """What was held is let go: a chord opens upward."""
    track = silence(4.0)
    for step, note in enumerate((43, 50, 55, 59, 62, 67)):
        put(track, 0.22 * step, held(note, 3.6 - 0.22 * step, 0.3), 0.24)
        put(track, 0.22 * step, struck(note + 12, 2, 1.6), 0.12)
    return room(track, 0.5, False)


def war() -> Track:
    """One blow, and what is left of it."""
    track = silence(5.0)
    put(track, 0, drum(3.0, 40), 1.3)
    put(track, 0, noise(3.0, 9, 40) * np.exp(-1.6 * times(3.0)), 0.6)
    for note in (33, 34, 40, 46):
        put(track, 0.3, held(note, 4.4, 0.2, 0.6), 0.22)
    return room(track, 0.5, False)


def verdict() -> Track:
    """Two knocks, and a page that is turned for good."""
    track = silence(4.2)
    for at in (0.0, 0.45):
        put(track, at, drum(0.5, 140), 0.7)
    for note in (38, 45, 50, 57):
        put(track, 1.0, held(note, 3.0, 0.25, 0.35), 0.3)
    put(track, 1.0, struck(62, 2.8, 1.2), 0.3)
    return room(track, 0.45, False)


def hush() -> Track:
    """The room goes quiet before an answer."""
    track = silence(2.0)
    for note in (36, 43):
        put(track, 0, held(note, 1.9, 0.3), 0.4)
    return track


BEDS: tuple[Callable[[], Track], ...] = (theme, weeks, table, aftermath)
STINGERS: tuple[Callable[[], Track], ...] = (
    press_room,
    arrival,
    reply,
    signature,
    walk_out,
    crisis,
    averted,
    war,
    verdict,
    hush,
)


def write(name: str, track: Track, peak: float) -> None:
    loudest = float(np.abs(track).max())
    soundfile.write(
        HERE / f"{name}.ogg",
        (track / loudest * peak).astype(np.float32),
        RATE,
        format="OGG",
        subtype="VORBIS",
        compression_level=0.72,
    )


if __name__ == "__main__":
    for make in BEDS:
        write(make.__name__, make(), 0.5)
    for make in STINGERS:
        write(make.__name__, make(), 0.75)
