"""Kernels: loops over whole games that are compiled together with the machine."""

from __future__ import annotations

from typing import Any

import numpy as np

from tabletop.engine.bots import bot_move
from tabletop.engine.compiled.array_execution import value
from tabletop.engine.compiled.int64_pointers import fixed_words, keep_alive, words
from tabletop.engine.ismcts import MAX_DEPTH, run_playouts, snapshots
from tabletop.engine.layout import CARD_PLACE, CARD_ROW, CARDS, MOVE_COUNT, OUTCOME, SCORES, SEED_HIGH, SEED_LOW
from tabletop.engine.machine import apply, begin, next_to_act
from tabletop.engine.playing_on import play_rows

Array = Any
Words = Any


def start_game(p: Words, s: Words, r: Words, opening: Array, seed: int) -> None:
    """Copies an opening into the state and runs it to the first decision."""
    for place in range(opening.shape[0]):
        s[place] = opening[place]
    s[SEED_LOW] = seed & 0xFFFFFFFF
    s[SEED_HIGH] = (seed >> 32) & 0xFFFFFFFF
    begin(p, s, r)


def play_on(
    p: Words, s: Words, r: Words, cast: Words, found: Words, limit: int, until: int, last_made: Array, number: int
) -> bool:
    """Plays to the end, or to the first decision where the formula `until` holds (-1: none); False if the limit of
    decisions was reached first. Writes `number` into `last_made` for every move made, unless that array is empty."""
    while s[OUTCOME] < 0 and (until < 0 or value(p, s, r, until) == 0):
        if limit == 0:
            return False
        limit -= 1
        seat = next_to_act(p, s)
        move = bot_move(p, s, r, seat, cast, found)
        if last_made.shape[0] > 0:
            last_made[move] = number
        apply(p, s, r, seat, move)
    return True


def final_states(code: Array, opening: Array, run: Array, cast: Array, first: int, limit: int, states: Array) -> int:
    """Plays as many games as `states` has rows, with seeds from `first` on, and writes their last states there.

    Returns the number of the first game that did not end within the limit of decisions, or -1.
    """
    p, c = fixed_words(code), fixed_words(cast)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found = words(core), words(own_run), words(room)
    nothing_told = np.zeros(0, dtype=np.int64)
    for number in range(states.shape[0]):
        start_game(p, s, r, opening, first + number)
        if not play_on(p, s, r, c, found, limit, -1, nothing_told, number):
            return number
        for place in range(states.shape[1]):
            states[number, place] = s[place]
    keep_alive((core, own_run, room))
    return -1


def figures(
    code: Array,
    opening: Array,
    run: Array,
    cast: Array,
    first: int,
    limit: int,
    measures: Array,
    results: Array,
    until: int,
    counted: Array,
    owners: Array,
    uses: Array,
) -> int:
    """Plays as many games as `results` has rows, and writes the values of the measures there.

    If `until` is not -1, a game is measured at the first decision where that formula holds, and `counted` only if
    there is one.

    `uses` has a row for each move, then for each card: the number of games in which it was made or came up, and the
    sum and the sum of squares of its owner's (a seat's) points in these games; it may have no rows. Returns the same
    as `final_states`.
    """
    p, c = fixed_words(code), fixed_words(cast)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found = words(core), words(own_run), words(room)
    last_made = np.full(uses.shape[0], -1, dtype=np.int64)
    for number in range(results.shape[0]):
        start_game(p, s, r, opening, first + number)
        if not play_on(p, s, r, c, found, limit, until, last_made, number):
            return number
        counted[number] = until < 0 or value(p, s, r, until) != 0
        for at in range(measures.shape[0]):
            results[number, at] = value(p, s, r, measures[at])
        for at in range(uses.shape[0]):
            if at < p[MOVE_COUNT]:
                used = last_made[at] == number
            else:
                used = s[p[p[CARDS] + CARD_ROW * (at - p[MOVE_COUNT]) + CARD_PLACE]] != 0
            if used:
                points = s[p[SCORES] + owners[at]]
                uses[at, 0] += 1
                uses[at, 1] += points
                uses[at, 2] += points * points
    keep_alive((core, own_run, room))
    return -1


def take_snapshots(
    code: Array, opening: Array, run: Array, casts: Array, seat: int, turns: int, seed: int, states: Array
) -> None:
    """`ismcts.snapshots` over arrays; `states` has a row for each game and turn."""
    p, o, c = fixed_words(code), fixed_words(opening), fixed_words(casts)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    own_cast = np.zeros(casts.shape[1], dtype=np.int64)
    s, r, found, cast, out = words(core), words(own_run), words(room), words(own_cast), words(states)
    games, seats = casts.shape
    snapshots(p, s, r, found, cast, o, opening.shape[0], c, seats, seat, games, turns, seed, out)
    keep_alive((core, own_run, room, own_cast))


def play_out(
    code: Array,
    run: Array,
    tree: Array,
    positions: Array,
    casts: Array,
    seat: int,
    doctrine: int,
    seed: int,
    moves: Array,
    first: int,
    points: Array,
) -> None:
    """`ismcts.run_playouts` over arrays; `positions` and `casts` have equally many rows, `points` one for each move."""
    p, t, from_, c, m = fixed_words(code), words(tree), fixed_words(positions), fixed_words(casts), fixed_words(moves)
    core, own_run, room = positions[0].copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    own_cast, steps = np.zeros(casts.shape[1], dtype=np.int64), np.zeros(MAX_DEPTH + 1, dtype=np.int64)
    s, r, found, cast, path, out = (
        words(core),
        words(own_run),
        words(room),
        words(own_cast),
        words(steps),
        words(points),
    )
    count, size = positions.shape
    tried, playouts = points.shape
    run_playouts(
        p, s, r, found, cast, path, t, from_, size, c, casts.shape[1], count, seat, doctrine, seed, m, tried, first,
        playouts, out,
    )  # fmt: skip
    keep_alive((core, own_run, room, own_cast, steps))


def play_rows_on(
    code: Array,
    run: Array,
    positions: Array,
    rows: Array,
    cast: Array,
    seed: int,
    playouts: int,
    places: Array,
    results: Array,
) -> None:
    """`playing_on.play_rows` over arrays; `positions`, `rows` and `results` have a row for each of theirs."""
    p, from_, w, c, m = (
        fixed_words(code),
        fixed_words(positions),
        fixed_words(rows),
        fixed_words(cast),
        fixed_words(places),
    )
    core, own_run, room = positions[0].copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found, out = words(core), words(own_run), words(room), words(results)
    play_rows(p, s, r, found, from_, positions.shape[1], w, rows.shape[0], c, seed, playouts, m, places.shape[0], out)
    keep_alive((core, own_run, room))
