"""Mistakes of authors that were silent or misleading: each told at its place, with its cause and what to do about it."""

from __future__ import annotations

import os
import pathlib

import pytest

import tabletop
from tabletop.scenario.loading import check, load
from tabletop.scenario.problems import Problem
from tests.scenario.ferry import FERRY

Said = tuple[str, str, str, str, str]

#: The file, what stands in it, what the author wrote instead, and what is said: file, place, message, suggestion, weight.
MISTAKES: list[tuple[str, str, str, list[Said]]] = [
    (
        "cards.yaml",
        "title: A Fair, text: Music on both banks.",
        "title: A Fair, text: Music on both banks #2.",
        [
            (
                "cards.yaml",
                "19:70",
                "' #' begins a comment, and what follows it on this line is lost: put the text in quotes",
                "",
                "error",
            ),
        ],
    ),
    (
        "cards.yaml",
        "title: The River Rises\n",
        "title: Landing #4 Floods\n",
        [
            (
                "cards.yaml",
                "5:19",
                "the text is cut off here: ' #' begins a comment. Put the text in quotes, or two spaces before the #",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower street, and the landing is gone.\n",
        "text: Water stands at landing\n      #4 and in\n      the street.\n",
        [
            (
                "cards.yaml",
                "7:7",
                "' #' begins a comment, and what follows it on this line is lost: put the text in quotes",
                "",
                "error",
            ),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower street, and the landing is gone.\n",
        "text: Water stands at\n      landing #4 and in\n      the street.\n",
        [
            (
                "cards.yaml",
                "7:14",
                "' #' begins a comment, and what follows it on this line is lost: put the text in quotes",
                "",
                "error",
            ),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower",
        "text: Water stands {count} feet high in the lower",
        [
            (
                "cards.yaml",
                "6:11",
                "players would read '{count}' as it stands: only actions have parameters; write the word out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "label: Cross,",
        'label: "Cross with {name}",',
        [
            (
                "cards.yaml",
                "17:32",
                "players would read '{name}' as it stands: nothing is put in its place; write the word out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "text: They shout.",
        'text: "They shout {ferry}."',
        [
            (
                "scenario.yaml",
                "34:41",
                "players would read '{ferry}' as it stands: nothing is put in its place; write the word out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "text: Tar, nails",
        'text: "{ count }: tar, nails',
        [
            (
                "play.yaml",
                "4:11",
                "a quotation mark that is never closed: the text runs on to the next one, in line 8",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "text: Tar, nails and a long afternoon.",
        'text: "{plank + 1} planks, and a long afternoon."',
        [
            ("play.yaml", "4:11", "there is no parameter of 'mend' called 'plank + 1'", "", "error"),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower street, and the landing is gone.",
        "text: Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water Water",
        [
            (
                "cards.yaml",
                "6:11",
                "the text of 'flood' has 46 words; a card has at most 45: say it in fewer",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "title: The River Rises",
        "title: The River Rises Over The Road",
        [
            (
                "cards.yaml",
                "5:12",
                "the title of 'flood' has 6 words; a card has at most 5: say it in fewer",
                "",
                "warning",
            ),
        ],
    ),
    (
        "board.yaml",
        "  - {id: agreed, start: false}\n",
        "  - {id: agreed, start: false}\n  - {id: moon, values: [new, full], start: new}\n",
        [
            (
                "board.yaml",
                "8:5",
                "nothing sets the variable 'moon': it stays new; let an effect or an inject do so",
                "",
                "warning",
            ),
        ],
    ),
    (
        "board.yaml",
        "  - {id: plank, name: Planks, steps: 3}\n",
        "  - {id: plank, name: Planks, steps: 3}\n  - {id: rope, name: Rope}\n",
        [
            ("board.yaml", "5:5", "nothing moves the track 'rope': let an effect do so, or take it out", "", "warning"),
        ],
    ),
    (
        "cards.yaml",
        "{set: ferry, to: sunk, when",
        "{set: ferry, to: idle, when",
        [
            (
                "scenario.yaml",
                "20:12",
                "the stage 'days' never ends early: no effect ever makes 'ferry == sunk' true: let one set it, or take the condition out",
                "",
                "warning",
            ),
            (
                "scenario.yaml",
                "32:61",
                "the ending 'sunk' can never come: no effect ever makes 'ferry == sunk' true: let one set it, or take the condition out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "{id: sunk, title: Sunk, text: The ferry is gone., when: ferry == sunk",
        "{id: sunk, title: Sunk, text: The ferry is gone., when: ferry == sunk and trust > 100",
        [
            (
                "scenario.yaml",
                "32:61",
                "the ending 'sunk' can never come: 'trust > 100' never holds: 'trust' goes from 0 to 100",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "  - {id: quarrel",
        "  - {id: love, title: Love, text: A wedding., when: trust > 80 and agreed, tone: good}\n  - {id: quarrel",
        [
            (
                "scenario.yaml",
                "34:53",
                "the ending 'love' can never come: whenever it would, 'friends' comes before it; move it up, or take it out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: ferry == idle\n",
        "requires: ferry == idle and ferry == sunk\n",
        [
            (
                "play.yaml",
                "16:15",
                "'run' can never be done: 'ferry == idle' and 'ferry == sunk' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: plank + {count} <= 3 and ferry != sunk",
        "requires: plank + {count} > 5 and ferry != sunk",
        [
            ("play.yaml", "9:15", "'mend' can never be done: this never holds", "", "warning"),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: not agreed and ferry == running and stage_turn > 3",
        [
            (
                "play.yaml",
                "28:15",
                "'agree' can never be done: 'stage_turn > 3' never holds when it is asked: 'stage_turn' goes from 1 to 3",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "cost: {hours: 1}",
        "cost: {hours: 3}",
        [
            (
                "play.yaml",
                "7:19",
                "'mend' can never be done: it costs 3, and nothing brings 'hours' above 2",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "eligible: rain_matters and trust < 90",
        "eligible: rain_matters and trust < 30 and trust > 60",
        [
            (
                "cards.yaml",
                "7:15",
                "the card 'flood' can never come up: 'trust < 30' and 'trust > 60' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "eligible: rain_matters and trust < 90\n",
        "eligible: stage == night\n",
        [
            (
                "cards.yaml",
                "7:15",
                "the card 'flood' can never come up: 'stage == night' never holds when it is asked",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "when: ferry == running\n",
        "when: ferry == running and ferry == idle\n",
        [
            (
                "cards.yaml",
                "15:15",
                "east is never asked: 'ferry == running' and 'ferry == idle' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "{id: cross, label: Cross,",
        "{id: cross, label: Cross, requires: debt > 5 and debt < 3,",
        [
            (
                "cards.yaml",
                "17:49",
                "the option 'cross' can never be chosen: 'debt > 5' and 'debt < 3' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "when: plank == 0 and debt > 10",
        "when: plank == 0 and plank == 2",
        [
            (
                "cards.yaml",
                "11:38",
                "this effect never happens: 'plank == 0' and 'plank == 2' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "when: mood == calm,",
        "when: mood == calm and mood == sour,",
        [
            (
                "cards.yaml",
                "24:59",
                "this modifier never applies: 'mood == calm' and 'mood == sour' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "at: dark, when: agreed, effects: [{change: trust, by: 1,",
        "at: dark, when: agreed, effects: [{change: trust, by: 1, when: not agreed,",
        [
            (
                "play.yaml",
                "32:94",
                "this effect never happens: 'not agreed' does not go with what must hold before it: leave one of them out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "seats: [west], when: trust > 0}",
        "seats: [west], when: trust > 40 and trust < 30}",
        [
            (
                "scenario.yaml",
                "30:54",
                "the phase 'dark' is never played: 'trust > 40' and 'trust < 30' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "until: ferry == sunk",
        "until: debt > 20",
        [
            (
                "scenario.yaml",
                "20:12",
                "the stage 'days' never ends early: 'debt > 20' never holds: 'debt' goes from 0 to 20",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "    phases: [vote]\n    effects: [{change: debt",
        "    phases: [vote]\n    requires: ferry == idle and ferry == sunk\n    effects: [{change: debt",
        [
            (
                "play.yaml",
                "23:15",
                "'rest' can never be done: 'ferry == idle' and 'ferry == sunk' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "phases: [vote]\n    requires: ferry == idle\n    tags: [brave]\n    effects: [{set: ferry, to: running, why: The bell rings.}]\n  - id: rest\n    label: Rest\n    seats: [east]\n    phases: [vote]\n",
        "phases: [vote]\n    requires: ferry == idle and ferry == sunk\n    tags: [brave]\n    effects: [{set: ferry, to: running, why: The bell rings.}]\n  - id: rest\n    label: Rest\n    seats: [east]\n    phases: [work]\n",
        [
            (
                "play.yaml",
                "16:15",
                "'run' can never be done: 'ferry == idle' and 'ferry == sunk' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
            (
                "scenario.yaml",
                "24:58",
                "east must act in the phase 'vote' and never can: open one of its actions there, or take out 'may_pass'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "    turns: 2\n    phases:",
        "    turns: 2\n    then: days\n    phases:",
        [
            (
                "scenario.yaml",
                "14:5",
                "the stages go round without end (days to night to days), until turn 400 stops them",
                "",
                "warning",
            ),
            (
                "scenario.yaml",
                "25:5",
                "the stages go round without end (night to days to night), until turn 400 stops them",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "dates: [Monday, Tuesday, Wednesday]",
        "dates: [Monday]",
        [
            (
                "scenario.yaml",
                "18:12",
                "'days' has 3 turns, and turns 2 to 3 have no date: name all, or leave 'dates' out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "dates: [Monday, Tuesday, Wednesday]",
        "dates: [Monday, Tuesday, Wednesday, Thursday]",
        [
            (
                "scenario.yaml",
                "18:12",
                "'days' has 3 turns, and the last date never comes: have more turns, or fewer dates",
                "",
                "warning",
            ),
        ],
    ),
    (
        "board.yaml",
        "prior: [100 - sourness, sourness]",
        "prior: [50 - sourness, sourness]",
        [
            (
                "board.yaml",
                "10:58",
                "this weight is -50 where sourness == 100; a weight is at least 0: write max(0, ...)",
                "",
                "warning",
            ),
        ],
    ),
    (
        "board.yaml",
        "prior: [100 - sourness, sourness]",
        "prior: [sourness, sourness * 2]",
        [
            ("board.yaml", "10:57", "no value of 'mood' has a weight above 0 where sourness == 0", "", "warning"),
        ],
    ),
    (
        "play.yaml",
        "      - {play: mend}\n      - {play: run,",
        "      - {play: mend}\n      - {play: mend, when: plank < 2}\n      - {play: run,",
        [
            (
                "play.yaml",
                "41:9",
                "this rule never decides: rule 3 of 'careful' in line 40 takes its moves first; put it before that one, or take it out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        '      - {play: mend, using: {count: "2"}, when: plank < 1}\n',
        '      - {tag: careful}\n      - {play: mend, using: {count: "2"}, when: plank < 1}\n',
        [
            (
                "play.yaml",
                "40:9",
                "this rule never decides: rule 2 of 'careful' in line 39 takes its moves first; put it before that one, or take it out",
                "",
                "warning",
            ),
            (
                "play.yaml",
                "41:9",
                "this rule never decides: rule 2 of 'careful' in line 39 takes its moves first; put it before that one, or take it out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "      - {play: rest}\n",
        "      - {play: run, when: debt > 6}\n      - {play: rest}\n",
        [
            (
                "play.yaml",
                "43:9",
                "this rule never decides: rule 5 of 'careful' in line 42 takes its moves first; put it before that one, or take it out",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "when: plank >= 2, odds: 80}",
        "when: plank >= 2 and plank < 1, odds: 80}",
        [
            ("play.yaml", "41:27", "this rule never decides: 'plank >= 2 and plank < 1' never holds", "", "warning"),
        ],
    ),
    (
        "play.yaml",
        "among: outcome != quarrel",
        "among: outcome == friends and outcome == sunk",
        [
            (
                "play.yaml",
                "49:12",
                "no game is left to be measured: 'outcome == friends' and 'outcome == sunk' exclude one another: leave one out, or write 'or'",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "among: outcome != quarrel",
        "among: trust > 100",
        [
            (
                "play.yaml",
                "49:12",
                "no game is left to be measured: 'trust > 100' never holds: 'trust' goes from 0 to 100",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "measure: points_east",
        "measure: trust - trust + 1 > 200",
        [
            ("play.yaml", "48:14", "this comes out the same in every game: measure what can differ", "", "warning"),
        ],
    ),
    (
        "cards.yaml",
        "{id: stay, label: Stay,",
        "{id: rest, label: Stay,",
        [
            (
                "cards.yaml",
                "18:18",
                "'rest' is also an action of east: a doctrine that plays it would take both; use another id",
                "",
                "warning",
            ),
        ],
    ),
    (
        "board.yaml",
        "bad_for: [west]",
        "bad_for: [west, east]",
        [
            (
                "board.yaml",
                "2:75",
                "east is both in 'good_for' and in 'bad_for' of 'trust': leave it out of one",
                "",
                "warning",
            ),
        ],
    ),
    (
        "play.yaml",
        "  - {id: habit, title: Habit, at: dark, when: agreed, effects: [",
        "  - {id: habit, title: Habit, at: dawn, effects: [{enter: days}, ",
        [
            (
                "scenario.yaml",
                "19:11",
                "no way leads out of 'days', until turn 400 ends the game: enter another stage, or 'end' it",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower street, and the landing is gone.\n",
        "text: Water stands at landing\n      #4\n",
        [
            (
                "cards.yaml",
                "7:7",
                "this line is a comment and no part of the text above: put the text in quotes",
                "",
                "warning",
            ),
        ],
    ),
    (
        "cards.yaml",
        "turns: [1, 3]",
        "turns: [1,003]",
        [
            (
                "cards.yaml",
                "8:12",
                "'turns' wants two whole numbers, such as [0, 100], not a list: this one has 1",
                "",
                "error",
            ),
            ("cards.yaml", "8:15", "a number has no commas: write 1003", "", "error"),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in the lower street, and the landing is gone.",
        'text: "Water stands in the lower street, and the landing is gone.',
        [
            ("cards.yaml", "6:11", "a quotation mark that is never closed", "", "error"),
        ],
    ),
    (
        "play.yaml",
        "label: Run the ferry",
        'label: "Run the ferry',
        [
            (
                "play.yaml",
                "13:12",
                "a quotation mark that is never closed: the text runs on to the next one, in line 39",
                "",
                "error",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "title: Sunk, text: The",
        'title: "Sunk, text: The',
        [
            ("scenario.yaml", "32:23", "a quotation mark that is never closed", "", "error"),
        ],
    ),
    (
        "cards.yaml",
        "title: The River Rises",
        "title: “Water: The River”",
        [
            (
                "cards.yaml",
                "5:12",
                "“ is no quotation mark to YAML: put the text in straight quotes, \" or '",
                "",
                "error",
            ),
        ],
    ),
    (
        "cards.yaml",
        "text: Water stands in",
        "text: {count} feet of water stand in",
        [
            ("cards.yaml", "6:11", "a text that begins with {count} needs quotes: braces begin a mapping", "", "error"),
        ],
    ),
    (
        "board.yaml",
        "value: true",
        "value: yes",
        [
            (
                "board.yaml",
                "21:12",
                "'yes' may be taken for a yes or no: write true, or where text is meant write it in quotes, \"yes\"",
                "",
                "error",
            ),
        ],
    ),
    (
        "board.yaml",
        "{id: agreed, start: false}",
        '{id: agreed, start: "off"}',
        [
            ("board.yaml", "7:25", "unknown name 'off': write false", "", "error"),
        ],
    ),
    (
        "scenario.yaml",
        "may_pass: false",
        'may_pass: "no"',
        [
            ("scenario.yaml", "24:58", "'may_pass' wants true or false, not the text 'no': write false", "", "error"),
        ],
    ),
    (
        "board.yaml",
        "value: 40",
        "value: “40”",
        [
            (
                "board.yaml",
                "14:12",
                "'value' wants a whole number, or true or false, not the text '“40”': write 40",
                "",
                "error",
            ),
        ],
    ),
    (
        "board.yaml",
        "start: 50",
        "start: ５０",
        [
            ("board.yaml", "2:37", "'start' wants a whole number, not the text '５０': write 50", "", "error"),
        ],
    ),
    (
        "scenario.yaml",
        "turns: 2",
        "turns: 2.0",
        [
            ("scenario.yaml", "28:12", "'turns' wants a whole number, not the number 2.0: write 2", "", "error"),
        ],
    ),
    (
        "board.yaml",
        "start: 50",
        "start: 50%",
        [
            ("board.yaml", "2:37", "'start' wants a whole number, not the text '50%': write 50", "", "error"),
        ],
    ),
    (
        "board.yaml",
        "range: [0, 20]",
        'range: [0, "1,000"]',
        [
            (
                "board.yaml",
                "8:23",
                "'range' wants two whole numbers, such as [0, 100], not a list: write 1000 for '1,000'",
                "",
                "error",
            ),
        ],
    ),
    (
        "scenario.yaml",
        "{id: hours, name: Hours, start: 2, most: 4",
        "{id: hours, name: Hours, start: 2, most: 1,000",
        [
            ("scenario.yaml", "10:60", "a number has no commas: write 1000", "", "error"),
        ],
    ),
    (
        "scenario.yaml",
        "most: 4",
        "most: 1_0",
        [
            (
                "scenario.yaml",
                "10:58",
                "'1_0' may be taken for a number: write 10, or where text is meant write it in quotes, \"1_0\"",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        'by: "{count}"',
        "by: {count}",
        [
            (
                "play.yaml",
                "11:35",
                "'by' wants an expression or a whole number, not a mapping: quote what holds braces, \"{count}\"",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "by: 2,",
        "by: 2.5,",
        [
            ("play.yaml", "23:34", "'by' wants an expression or a whole number, not the number 2.5", "", "error"),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry == running && trust > 3",
        [
            (
                "play.yaml",
                "28:15",
                "'ferry == running && trust > 3' does not read as an expression, near '& trust > 3': write 'and' for &&",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry == running || trust > 3",
        [
            (
                "play.yaml",
                "28:15",
                "'ferry == running || trust > 3' does not read as an expression, near '| trust > 3': write 'or' for ||",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry <> sunk",
        [
            (
                "play.yaml",
                "28:15",
                "'ferry <> sunk' does not read as an expression, near '<> sunk': write != for 'is not'",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: IF(agreed, false, true)",
        [
            (
                "play.yaml",
                "28:15",
                "only min( ), max( ) and clamp(x, low, high) can be called: a choice between two amounts is written 'A if condition else B'",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: trust > 40%",
        [
            (
                "play.yaml",
                "28:15",
                "'trust > 40%' does not read as an expression, near 'trust > 40%': per cent are whole numbers: write 40",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        'requires: ferry == "running"',
        [
            (
                "play.yaml",
                "28:15",
                "only whole numbers, true and false can be written out, not 'running': names stand without quotation marks, as in == running",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry == “running”",
        [
            (
                "play.yaml",
                "28:15",
                "'ferry == “running”' does not read as an expression, near '“running”': names stand without quotation marks",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry is running",
        [
            (
                "play.yaml",
                "28:15",
                "values are compared with == != < <= > >= and nothing else: write == for 'is', and != for 'is not'",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry in (idle, running)",
        [
            (
                "play.yaml",
                "28:15",
                "values are compared with == != < <= > >= and nothing else: write 'x == a or x == b' for 'x in (a, b)'",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: NOT agreed",
        [
            (
                "play.yaml",
                "28:15",
                "'NOT agreed' does not read as an expression, near 'agreed': 'and', 'or' and 'not' are written in small letters",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: !agreed",
        [
            ("play.yaml", "28:15", "tags (!) are not allowed: write 'not'", "", "error"),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: agreed == no",
        [
            ("play.yaml", "28:15", "unknown name 'no': write false", "", "error"),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: trust ≥ 40",
        [
            (
                "play.yaml",
                "28:15",
                "'trust ≥ 40' does not read as an expression, near '≥ 40': write >= for ≥",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: trust > ４０",
        [
            (
                "play.yaml",
                "28:15",
                "'trust > ４０' does not read as an expression, near '４０': write 40 for ４０",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: trust > 1,000",
        [
            (
                "play.yaml",
                "28:15",
                "expressions have no lists of things with commas: numbers are written without commas",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: trust > 0.5",
        [
            (
                "play.yaml",
                "28:15",
                "only whole numbers, true and false can be written out, not 0.5: a share is written in whole numbers, as in x // 2 or x * 3 // 4",
                "",
                "error",
            ),
        ],
    ),
    (
        "play.yaml",
        "requires: not agreed and ferry == running",
        "requires: ferry == runing",
        [
            ("play.yaml", "28:15", "unknown name 'runing'", "running", "error"),
        ],
    ),
]


def problems_of(folder: pathlib.Path, files: dict[str, str]) -> list[Problem]:
    """What is said of a pack of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return check(folder)


def said_of(folder: pathlib.Path, files: dict[str, str]) -> list[Said]:
    """The same as plain words, with names of files as they stand in the pack."""
    found = []
    for problem in problems_of(folder, files):
        assert problem.mark is not None
        file = problem.mark.file.replace(f"{folder}{os.sep}", "")
        place = f"{problem.mark.line}:{problem.mark.column}"
        found.append((file, place, problem.message, problem.suggestion, problem.severity))
    return found


def with_mistake(file: str, sound: str, mistake: str) -> dict[str, str]:
    """The files of the sound pack, in one of which something else stands."""
    assert sound in FERRY[file]
    return {**FERRY, file: FERRY[file].replace(sound, mistake, 1)}


def test_the_pack_of_these_tests_is_sound_and_plays(tmp_path: pathlib.Path) -> None:
    assert said_of(tmp_path, FERRY) == []
    assert tabletop.Game(load(tmp_path)).start(1).acting


@pytest.mark.parametrize(("file", "sound", "mistake", "said"), MISTAKES)
def test_a_mistake_is_told_at_its_place(
    tmp_path: pathlib.Path, file: str, sound: str, mistake: str, said: list[Said]
) -> None:
    assert said_of(tmp_path, with_mistake(file, sound, mistake)) == said
