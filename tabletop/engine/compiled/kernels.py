"""Kernels: loops over whole games that are compiled together with the machine."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tabletop.engine.bots import bot_move
from tabletop.engine.compiled.array_execution import value
from tabletop.engine.compiled.int64_pointers import fixed_words, keep_alive, words
from tabletop.engine.ismcts import MAX_DEPTH, Searcher, Trial, run_playouts, snapshots
from tabletop.engine.layout import CARD_PLACE, CARD_ROW, CARDS, MOVE_COUNT, OUTCOME, SCORES, SEED_HIGH, SEED_LOW
from tabletop.engine.machine import apply, begin, next_to_act
from tabletop.engine.playing_on import Results, Rows, play_rows
from tabletop.engine.playout import Playout, Starts

Array = Any
Words = Any


def start_game(p: Words, s: Words, r: Words, opening: Array, seed: int) -> None:
    """Copies an opening into the state and runs it to the first decision."""
    for place in range(opening.shape[0]):
        s[place] = opening[place]
    s[SEED_LOW] = seed & 0xFFFFFFFF
    s[SEED_HIGH] = (seed >> 32) & 0xFFFFFFFF
    begin(p, s, r)


class Games(NamedTuple):
    """Games from one opening: the code and empty execution context of a loaded program, and the players of the seats
    (`cast`; a row for each game where they differ)."""

    code: Array
    run: Array
    opening: Array
    cast: Array


class Measures(NamedTuple):
    """What is measured: formulas, at the end of a game or at its first decision where `until` holds (-1: at the end).

    `results` has a row for each game, and `counted` says which of them count.
    """

    formulas: Array
    until: int
    results: Array
    counted: Array


class Uses(NamedTuple):
    """A row for each move, then for each card: the number of games in which it was made or came up, and the sum and the
    sum of squares of its owner's (a seat's) points in these games; or no rows."""

    owners: Array
    sums: Array


def play_on(play: Playout, limit: int, until: int, last_made: Array, number: int) -> bool:
    """Plays to the end, or to the first decision where the formula `until` holds (-1: none); False if the limit of
    decisions was reached first. Writes `number` into `last_made` for every move made, unless that array is empty."""
    p, s, r, found, cast = play
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


def final_states(games: Games, first: int, limit: int, states: Array) -> int:
    """Plays as many games as `states` has rows, with seeds from `first` on, and writes their last states there.

    Returns the number of the first game that did not end within the limit of decisions, or -1.
    """
    code, run, opening, cast = games
    p, c = fixed_words(code), fixed_words(cast)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found = words(core), words(own_run), words(room)
    play, nothing_told = Playout(p, s, r, found, c), np.zeros(0, dtype=np.int64)
    for number in range(states.shape[0]):
        start_game(p, s, r, opening, first + number)
        if not play_on(play, limit, -1, nothing_told, number):
            return number
        for place in range(states.shape[1]):
            states[number, place] = s[place]
    keep_alive((core, own_run, room))
    return -1


def figures(games: Games, first: int, limit: int, measures: Measures, uses: Uses) -> int:
    """Plays games with seeds from `first` on, measures them, and adds up what they used.

    Returns the same as `final_states`.
    """
    code, run, opening, cast = games
    p, c = fixed_words(code), fixed_words(cast)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found = words(core), words(own_run), words(room)
    play, until, sums = Playout(p, s, r, found, c), measures.until, uses.sums
    last_made = np.full(sums.shape[0], -1, dtype=np.int64)
    for number in range(measures.results.shape[0]):
        start_game(p, s, r, opening, first + number)
        if not play_on(play, limit, until, last_made, number):
            return number
        measures.counted[number] = until < 0 or value(p, s, r, until) != 0
        for at in range(measures.formulas.shape[0]):
            measures.results[number, at] = value(p, s, r, measures.formulas[at])
        for at in range(sums.shape[0]):
            if at < p[MOVE_COUNT]:
                used = last_made[at] == number
            else:
                used = s[p[p[CARDS] + CARD_ROW * (at - p[MOVE_COUNT]) + CARD_PLACE]] != 0
            if used:
                points = s[p[SCORES] + uses.owners[at]]
                sums[at, 0] += 1
                sums[at, 1] += points
                sums[at, 2] += points * points
    keep_alive((core, own_run, room))
    return -1


def take_snapshots(games: Games, seat: int, turns: int, seed: int, states: Array) -> None:
    """`ismcts.snapshots` over arrays; `states` has a row for each game and turn."""
    code, run, opening, casts = games
    p, o, c = fixed_words(code), fixed_words(opening), fixed_words(casts)
    core, own_run, room = opening.copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    own_cast = np.zeros(casts.shape[1], dtype=np.int64)
    s, r, found, cast, out = words(core), words(own_run), words(room), words(own_cast), words(states)
    starts = Starts(o, opening.shape[0], c, casts.shape[1], casts.shape[0])
    play = Playout(p, s, r, found, cast)
    snapshots(play, starts, seat, turns, seed, out)
    keep_alive((core, own_run, room, own_cast))


def play_out(code: Array, run: Array, tree: Array, positions: Array, casts: Array, who: Searcher, told: Trial) -> None:
    """`ismcts.run_playouts` over arrays; `positions` and `casts` have equally many rows."""
    p, t, from_, c = fixed_words(code), words(tree), fixed_words(positions), fixed_words(casts)
    core, own_run, room = positions[0].copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    own_cast, steps = np.zeros(casts.shape[1], dtype=np.int64), np.zeros(MAX_DEPTH + 1, dtype=np.int64)
    s, r, found, cast, path = words(core), words(own_run), words(room), words(own_cast), words(steps)
    starts = Starts(from_, positions.shape[1], c, casts.shape[1], positions.shape[0])
    trial = Trial(fixed_words(told.moves), told.tried, told.first, told.playouts, words(told.points))
    play = Playout(p, s, r, found, cast)
    run_playouts(play, path, t, starts, who, trial)
    keep_alive((core, own_run, room, own_cast, steps))


def play_rows_on(
    code: Array, run: Array, cast: Array, played: Rows, seed: int, playouts: int, measured: Results
) -> None:
    """`playing_on.play_rows` over arrays; the positions, rows and results have a row for each of theirs."""
    p, c = fixed_words(code), fixed_words(cast)
    core, own_run, room = played.positions[0].copy(), run.copy(), np.zeros(code[MOVE_COUNT] + 1, dtype=np.int64)
    s, r, found = words(core), words(own_run), words(room)
    rows = Rows(fixed_words(played.positions), played.size, fixed_words(played.rows), played.played)
    results = Results(fixed_words(measured.places), measured.measured, words(measured.values))
    play = Playout(p, s, r, found, c)
    play_rows(play, rows, seed, playouts, results)
    keep_alive((core, own_run, room))
