"""Search: a tree over what one seat decides, grown by playouts from positions that the seat holds possible.

Information-set Monte Carlo tree search for a single observer: P. I. Cowling, E. J. Powley and D. Whitehouse,
"Information Set Monte Carlo Tree Search", IEEE TCIAIG 4(2), 2012. Nodes stand for what the seat has done and seen, not
for positions; how often a move could be made counts in the place of visits to its node. Other seats, and the searching
one where the tree ends, follow doctrines; which doctrine the seat goes on with is itself learned. The tree is one flat
run of integers, so that the same functions run in plain Python and compiled.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

from tabletop.engine.bots import bot_move, throw
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
from tabletop.engine.machine import Code, apply, begin, legal, next_to_act
from tabletop.engine.philox import philox
from tabletop.engine.run import Run

Numbers: TypeAlias = Sequence[int]
Room: TypeAlias = MutableSequence[int]

# The head of a tree: how much room is taken and there is, the first node of the root, and the points of all playouts.
NODES, EDGES, MOST_NODES, MOST_EDGES, ROOT, PLAYOUTS, TOTAL, SQUARES = range(8)
#: Then, for each doctrine that the seat may go on with, how often it did and the points that came of it.
DOCTRINES, DOCTRINE_COUNT, FIRST_NODE, FIRST_EDGE = range(8, 12)
TREE_HEAD = 12
PLAYED, POINTS, DOCTRINE = range(3)
DOCTRINE_ROW = 3
NODE_CONTEXT, NODE_NEXT, NODE_EDGES = range(3)
NODE_ROW = 3
EDGE_MOVE, EDGE_NEXT, EDGE_VISITS, EDGE_OPEN, EDGE_TOTAL, EDGE_SQUARES, EDGE_NODES = range(7)
EDGE_ROW = 7

#: How far curiosity goes, in standard deviations of a playout's points.
CURIOSITY = 0.7
DEEPEST = 40
_WORD = 0xFFFFFFFF


def snapshots(
    p: Code,
    s: Room,
    r: Run,
    found: Room,
    cast: Room,
    opening: Numbers,
    size: int,
    casts: Numbers,
    seats: int,
    seat: int,
    games: int,
    turns: int,
    seed: int,
    states: Room,
) -> None:
    """Plays games, each with its row of casts, and puts the state at the seat's first decision of each turn into
    `states`, which has `turns` rows of a state's size for every game and was empty."""
    for game in range(games):
        for place in range(size):
            s[place] = opening[place]
        for place in range(seats):
            cast[place] = casts[game * seats + place]
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


def think(
    p: Code,
    s: Room,
    r: Run,
    found: Room,
    cast: Room,
    path: Room,
    t: Room,
    positions: Numbers,
    size: int,
    casts: Numbers,
    seats: int,
    count: int,
    seat: int,
    seed: int,
    playouts: int,
) -> None:
    """Grows the tree by so many playouts, from each of `count` positions (each with its row of casts) in turn."""
    for _ in range(playouts):
        number = t[PLAYOUTS]
        at = number % count
        for place in range(size):
            s[place] = positions[at * size + place]
        for place in range(seats):
            cast[place] = casts[at * seats + place]
        s[SEED_LOW], s[SEED_HIGH] = philox(number & _WORD, seat, seed), seed
        s[DRAWS] = s[DECISIONS] = 0
        doctrine = doctrine_to_try(t, number)
        cast[seat] = t[doctrine + DOCTRINE]
        steps = descend(p, s, r, found, cast, path, t, seat)
        points = s[p[SCORES] + seat]
        t[PLAYOUTS] += 1
        t[TOTAL] += points
        t[SQUARES] += points * points
        t[doctrine + PLAYED] += 1
        t[doctrine + POINTS] += points
        for step in range(steps):
            edge = path[step]
            t[edge + EDGE_VISITS] += 1
            t[edge + EDGE_TOTAL] += points
            t[edge + EDGE_SQUARES] += points * points


def spread(t: Numbers) -> float:
    """The standard deviation of the points of all playouts so far; 1 while there is none."""
    if t[PLAYOUTS] < 2:
        return 1.0
    mean = t[TOTAL] / t[PLAYOUTS]
    return max(1.0, math.sqrt(max(0.0, t[SQUARES] / t[PLAYOUTS] - mean * mean)))


def doctrine_to_try(t: Numbers, number: int) -> int:
    """The doctrine to go on with where the tree ends: each in turn at first, then the one of most promise."""
    best, most = t[DOCTRINES], -1e300
    width = CURIOSITY * spread(t)
    for at in range(t[DOCTRINE_COUNT]):
        doctrine = t[DOCTRINES] + DOCTRINE_ROW * at
        played = t[doctrine + PLAYED]
        if played == 0:
            return doctrine
        promise = t[doctrine + POINTS] / played + width * math.sqrt(math.log(number + 1.0) / played)
        if promise > most:
            best, most = doctrine, promise
    return best


def descend(p: Code, s: Room, r: Run, found: Room, cast: Numbers, path: Room, t: Room, seat: int) -> int:
    """Plays one game to its end, by the tree as far as it goes, and lets it grow by a node; how many steps it led."""
    steps, growing, above = 0, True, ROOT
    while s[OUTCOME] < 0:
        acting = next_to_act(p, s)
        if acting != seat or not growing:
            apply(p, s, r, acting, bot_move(p, s, r, acting, cast, found))
            continue
        context = ((s[CARD] + 1) * 64 + s[CHOICE]) * 4096 + s[STAGE] * 256 + s[PHASE]
        node = node_below(t, above, context)
        if node < 0:
            growing = False
            if t[NODES] < t[MOST_NODES]:
                node = add_node(t, above, context)
        edge = -1
        if node >= 0:
            suggested = bot_move(p, s, r, seat, cast, found)
            edge = choose(t, node, found, legal(p, s, r, seat, found), suggested, s)
        if edge < 0:
            growing = False
            apply(p, s, r, seat, bot_move(p, s, r, seat, cast, found))
            continue
        path[steps] = edge
        steps += 1
        above = edge + EDGE_NODES
        growing = growing and steps < DEEPEST
        apply(p, s, r, seat, t[edge + EDGE_MOVE])
    return steps


def node_below(t: Numbers, above: int, context: int) -> int:
    """The node of a context in the list that begins at `above`; -1 where there is none."""
    node = t[above]
    while node > 0:
        if t[node + NODE_CONTEXT] == context:
            return node
        node = t[node + NODE_NEXT]
    return -1


def add_node(t: Room, above: int, context: int) -> int:
    """A new node in the list that begins at `above`."""
    node = t[FIRST_NODE] + NODE_ROW * t[NODES]
    t[NODES] += 1
    t[node + NODE_CONTEXT], t[node + NODE_NEXT], t[node + NODE_EDGES] = context, t[above], 0
    t[above] = node
    return int(node)


def choose(t: Room, node: int, found: Numbers, count: int, suggested: int, s: Numbers) -> int:
    """The edge to follow among the legal moves: what the doctrine suggests where it is untried, then any other that is
    untried, then the one of most promise. -1 where there is no room for another edge."""
    best, most, untried = -1, -1e300, 0
    width = CURIOSITY * spread(t)
    for at in range(count):
        edge = edge_of(t, node, found[at])
        if edge < 0:
            return -1
        t[edge + EDGE_OPEN] += 1
        visits = t[edge + EDGE_VISITS]
        if visits == 0:
            if found[at] == suggested:
                best, most = edge, 1e300
            untried += 1
            if most < 1e300 and throw(s, 63, untried, untried) == 0:
                best = edge
        elif untried == 0:
            promise = t[edge + EDGE_TOTAL] / visits + width * math.sqrt(math.log(t[edge + EDGE_OPEN]) / visits)
            if promise > most:
                best, most = edge, promise
    return best


def edge_of(t: Room, node: int, move: int) -> int:
    """The edge of a move at a node, new if need be; -1 where there is no room."""
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
