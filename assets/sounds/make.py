"""Makes the sounds of the table from noise and sines: python assets/sounds/make.py writes them beside itself."""

from __future__ import annotations

import math
import pathlib
import random
import struct
import wave

RATE = 22_050


def envelope(at: float, length: float, attack: float = 0.004, fall: float = 5.0) -> float:
    """How loud it is at a time: up at once, then falling away to nothing at the end."""
    rise = min(1.0, at / attack)
    return rise * math.exp(-fall * at / length) * max(0.0, 1 - at / length)


def paper(length: float, low: float, high: float, seed: int, fall: float = 4.0) -> list[float]:
    """Paper that moves: noise through a filter that slides from one brightness to another."""
    dice, held, past, found = random.Random(seed), 0.0, 0.0, []
    for at in range(int(RATE * length)):
        time = at / RATE
        share = low + (high - low) * time / length
        held += share * (dice.uniform(-1, 1) - held)
        past += 0.08 * (held - past)
        found.append((held - past) * envelope(time, length, 0.006, fall))
    return found


def tone(length: float, pitch: float, partials: tuple[float, ...], fall: float = 6.0) -> list[float]:
    """A struck tone with its partials."""
    return [
        sum(part * math.sin(2 * math.pi * pitch * number * at / RATE) for number, part in enumerate(partials, 1))
        * envelope(at / RATE, length, 0.003, fall)
        for at in range(int(RATE * length))
    ]


def thud(length: float, pitch: float) -> list[float]:
    """Something heavy that comes down: a tone that drops."""
    return [
        math.sin(2 * math.pi * pitch * (at / RATE) * (1 - 0.35 * at / (RATE * length)))
        * envelope(at / RATE, length, 0.002, 7.0)
        for at in range(int(RATE * length))
    ]


def mixed(*tracks: list[float]) -> list[float]:
    return [sum(track[at] for track in tracks if at < len(track)) for at in range(max(map(len, tracks)))]


def scaled(track: list[float], by: float) -> list[float]:
    return [by * value for value in track]


SOUNDS = {
    "press": scaled(paper(0.05, 0.5, 0.3, 1, 6.0), 0.5),
    "refused": scaled(thud(0.11, 130), 0.5),
    "card": mixed(scaled(paper(0.16, 0.25, 0.65, 2), 0.8), scaled(thud(0.06, 180), 0.25)),
    "turn": mixed(scaled(paper(0.24, 0.7, 0.2, 3), 0.8), scaled(tone(0.24, 660, (0.5, 0.2)), 0.18)),
    "tear": scaled(paper(0.22, 0.9, 0.5, 4, 2.0), 0.7),
    "stamp": mixed(scaled(thud(0.2, 95), 0.9), scaled(paper(0.07, 0.6, 0.2, 5), 0.6)),
}


def write(name: str, track: list[float], folder: pathlib.Path) -> None:
    loudest = max(abs(value) for value in track)
    data = b"".join(struct.pack("<h", round(value / max(loudest, 1.0) * 0.7 * 32_767)) for value in track)
    with wave.open(str(folder / f"{name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data)


if __name__ == "__main__":
    for name, track in SOUNDS.items():
        write(name, track, pathlib.Path(__file__).parent)
