"""A small pack in four files that is sound in every respect, for tests that put one mistake into it."""

from __future__ import annotations

FERRY = {
    "scenario.yaml": """\
id: ferry
title: The Ferry
version: "1.0"
summary: Two villages, one ferry.
player: east
seats:
  - id: east
    name: East
    brief: You own the ferry.
    resources: [{id: hours, name: Hours, start: 2, most: 4, refresh: 2}]
    objectives: [{id: peace, text: Quiet nights., points: trust}]
  - {id: west, name: West, brief: You need the ferry.}
stages:
  - id: days
    title: The days
    turn: day
    turns: 3
    dates: [Monday, Tuesday, Wednesday]
    then: night
    until: ferry == sunk
    phases:
      - {id: dawn, title: Dawn, deal: events}
      - {id: work, title: Work, seats: [east, west], order: simultaneous, picks: {east: 2}}
      - {id: vote, title: Vote, seats: [east], may_pass: false}
  - id: night
    title: The night
    turn: hour
    turns: 2
    phases:
      - {id: dark, title: Dark, seats: [west], when: trust > 0}
endings:
  - {id: sunk, title: Sunk, text: The ferry is gone., when: ferry == sunk, tone: bad}
  - {id: friends, title: Friends, text: They share it., when: trust > 60 and agreed, tone: good}
  - {id: quarrel, title: Quarrel, text: They shout., tone: mixed}
""",
    "board.yaml": """\
meters:
  - {id: trust, name: Trust, start: 50, good_for: [east], bad_for: [west]}
tracks:
  - {id: plank, name: Planks, steps: 3}
variables:
  - {id: ferry, values: [idle, running, sunk], start: idle}
  - {id: agreed, start: false}
  - {id: debt, range: [0, 20], start: 0}
hidden:
  - {id: mood, name: Mood, values: [calm, sour], prior: [100 - sourness, sourness], known_to: [west]}
assumptions:
  - id: sourness
    title: How sour West is
    value: 40
    range: [0, 100]
    alternatives: [{value: 60, held_by: pessimists}]
    case_for: They have waited long.
    case_against: They have waited patiently.
  - id: rain_matters
    title: Rain matters
    value: true
    alternatives: [{value: false, held_by: sailors}]
    case_for: Rivers rise.
    case_against: Boats float.
""",
    "cards.yaml": """\
decks: [{id: events, name: Events}]
cards:
  - id: flood
    deck: events
    title: The River Rises
    text: Water stands in the lower street, and the landing is gone.
    eligible: rain_matters and trust < 90
    turns: [1, 3]
    effects:
      - {change: trust, by: -5, why: Everybody blames the ferryman.}
      - {set: ferry, to: sunk, when: plank == 0 and debt > 10, why: Nobody had mended the hull.}
    choices:
      - seat: east
        prompt: Do you cross?
        when: ferry == running
        options:
          - {id: cross, label: Cross, tags: [brave], effects: [{change: trust, by: 5, why: They see you come.}]}
          - {id: stay, label: Stay, tags: [slow], effects: []}
  - {id: fair, deck: events, title: A Fair, text: Music on both banks., effects: [{roll: dance}]}
tables:
  - id: dance
    title: The dance
    outcomes:
      - {id: merry, weight: 10, modifiers: [{by: 5, when: mood == calm, why: They like the tune.}]}
      - {id: brawl, weight: 5, effects: [{change: trust, by: -3, why: Somebody fell in.}]}
""",
    "play.yaml": """\
actions:
  - id: mend
    label: Mend {count} planks
    text: Tar, nails and a long afternoon.
    seats: [east]
    phases: [work]
    cost: {hours: 1}
    parameters: [{name: count, values: ["1", "2"], labels: [one, two]}]
    requires: plank + {count} <= 3 and ferry != sunk
    tags: [careful]
    effects: [{change: plank, by: "{count}", why: "{count} planks are new."}]
  - id: run
    label: Run the ferry
    seats: [east]
    phases: [vote]
    requires: ferry == idle
    tags: [brave]
    effects: [{set: ferry, to: running, why: The bell rings.}]
  - id: rest
    label: Rest
    seats: [east]
    phases: [vote]
    effects: [{change: debt, by: 2, why: Bread costs money.}]
  - id: agree
    label: Agree
    seats: [west]
    phases: [work, dark]
    requires: not agreed and ferry == running
    effects: [{set: agreed, to: true, why: They shake hands.}]
  - {id: sulk, label: Sulk, seats: [west], phases: [work, dark], effects: [{change: trust, by: -1, why: Silence.}]}
rules:
  - {id: habit, title: Habit, at: dark, when: agreed, effects: [{change: trust, by: 1, why: They get used to it.}]}
doctrines:
  - id: careful
    seat: east
    name: The careful
    rules:
      - {tag: slow}
      - {play: mend, using: {count: "2"}, when: plank < 1}
      - {play: mend}
      - {play: run, when: plank >= 2, odds: 80}
      - {play: run, when: debt > 2}
      - {play: rest}
  - {id: shy, seat: west, name: The shy, rules: [{play: agree, odds: 30}, {play: sulk}]}
experiments:
  - id: mending_pays
    title: Mending pays
    measure: points_east
    among: outcome != quarrel
    higher: {players: {east: careful}}
    lower: {players: {east: random}}
""",
}
