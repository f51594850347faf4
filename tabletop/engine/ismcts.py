"""Information-set Monte Carlo tree search: playouts from possible positions, and a tree of the seat's decisions.

Information-set Monte Carlo tree search for a single observer: P. I. Cowling, E. J. Powley and D. Whitehouse,
"Information Set Monte Carlo Tree Search", IEEE TCIAIG 4(2), 2012. A node is what the seat has done and seen, not a
position; the availability count of a move replaces the visit count of its parent. Other seats, and the searching seat
below the tree, follow doctrines.

Root moves are compared with common random numbers: playout n of every move starts in the same position and uses the
same random numbers in each turn, which reduces the variance of differences between moves (A. M. Law, "Simulation
Modeling and Analysis", ch. 11).

All data is in flat integer arrays, so that the same functions run in plain Python and compiled.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from typing import NamedTuple, TypeAlias

from tabletop.engine.bots import THROWS, bot_move, throw
from tabletop.engine.layout import (
    CARD,
    CHOICE,
    DECISIONS,
    DRAWS,
    OUTCOME,
    PHASE,
    SCORES,
    SEED_HIGH,
    SEED_LOW,
    STAGE,
    TURN,
)
from tabletop.engine.machine import apply, begin, legal, next_to_act
from tabletop.engine.philox import philox
from tabletop.engine.playout import Numbers as AnyNumbers
from tabletop.engine.playout import Playout, Starts

Numbers: TypeAlias = Sequence[int]
Room: TypeAlias = MutableSequence[int]

#: In place of a move: the move of the seat's doctrine.
FOLLOW = -2

# The header of a tree: used and available size, root node, and sums of the points of all playouts, shifted right
# so that the sum of their squares fits into 64 bits.
NODES, EDGES, MOST_NODES, MOST_EDGES, PLAYOUTS, TOTAL, SQUARES, FIRST_NODE, FIRST_EDGE, ROOT, SHIFT = range(11)
TREE_HEAD = 11
#: Bits of points whose squares can be summed over all playouts of a decision.
POINT_BITS = 22
NODE_CONTEXT, NODE_NEXT, NODE_EDGES = range(3)
NODE_ROW = 3
EDGE_MOVE, EDGE_NEXT, EDGE_VISITS, EDGE_OPEN, EDGE_TOTAL, EDGE_NODES = range(6)
EDGE_ROW = 6

#: The exploration constant, in standard deviations of a playout's points.
EXPLORATION = 0.7
MAX_DEPTH = 40
#: How often a move is made before its successor becomes a node.
EXPANSION_VISITS = 100
#: Progressive widening below the root: one more move is tried when those tried were made this often each.
WIDENING = 20
#: Random numbers are reserved for this many decisions a turn, so that each turn starts at the same counter.
_A_TURN = 128
_DRAWS = 0xFFFFFF
_WORD = 0xFFFFFFFF


class Searcher(NamedTuple):
    """Who searches: a seat, the doctrine that it follows below the tree, and the seed of its playouts (32 bits)."""

    seat: int
    doctrine: int
    seed: int


class Trial(NamedTuple):
    """The moves, `tried` in number, in playouts numbered from `first` on, and the points: a row for each move."""

    moves: AnyNumbers
    tried: int
    first: int
    playouts: int
    points: AnyNumbers


def snapshots(play: Playout, starts: Starts, seat: int, turns: int, seed: int, states: Room) -> None:
    """Plays a game for each row of casts, all from the first position, and writes the state at the seat's first
    decision of each turn into `states`, which has `turns` rows for every game and was all 0."""
    p, s, r, found, cast = play
    size, seats = starts.size, starts.seats
    for game in range(starts.rows):
        for place in range(size):
            s[place] = starts.positions[place]
        for place in range(seats):
            cast[place] = starts.casts[game * seats + place]
        s[SEED_LOW], s[SEED_HIGH] = game, seed
        begin(p, s, r)
        seen = 0
        while s[OUTCOME] < 0 and s[TURN] <= turns:
            acting = next_to_act(p, s)
            if acting == seat and s[TURN] != seen:
                seen = s[TURN]
                to = (game * turns + seen - 1) * size
                for place in range(size):
                    states[to + place] = s[place]
            apply(p, s, r, acting, bot_move(p, s, r, acting, cast, found))


def run_playouts(play: Playout, path: Room, t: Room, starts: Starts, who: Searcher, trial: Trial) -> None:
    """Plays out each move of a trial equally often, and grows the tree below them.

    Playouts start from each position, with its row of casts, in turn. Playouts of FOLLOW do not grow the tree. `path`
    has room for the steps of one playout.
    """
    p, s, cast = play.code, play.state, play.cast
    size, seats = starts.size, starts.seats
    for playout in range(trial.playouts):
        number = trial.first + playout
        at = number % starts.rows
        for row in range(trial.tried):
            for place in range(size):
                s[place] = starts.positions[at * size + place]
            for place in range(seats):
                cast[place] = starts.casts[at * seats + place]
            cast[who.seat] = who.doctrine
            s[SEED_LOW], s[SEED_HIGH] = philox(number & _WORD, who.seat, who.seed), who.seed
            steps = descend(play, path, t, who.seat, trial.moves[row])
            came = s[p[SCORES] + who.seat]
            trial.points[row * trial.playouts + playout] = came
            if steps > 0:
                short = came >> t[SHIFT]
                t[PLAYOUTS] += 1
                t[TOTAL] += short
                t[SQUARES] += short * short
            for step in range(steps):
                t[path[step] + EDGE_VISITS] += 1
                t[path[step] + EDGE_TOTAL] += came


def spread(t: Numbers) -> float:
    """The standard deviation of the points of all playouts so far; 1 while there is none."""
    if t[PLAYOUTS] < 2:
        return 1.0
    mean = t[TOTAL] / t[PLAYOUTS]
    return max(1.0, math.sqrt(max(0.0, t[SQUARES] / t[PLAYOUTS] - mean * mean)) * (1 << t[SHIFT]))


def descend(play: Playout, path: Room, t: Room, seat: int, move: int) -> int:
    """Plays one game to its end from a decision of the seat: the given move, then moves chosen by the tree, which grows
    by at most one node; returns the number of steps inside the tree."""
    p, s, r, found, cast = play
    steps, turn, above = 0, -1, 0
    growing = move != FOLLOW and t[MOST_NODES] > 0
    is_first = move != FOLLOW
    while s[OUTCOME] < 0:
        acting = next_to_act(p, s)
        if s[TURN] != turn:
            turn = s[TURN]
            s[DECISIONS] = turn * _A_TURN
        s[DRAWS] = s[DECISIONS] * THROWS & _DRAWS
        edge = -1
        if acting == seat and growing:
            if is_first:
                edge = edge_of(t, t[ROOT], move)
            else:
                node, growing = expand_node(t, above, context_of(s))
                if node > 0:
                    suggested = bot_move(p, s, r, seat, cast, found)
                    edge = choose(t, node, found, legal(p, s, r, seat, found), suggested, s)
            if edge > 0:
                path[steps] = edge
                steps += 1
                above = edge
                growing = growing and steps < MAX_DEPTH
                move = t[edge + EDGE_MOVE]
            else:
                growing = False
        if edge > 0 or (is_first and acting == seat):
            is_first = False
            apply(p, s, r, acting, move)
        else:
            apply(p, s, r, acting, bot_move(p, s, r, acting, cast, found))
    return steps


def context_of(s: Numbers) -> int:
    """The key by which the tree distinguishes a seat's decisions."""
    return ((s[CARD] + 1) * 64 + s[CHOICE]) * 4096 + s[STAGE] * 256 + s[PHASE]


def expand_node(t: Room, above: int, context: int) -> tuple[int, bool]:
    """The node of a context after an edge (created once the edge was visited often enough; -1 for none), and whether it
    existed before."""
    node = node_below(t, above + EDGE_NODES, context)
    if node > 0:
        return node, True
    if t[NODES] < t[MOST_NODES] and t[above + EDGE_VISITS] >= EXPANSION_VISITS:
        return add_node(t, above + EDGE_NODES, context), False
    return -1, False


def node_below(t: Numbers, above: int, context: int) -> int:
    """The node of a context in the linked list at `above`; -1 for none."""
    node = t[above]
    while node > 0:
        if t[node + NODE_CONTEXT] == context:
            return node
        node = t[node + NODE_NEXT]
    return -1


def add_node(t: Room, above: int, context: int) -> int:
    """Adds a node to the linked list at `above`."""
    node = t[FIRST_NODE] + NODE_ROW * t[NODES]
    t[NODES] += 1
    t[node + NODE_CONTEXT], t[node + NODE_NEXT], t[node + NODE_EDGES] = context, t[above], 0
    t[above] = node
    return int(node)


def choose(t: Room, node: int, found: Numbers, count: int, suggested: int, s: Numbers) -> int:
    """The edge to follow among the legal moves: the doctrine's move if untried, another untried move when the tried
    ones were visited often enough (progressive widening), else the one with the highest upper confidence bound. -1
    if the tree is full."""
    tried, made = 0, 0
    for at in range(count):
        edge = edge_of(t, node, found[at])
        if edge < 0:
            return -1
        t[edge + EDGE_OPEN] += 1
        made += t[edge + EDGE_VISITS]
        tried += t[edge + EDGE_VISITS] > 0
    best, most, untried = -1, -1e300, 0
    width = EXPLORATION * spread(t)
    widens = made >= WIDENING * tried * tried
    for at in range(count):
        edge = edge_of(t, node, found[at])
        visits = t[edge + EDGE_VISITS]
        if visits == 0 and found[at] == suggested:
            return edge
        if visits == 0 and widens and tried > 0:
            untried += 1
            if throw(s, 63, untried, untried) == 0:
                best, most = edge, 1e300
        elif visits > 0:
            upper_bound = t[edge + EDGE_TOTAL] / visits + width * math.sqrt(math.log(t[edge + EDGE_OPEN]) / visits)
            if upper_bound > most:
                best, most = edge, upper_bound
    return best


def edge_of(t: Room, node: int, move: int) -> int:
    """The edge of a move at a node, created if missing; -1 if the tree is full."""
    edge = t[node + NODE_EDGES]
    while edge > 0:
        if t[edge + EDGE_MOVE] == move:
            return int(edge)
        edge = t[edge + EDGE_NEXT]
    if t[EDGES] >= t[MOST_EDGES]:
        return -1
    edge = t[FIRST_EDGE] + EDGE_ROW * t[EDGES]
    t[EDGES] += 1
    for place in range(edge, edge + EDGE_ROW):
        t[place] = 0
    t[edge + EDGE_MOVE], t[edge + EDGE_NEXT] = move, t[node + NODE_EDGES]
    t[node + NODE_EDGES] = edge
    return int(edge)
