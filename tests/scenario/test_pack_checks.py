"""What can be wrong with a pack beyond its form, where it is told, in which words, and what is not told twice."""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any

import pytest
import yaml

import tabletop
from tabletop.scenario.loading import check, examine, load
from tabletop.scenario.problems import PackError, Problem, capped
from tests.work import counted

#: Of the values of a pack every so manieth is made wrong; with TABLETOP_MUTATIONS every one.
EVERY = 1 if "TABLETOP_MUTATIONS" in os.environ else 9

SOUND = """\
id: test
title: Test
version: "1.0"
summary: A test.
player: washington
meters:
  - {id: tension, name: Tension, range: [0, 10], start: 3,
     good_for: [tokyo], thresholds: [{at: 2, name: low}, {at: 5, name: high}]}
tracks:
  - {id: talks, name: Talks, steps: 3, by: [seoul, tokyo]}
  - {id: files, name: Files, known_to: [washington]}  # meant
variables:
  - {id: limits, start: false}
  - {id: calendar, values: [free, announced, held], start: free}
  - {id: count, range: [0, 9], start: 0}
hidden:
  - {id: aim, name: Aim, values: [freeze, deal], prior: [70, 30], known_to: [tokyo], descriptions: [Stall., Deal.]}
values:
  - {id: prepared, formula: talks_seoul + talks_tokyo}
seats:
  - id: washington
    name: Washington
    resources: [{id: attention, name: Attention, start: 3, most: 4, refresh: 3}]
    objectives: [{id: calm, text: Keep calm., points: 10 - tension, claims: [C01]}]
  - {id: tokyo, name: Tokyo}
stages:
  - id: weeks
    title: Weeks
    turn: week
    turns: 3
    then: after
    until: calendar == held  # meant
    phases:
      - {id: event, title: Event, deal: news}
      - {id: plan, title: Plan, seats: [washington, tokyo], order: simultaneous,
         picks: {washington: 2}, when: count < 9}
  - id: after
    title: After
    turn: season
    turns: 2
    phases:
      - {id: close, title: Close, seats: [washington]}
endings:
  - {id: war, title: War, text: It came to war., when: tension > 8, tone: bad, claims: [C02]}
  - {id: over, title: Over, text: It is over.}
assumptions:
  - {id: works, title: It works, value: true, alternatives: [{value: false, held_by: Some}],
     case_for: A., case_against: B.}
  - {id: odds, title: Odds, value: 3, range: [0, 9], alternatives: [{value: 5, held_by: Some}],
     case_for: C., case_against: D.}
worldviews:
  - {id: critics, name: Critics, values: {works: false, odds: 7}}
actions:
  - id: talk
    label: Talk
    seats: [washington]
    phases: [plan, close]
    cost: {attention: 1}
    parameters: [{name: partner, values: [seoul, tokyo], labels: [Seoul, Tokyo]}]
    requires: talks_{partner} < 3
    tags: [soft]
    claims: [C01]
    effects:
      - {change: "talks_{partner}", by: 1, why: It helps.}
      - {set: limits, to: true, why: They know now., after: 2, until: tension > 5}
      - {roll: reply}
  - {id: wait, label: Wait, seats: [tokyo], phases: [plan], once: never, claims: [C01],
     effects: [{change: count, by: odds, why: Time., lasts: 2}]}
decks:
  - {id: news, name: News}
cards:
  - id: letter
    title: A Letter
    text: A letter comes.
    deck: news
    kind: warning
    certainty: disputed
    turns: [1, 2]
    eligible: works and count < 5
    weight: 10 + count
    claims: [C01]
    sources: [paper]
    effects:
      - {set: calendar, to: announced, why: It is out.}
      - {tell: [tokyo], text: Read this.}
    choices:
      - seat: washington
        prompt: Answer?
        when: tension < 9
        options:
          - {id: yes_please, label: "Yes", tags: [soft], effects: [{deal: reply_card}]}
          - {id: no_thanks, label: "No", requires: files > 0, claims: [C02], effects: [{enter: after}, {end: over}], reveals: [files]}
  - {id: reply_card, title: A Reply, text: They answer., claims: [C02],
     effects: [{change: tension, by: -1, why: They answer.}]}
tables:
  - id: reply
    title: The reply
    claims: [C01]
    outcomes:
      - {id: good, weight: 10, modifiers: [{when: aim == deal, by: 5, why: They want it., claims: [C02]}],
         effects: [{change: tension, by: -2, why: Good.}]}
      - {id: bad, weight: 5}
rules:
  - {id: heat, title: Heat, at: plan, when: prepared < 2, claims: [C02],
     effects: [{change: tension, by: 1, why: Nobody talks.}]}
doctrines:
  - id: soft
    seat: washington
    name: Soft
    rules: [{play: talk, using: {partner: seoul}, when: files < 2}, {tag: soft, odds: 50}]
sources:
  - {id: paper, title: A paper}
claims:
  - {id: C01, kind: step, summary: Talk., source: paper}
  - {id: C02, kind: warning, summary: Beware.}
debrief:
  - {id: why, text: Say why., claims: [C01]}
"""  # noqa: E501

MISTAKES = [
    (
        "label: Talk\n",
        "label: Talk to {partnr}\n",
        "55:12: there is no parameter of 'talk' called 'partnr' (did you mean 'partner'?)",
    ),
    (
        "when: tension < 9",
        "when: aim == deal",
        "89:15: when this choice arises reads aim, which washington does not know",
    ),
    (
        "when: count < 9",
        "when: aim == deal",
        "36:40: when this phase is played reads aim, which washington does not know",
    ),
    (
        "id: no_thanks",
        "id: pass",
        "92:18: 'pass' cannot be an id: it is what a seat does that takes no action",
    ),
    (
        "count < 9}",
        "count = 9}",
        "36:40: 'count = 9' does not read as an expression, near '= 9': things are compared with ==",
    ),
    (
        "tension > 8",
        "tension => 8",
        "44:56: 'tension => 8' does not read as an expression, near '=> 8': comparisons are written == != < <= > >=",
    ),
    (
        "id: test\n",
        "id: ../test\n",
        "1:5: '../test' cannot be the id of a scenario: use small letters, digits and -",
    ),
    (
        "summary: A test.\n",
        "summary: A test.\nminutes: 0\n",
        "5:10: a game takes from 1 to 6000 minutes, not 0",
    ),
    (
        "player: washington",
        "player: washigton",
        "5:9: there is no seat 'washigton' (did you mean 'washington'?)",
    ),
    (
        "{id: tokyo, name: Tokyo}",
        "{id: tokyo, name: Tokyo}\n  - {id: Seoul, name: Seoul}",
        "26:10: 'Seoul' cannot be an id: use small letters, digits and _, no reserved word",
    ),
    (
        "{id: paper, title: A paper}",
        "{id: paper, title: A paper}\n  - {id: paper, title: B}",
        "113:10: 'paper' is declared more than once in sources",
    ),
    (
        "debrief:\n",
        "  - {id: C02, kind: step, summary: Again.}\ndebrief:\n",
        "116:10: 'C02' is declared more than once in claims",
    ),
    (
        "doctrines:\n",
        "doctrines:\n  - {id: soft, seat: washington, name: S, rules: []}\n",
        "108:9: washington has two doctrines called 'soft'",
    ),
    (
        "  - id: soft\n",
        "  - id: search\n",
        "107:9: 'search' is the name of a built-in player",
    ),
    (
        "range: [0, 10], start: 3",
        "range: [0, 10], start: 30",
        "7:57: 30 is out of range: 'tension' goes from 0 to 10",
    ),
    (
        "range: [0, 10], start: 3",
        "range: [10, 0], start: 3",
        "7:10: the range of 'tension' is empty: 10 to 0",
    ),
    (
        "range: [0, 10], start: 3",
        "range: [0, 1000001], start: 3",
        "7:10: the range of 'tension' goes beyond a million",
    ),
    (
        "{id: tension,",
        "{id: Tension,",
        "7:10: 'Tension' cannot be a name here: use small letters, digits and _, and no reserved word",
    ),
    (
        "{at: 5, name: high}",
        "{at: 50, name: high}",
        "8:63: 50 is out of range: it goes from 0 to 10",
    ),
    (
        "{at: 5, name: high}",
        "{at: 2, name: high}",
        "8:63: thresholds rise from one to the next",
    ),
    (
        "good_for: [tokyo]",
        "good_for: [tokio]",
        "8:17: there is no seat 'tokio' (did you mean 'tokyo'?)",
    ),
    (
        "good_for: [tokyo]",
        "bad_for: [tokyo, tokyo]",
        "8:23: 'tokyo' is listed twice",
    ),
    (
        "{id: files, name: Files, known",
        "{id: files, name: Files, start: 6, known",
        "11:37: 6 is out of range: 'files' goes from 0 to 5",
    ),
    (
        "known_to: [washington]}",
        "known_to: [beijing]}",
        (
            "11:41: there is no seat 'beijing' | 92:52: what it requires reads files, which washington does not k"
            "now | 110:57: a doctrine's condition reads files, which washington does not know"
        ),
    ),
    (
        "values: [free, announced, held], start: free",
        "values: [free, announced, held], start: fre",
        "14:60: 'fre' is not a value of 'calendar' (free, announced, held) (did you mean 'free'?)",
    ),
    (
        "values: [free, announced, held], start: free",
        "values: [free, announced, held, free], start: free",
        "14:10: a value of 'calendar' is listed twice",
    ),
    (
        "values: [free, announced, held], start: free",
        "values: [free, announced, held, 8 March], start: free",
        "14:10: '8 March' cannot be a value of 'calendar': use small letters, digits and _",
    ),
    (
        "range: [0, 9], start: 0}",
        "range: [0, 9], start: 10}",
        "15:39: 10 is out of range: 'count' goes from 0 to 9",
    ),
    (
        "range: [0, 9], start: 0}",
        "range: [0, 9], start: true}",
        "15:39: a number is wanted here, and 'true' is a condition",
    ),
    (
        "range: [0, 9], start: 0}",
        "range: [0, 9], values: [one, two]}",
        "15:5: 'count' has both values and a range: choose one",
    ),
    (
        "prior: [70, 30]",
        "prior: [70]",
        "17:5: 'aim' needs as many weights in 'prior' as 'values', and at least one",
    ),
    (
        "prior: [70, 30]",
        "prior: [0, 0]",
        "17:5: no value of 'aim' has a weight above 0",
    ),
    (
        "prior: [70, 30]",
        "prior: [tension, 30]",
        "17:58: a prior may read only numbers and assumptions",
    ),
    (
        "descriptions: [Stall., Deal.]",
        "descriptions: [Stall.]",
        "17:5: 'aim' needs as many descriptions as values",
    ),
    (
        "formula: talks_seoul + talks_tokyo",
        "formula: talks_seoul + talks_tokio",
        "19:29: unknown name 'talks_tokio' (did you mean 'talks_tokyo'?)",
    ),
    (
        "formula: talks_seoul + talks_tokyo}",
        "formula: talks_seoul + more}\n  - {id: more, formula: prepared + 1}",
        "19:29: 'prepared' is defined by itself | 20:25: 'more' is defined by itself",
    ),
    (
        "formula: talks_seoul + talks_tokyo}",
        "formula: talks_seoul + talks_tokyo}\n  - {id: prepared, formula: 1}",
        "20:10: 'prepared' is declared more than once",
    ),
    (
        "formula: talks_seoul + talks_tokyo}",
        "formula: talks_seoul + talks_tokyo}\n  - {id: tension, formula: 1}",
        "20:10: 'tension' already names a meter",
    ),
    (
        "formula: talks_seoul + talks_tokyo}",
        "formula: talks_seoul + talks_tokyo}\n  - {id: Far, formula: 1}",
        "20:10: 'Far' cannot be a name here: use small letters, digits and _",
    ),
    (
        "start: 3, most: 4, refresh: 3",
        "start: 5, most: 4, refresh: 3",
        "23:57: 5 is out of range: 'attention' goes from 0 to 4",
    ),
    (
        "start: 3, most: 4, refresh: 3",
        "start: 3, most: 4, refresh: 5",
        "23:78: 5 is out of range: 'attention' goes from 0 to 4",
    ),
    (
        "points: 10 - tension",
        "points: 10 - tenson",
        "24:55: unknown name 'tenson' (did you mean 'tension'?)",
    ),
    (
        "points: 10 - tension, claims: [C01]",
        "points: 10 - tension, claims: [C09]",
        "24:78: there is no claim 'C09' (did you mean 'C02'?)",
    ),
    (
        "turns: 3\n",
        "turns: 0\n",
        (
            "30:12: a stage has from 1 to 400 turns, not 0 | 78:12: the card 'letter' can never come up in turns "
            "1 to 2 [warning]"
        ),
    ),
    (
        "then: after",
        "then: aftr",
        "31:11: there is no stage 'aftr' (did you mean 'after'?)",
    ),
    (
        "until: calendar == held",
        "until: calendar == holding",
        "32:12: unknown name 'holding'",
    ),
    (
        "      - {id: close, title: Close, seats: [washington]}\n",
        "      []\n",
        "37:5: the stage 'after' has no phases | 57:20: there is no phase 'close'",
    ),
    (
        "{id: event, title",
        "{id: plan, title",
        (
            "34:14: 'plan' is not a good id, or names two phases | 35:14: 'plan' is not a good id, or names two p"
            "hases | 70:5: no phase deals from the deck 'news' [warning]"
        ),
    ),
    (
        "deal: news",
        "deal: newz",
        "34:41: there is no deck 'newz' (did you mean 'news'?)",
    ),
    (
        "seats: [washington, tokyo], order",
        "seats: [washington, tokio], order",
        "35:53: there is no seat 'tokio' (did you mean 'tokyo'?)",
    ),
    (
        "seats: [washington, tokyo], order",
        "seats: [washington, tokyo, tokyo], order",
        "35:60: 'tokyo' is listed twice",
    ),
    (
        "order: simultaneous",
        "order: simultanous",
        "35:68: 'simultanous' is none of simultaneous, sequential (did you mean 'simultaneous'?)",
    ),
    (
        "picks: {washington: 2}",
        "picks: {seoul: 2}",
        "36:25: there is no seat in this phase called 'seoul'",
    ),
    (
        "picks: {washington: 2}",
        "picks: {washington: 10}",
        "36:30: a seat picks from 1 to 9 actions, not 10",
    ),
    (
        "when: count < 9",
        "when: count + 9",
        "36:40: a condition is wanted here, and 'count + 9' is a number",
    ),
    (
        "seats: [washington]\n    phases",
        "seats: [washingtn]\n    phases",
        "56:13: there is no seat 'washingtn' (did you mean 'washington'?)",
    ),
    (
        "phases: [plan, close]",
        "phases: [plan, cloze]",
        "57:20: there is no phase 'cloze' (did you mean 'close'?)",
    ),
    (
        "phases: [plan, close]",
        "phases: [plan, event]",
        (
            "42:43: washington has nothing to do in the phase 'close' [warning] | 57:20: washington does not act "
            "in the phase 'event'"
        ),
    ),
    (
        "phases: [plan, close]",
        "phases: []",
        (
            "35:41: washington has nothing to do in the phase 'plan' [warning] | 42:43: washington has nothing to"
            " do in the phase 'close' [warning] | 54:5: 'talk' can never be done: it needs seats and phases"
        ),
    ),
    (
        "once: never",
        "once: nevr",
        "67:67: 'nevr' is none of turn, game, never (did you mean 'never'?)",
    ),
    (
        "cost: {attention: 1}",
        "cost: {atention: 1}",
        "58:22: there is no resource of washington called 'atention' (did you mean 'attention'?)",
    ),
    (
        "cost: {attention: 1}",
        "cost: {attention: 5}",
        "58:23: 'talk' can never be done: it costs 5 and there are at most 4",
    ),
    (
        "cost: {attention: 1}",
        "cost: {attention: -1}",
        "58:23: a cost is not below 0, as -1 is",
    ),
    (
        "labels: [Seoul, Tokyo]",
        "labels: [Seoul]",
        "59:66: there must be as many labels as values",
    ),
    (
        "{name: partner, values: [seoul, tokyo], labels: [Seoul, Tokyo]}",
        "{name: partner, values: [seoul, seoul]}",
        "59:18: the parameter 'partner' or one of its values is listed twice",
    ),
    (
        "values: [seoul, tokyo], labels: [Seoul, Tokyo]",
        "values: []",
        (
            "59:17: 'talk' has 0 combinations; 1 to 200 are allowed | 96:5: nothing rolls on the table 'reply' [w"
            "arning] | 110:43: there is no value of partner called 'seoul'"
        ),
    ),
    (
        "requires: talks_{partner} < 3",
        "requires: talks_{partner} < 3 and aim == deal",
        "60:15: what it requires reads aim, which washington does not know",
    ),
    (
        "requires: talks_{partner} < 3",
        "requires: talks_{partner} > 3",
        "60:15: 'talk' can never be done: this never holds [warning]",
    ),
    (
        "requires: talks_{partner} < 3",
        "requires: talk_{partner} < 3",
        (
            "60:15: unknown name 'talk_seoul' (did you mean 'talks_seoul'?) | 60:15: unknown name 'talk_tokyo' (d"
            "id you mean 'talks_tokyo'?)"
        ),
    ),
    (
        "deck: news",
        "deck: nws",
        "75:11: there is no deck 'nws' (did you mean 'news'?)",
    ),
    (
        "sources: [paper]",
        "sources: [papr]",
        "82:15: there is no source 'papr' (did you mean 'paper'?)",
    ),
    (
        "kind: warning\n",
        "kind: warnings\n",
        "76:11: 'warnings' is none of warning, opportunity, history, turn (did you mean 'warning'?)",
    ),
    (
        "certainty: disputed",
        "certainty: sure",
        "77:16: 'sure' is none of certain, disputed, invented",
    ),
    (
        "turns: [1, 2]",
        "turns: [4, 5]",
        "78:12: the card 'letter' can never come up in turns 4 to 5 [warning]",
    ),
    (
        "eligible: works and count < 5",
        "eligible: works and count > 9",
        "79:15: the card 'letter' can never come up: this never holds [warning]",
    ),
    (
        "weight: 10 + count",
        "weight: 0 - count",
        "80:13: the card 'letter' can never come up: its weight is never above 0 [warning]",
    ),
    (
        "weight: 10 + count",
        "weight: works",
        "80:13: a number is wanted here, and 'works' is a condition",
    ),
    (
        "seat: washington\n        prompt",
        "seat: washingtn\n        prompt",
        "87:15: there is no seat 'washingtn' (did you mean 'washington'?)",
    ),
    (
        "when: tension < 9",
        "when: tension < limits",
        "89:15: 'tension < limits' compares things of different kinds",
    ),
    (
        'label: "Yes", tags',
        'label: "Yes", requires: limits, tags',
        "87:9: one option at least must always be open (have no 'requires')",
    ),
    (
        "id: no_thanks",
        "id: yes_please",
        "92:18: 'yes_please' is declared more than once here",
    ),
    (
        "requires: files > 0",
        "requires: files > 0 and aim == deal",
        "92:52: what it requires reads aim, which washington does not know",
    ),
    (
        "at: plan, when",
        "at: plann, when",
        "104:33: there is no phase 'plann' (did you mean 'plan'?)",
    ),
    (
        "when: prepared < 2",
        "when: prepared < 0",
        "104:45: the rule 'heat' never applies: this never holds [warning]",
    ),
    (
        "when: prepared < 2",
        "when: prepred < 2",
        "104:45: unknown name 'prepred' (did you mean 'prepared'?)",
    ),
    (
        "tone: bad",
        "tone: sad",
        "44:75: 'sad' is none of good, mixed, bad (did you mean 'bad'?)",
    ),
    (
        "when: tension > 8, tone",
        "tone",
        "44:5: no ending after 'war' can be reached: it has no 'when'",
    ),
    (
        "text: It is over.}",
        "text: It is over., when: limits}",
        "45:5: the last ending must have no 'when', so that every game has a verdict",
    ),
    (
        "{value: false, held_by: Some}",
        "{value: 3, held_by: Some}",
        "47:70: 'works' takes true or false",
    ),
    (
        "value: 3, range: [0, 9]",
        "value: 30, range: [0, 9]",
        "49:36: 30 is out of range: 'odds' goes from 0 to 9",
    ),
    (
        "value: 3, range: [0, 9]",
        "value: 3",
        "49:5: the number 'odds' needs a range",
    ),
    (
        "value: true, alternatives",
        "value: true, range: [0, 1], alternatives",
        "47:5: the yes or no 'works' has no range",
    ),
    (
        "case_for: A.",
        'case_for: ""',
        "48:16: 'works' needs its case for",
    ),
    (
        "{works: false, odds: 7}",
        "{works: false, ods: 7}",
        "52:62: there is no assumption 'ods' (did you mean 'odds'?)",
    ),
    (
        "{works: false, odds: 7}",
        "{works: false, odds: 10}",
        "52:63: 10 is out of range: 'odds' goes from 0 to 9",
    ),
    (
        "    seat: washington\n    name: Soft",
        "    seat: washingtn\n    name: Soft",
        "108:11: there is no seat 'washingtn' (did you mean 'washington'?)",
    ),
    (
        "{play: talk, using",
        "{play: tlk, using",
        "110:20: there is no action or option of washington called 'tlk' (did you mean 'talk'?)",
    ),
    (
        "{play: talk, using: {partner: seoul}",
        "{play: talk, tag: soft, using: {partner: seoul}",
        "110:13: a doctrine's rule has 'play' or 'tag'",
    ),
    (
        "using: {partner: seoul}",
        "using: {partnr: seoul}",
        "110:42: there is no parameter of talk called 'partnr' (did you mean 'partner'?)",
    ),
    (
        "using: {partner: seoul}",
        "using: {partner: soul}",
        "110:43: there is no value of partner called 'soul' (did you mean 'seoul'?)",
    ),
    (
        "{tag: soft, odds: 50}",
        "{tag: sft, odds: 50}",
        "110:75: no action of washington has the tag 'sft' (did you mean 'soft'?) [warning]",
    ),
    (
        "{tag: soft, odds: 50}",
        "{tag: soft, odds: 500}",
        "110:87: odds go from 1 to 100, not 500",
    ),
    (
        "when: files < 2}",
        "when: aim == deal}",
        "110:57: a doctrine's condition reads aim, which washington does not know",
    ),
    (
        '- {change: "talks_{partner}", by: 1',
        '- {change: "talk_{partner}", by: 1',
        (
            "64:18: there is no 'talk_seoul'; this can be a meter, track, resource, variable (did you mean 'talks"
            "_seoul'?) | 64:18: there is no 'talk_tokyo'; this can be a meter, track, resource, variable (did you"
            " mean 'talks_tokyo'?)"
        ),
    ),
    (
        "change: count, by: odds",
        "change: limits, by: odds",
        "68:25: 'limits' is true or false: use 'set' and 'to'",
    ),
    (
        "change: count, by: odds",
        "change: works, by: odds",
        "68:25: 'works' is an assumption; this can be a meter, track, resource, variable",
    ),
    (
        "change: count, by: odds,",
        "change: count,",
        "68:16: 'change' needs 'by'",
    ),
    (
        "change: count, by: odds",
        "change: count, by: limits",
        "68:36: a number is wanted here, and 'limits' is a condition",
    ),
    (
        "change: count, by: odds",
        "change: count, by: 0",
        "68:36: this changes nothing [warning]",
    ),
    (
        "change: count, by: odds",
        "change: count, by: 10",
        "68:36: 10 is out of range: 'count' has only 9 to move in",
    ),
    (
        "by: odds, why: Time., lasts: 2",
        "by: odds, lasts: 2",
        "68:16: an effect needs a reason that players can read: add 'why'",
    ),
    (
        "by: odds, why: Time., lasts: 2",
        "by: odds, why: Time., lasts: 31",
        "68:61: 'lasts' is a number of turns from 1 to 30, not 31",
    ),
    (
        "by: odds, why: Time., lasts: 2",
        "by: odds, why: Time., lasts: 2, after: 2",
        "68:61: an effect has 'after' or 'lasts', not both",
    ),
    (
        "by: odds, why: Time., lasts: 2",
        "by: odds, why: Time., until: limits",
        "68:61: 'until' goes with 'after' or 'lasts'",
    ),
    (
        "by: odds, why: Time., lasts: 2",
        "by: odds, why: Time., to: 2",
        "68:58: 'to' does not go with 'change'",
    ),
    (
        "once: never, claims: [C01],",
        "once: never,",
        "68:16: an effect needs the claim behind it: add 'claims' here or to what it belongs to",
    ),
    (
        "set: limits, to: true",
        "set: limits",
        "65:9: 'set' needs 'to'",
    ),
    (
        "set: limits, to: true",
        "set: attention, to: 3",
        (
            "65:15: 'attention' is a resource; this can be a meter, track, variable, hidden variable (did you mea"
            "n 'tension'?)"
        ),
    ),
    (
        "set: limits, to: true",
        "set: limits, to: 3",
        "65:27: a condition is wanted here, and '3' is a number",
    ),
    (
        "set: calendar, to: announced",
        "set: calendar, to: anounced",
        "84:29: 'anounced' is not a value of 'calendar' (free, announced, held) (did you mean 'announced'?)",
    ),
    (
        "set: calendar, to: announced",
        "set: count, to: 12",
        "84:26: 12 is out of range: 'count' goes from 0 to 9",
    ),
    (
        "set: calendar, to: announced",
        "set: calendar, roll: reply, to: announced",
        "84:9: an effect has exactly one of change, set, roll, deal, enter, end, tell; this has set and roll",
    ),
    (
        "{roll: reply}",
        "{roll: rply}",
        "66:16: there is no table 'rply' (did you mean 'reply'?)",
    ),
    (
        "{roll: reply}",
        "{when: limits}",
        (
            "66:9: an effect has exactly one of change, set, roll, deal, enter, end, tell; this has none | 96:5: "
            "nothing rolls on the table 'reply' [warning]"
        ),
    ),
    (
        "{deal: reply_card}",
        "{deal: reply_crd}",
        "91:75: there is no card 'reply_crd' (did you mean 'reply_card'?)",
    ),
    (
        "{enter: after}",
        "{enter: aftr}",
        "92:96: there is no stage 'aftr' (did you mean 'after'?)",
    ),
    (
        "{end: over}",
        "{end: ovr}",
        "92:110: there is no ending 'ovr' (did you mean 'over'?)",
    ),
    (
        "{tell: [tokyo], text: Read this.}",
        "{tell: [tokio], text: Read this.}",
        "85:17: there is no seat 'tokio' (did you mean 'tokyo'?)",
    ),
    (
        "{tell: [tokyo], text: Read this.}",
        "{tell: [], text: Read this.}",
        "85:9: 'tell' names nobody: write [all], or some seats",
    ),
    (
        "{tell: [tokyo], text: Read this.}",
        "{tell: [tokyo]}",
        "85:9: 'tell' needs a 'text'",
    ),
    (
        "{id: bad, weight: 5}",
        "{id: good, weight: 5}",
        "102:14: 'good' is declared more than once",
    ),
    (
        "{id: bad, weight: 5}",
        "{id: bad, weight: 0}",
        "102:27: the outcome 'bad' can never come up: its weight is never above 0 [warning]",
    ),
    (
        "{id: bad, weight: 5}",
        "{id: bad, weight: limits}",
        "102:27: a number is wanted here, and 'limits' is a condition",
    ),
    (
        "by: 5, why: They want it.",
        'by: 5, why: ""',
        "100:44: a modifier needs a reason that players can read: add 'why'",
    ),
    (
        "{id: bad, weight: 5}",
        "{id: bad, weight: 5, effects: [{roll: reply}]}",
        "96:5: the table 'reply' leads to rolls without end, or more than 8 deep",
    ),
    (
        "title: The reply\n",
        "title: The reply\n    known_to: [seoul]\n",
        "98:16: there is no seat 'seoul'",
    ),
    (
        "{id: bad, weight: 5}",
        (
            "{id: bad, weight: 5, modifiers: [{by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, wh"
            "y: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So"
            ".}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {"
            "by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1"
            ", why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why"
            ": So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So."
            "}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {b"
            "y: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1, why: So.}, {by: 1,"
            " why: So.}]}"
        ),
        "102:41: an outcome has at most 40 modifiers, not 41",
    ),
    (
        "summary: Talk., source: paper",
        "summary: Talk., source: papr",
        "114:51: there is no source 'papr' (did you mean 'paper'?)",
    ),
    (
        "kind: step,",
        "kind: steps,",
        ("114:21: 'steps' is none of warning, step, decision, principle, opportunity, critic (did you mean 'step'?)"),
    ),
    (
        "text: Say why., claims: [C01]",
        "text: Say why., claims: [C1]",
        "117:40: there is no claim 'C1' (did you mean 'C01'?)",
    ),
    (
        "debrief:\n",
        "  - {id: C03, kind: step, summary: Alone.}\ndebrief:\n",
        "116:5: the claim C03 is carried by nothing in the pack [warning]",
    ),
    (
        "tracks:\n",
        "  - {id: stuck, name: Stuck}\ntracks:\n",
        "9:5: nothing moves the meter 'stuck' [warning]",
    ),
    (
        "[{deal: reply_card}]",
        "[{change: count, by: 1, why: So.}]",
        "93:5: the card 'reply_card' can never come up: no deck holds it and nothing deals it [warning]",
    ),
    (
        "deal: news}",
        "may_pass: true}",
        "70:5: no phase deals from the deck 'news' [warning]",
    ),
    (
        "  - {id: news, name: News}\n",
        "  - {id: news, name: News}\n  - {id: olds, name: Olds}\n",
        "71:5: no phase deals from the deck 'olds' [warning] | 71:5: the deck 'olds' is empty [warning]",
    ),
    (
        "phases: [plan], once",
        "phases: [close], once",
        (
            "35:53: tokyo has nothing to do in the phase 'plan' [warning] | 67:54: tokyo does not act in the phas"
            "e 'close'"
        ),
    ),
    (
        "seats: [tokyo], phases: [plan]",
        "seats: [washington], phases: [plan]",
        "35:53: tokyo has nothing to do in the phase 'plan' [warning]",
    ),
    (
        "{change: count, by: odds, why: Time., lasts",
        "{change: count, by: odds, why: Time, at last., lasts",
        "68:53: unknown key 'at last.': text with a comma needs quotes",
    ),
    (
        "text: Say why., claims",
        "txt: Say why., claims",
        "117:5: missing 'text' | 117:15: unknown key 'txt' (did you mean 'text'?)",
    ),
    (
        "  - id: after\n",
        "  - {id: limbo, title: L, turn: day, turns: 1, phases: [{id: drift, title: D}]}\n  - id: after\n",
        "37:5: nothing leads to the stage 'limbo' [warning]",
    ),
    (
        "{roll: reply}",
        "{tell: [all], text: Nothing.}",
        "96:5: nothing rolls on the table 'reply' [warning]",
    ),
]


def said_of(folder: pathlib.Path, main: str = SOUND, **files: str) -> list[str]:
    """The problems of a pack of these files, as they are printed but for the folder."""
    for name, text in {"scenario.yaml": main, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    problems = check(folder)
    said = [str(problem).replace(f"{folder}{os.sep}", "") for problem in problems]
    return [line if one.severity == "error" else f"{line} [warning]" for line, one in zip(said, problems, strict=True)]


def test_the_pack_of_these_tests_is_sound_and_can_be_played(tmp_path: pathlib.Path) -> None:
    assert said_of(tmp_path) == []
    assert tabletop.Game(load(tmp_path)).start(0).acting == ("washington",)


@pytest.mark.parametrize(("sound", "mistake", "said"), MISTAKES)
def test_a_mistake_is_told_where_it_stands(tmp_path: pathlib.Path, sound: str, mistake: str, said: str) -> None:
    expected = [f"scenario.yaml:{part}" for part in said.split(" | ")]
    assert said_of(tmp_path, SOUND.replace(sound, mistake, 1)) == expected


def test_a_warning_of_the_source_belongs_on_a_card(tmp_path: pathlib.Path) -> None:
    main = SOUND.replace("debrief:", "  - {id: C03, kind: warning, summary: Beware.}\ndebrief:")
    main = main.replace("tone: bad, claims: [C02]", "tone: bad, claims: [C03]")
    assert said_of(tmp_path, main) == ["scenario.yaml:116:5: the warning C03 is carried by no card [warning]"]


def test_values_may_stand_in_any_order_but_not_endlessly_far_from_the_board(tmp_path: pathlib.Path) -> None:
    chain = "".join(f"  - {{id: v{n}, formula: v{n + 1} + 1}}\n" for n in range(39))
    main = SOUND.replace("seats:\n  - id", f"{chain}  - {{id: v39, formula: tension}}\nseats:\n  - id")
    assert said_of(tmp_path, main) == []
    chain = "".join(f"  - {{id: v{n}, formula: v{n + 1} + 1}}\n" for n in range(2000))
    with counted(12_000_000):
        assert "at most 2,000 items" in said_of(tmp_path, SOUND.replace("values:\n", f"values:\n{chain}", 1))[0]
    chain = "".join(f"  - {{id: v{n}, formula: v{n + 1} + 1}}\n" for n in range(1500))
    main = SOUND.replace("seats:\n  - id", f"{chain}  - {{id: v1500, formula: tension}}\nseats:\n  - id")
    with counted(12_000_000):
        assert said_of(tmp_path, main) == ["scenario.yaml:20:23: 'v0' is more than 40 values away from the board"]


# Many mistakes in one run

MAIN = """\
id: test
titel: Test
version: 1.0
summary: A test.
player: washigton
meters:
  - {id: tension, name: Tension, range: [0, 10], start: 30}
  - {id: eagerness, name: Eagerness, start: fifty}
seats:
  - {id: washington, name: Washington, resources: [{id: attention, name: Attention, start: 3}]}
stages:
  - {id: weeks, title: Weeks, turn: week, turns: 3, phases: [{id: plan, title: Plan, seats: [washington], deal: newz}]}
endings:
  - {id: over, title: Over, text: It is over., when: tenson > 3}
"""

ACTIONS = """\
actions:
  - id: talk
    label: Talk
    seats: [washington]
    phases: [plan]
    cost: {atention: 1}
    effcts:
      - {change: tension, by: 1, why: Two more, then stop.}
      - {change: tensoin, by: "1", why: It helps.}
      - {change: tension, why: It helps.}
      - {change: tension, by: -1}
"""

CARDS = """\
decks: [{id: news, name: News}]
cards:
  - id: letter
    title: 5
    text: A letter comes.
    deck: news
    kind: warnings
    eligible: tension < limit
    choices:
      - seat: washington
        prompt: Answer?
        options: [{id: never, label: "No", requires: eagerness > 3 and tension, effects: []}]
"""


def test_nineteen_mistakes_of_form_and_sense_in_three_files_are_told_in_one_run(tmp_path: pathlib.Path) -> None:
    assert said_of(tmp_path, MAIN, **{"actions.yaml": ACTIONS, "cards.yaml": CARDS}) == [
        "actions.yaml:2:5: missing 'effects'",
        "actions.yaml:6:22: there is no resource of washington called 'atention' (did you mean 'attention'?)",
        "actions.yaml:7:5: unknown key 'effcts' (did you mean 'effects'?)",
        "actions.yaml:8:49: unknown key 'then stop.': text with a comma needs quotes",
        "actions.yaml:9:18: there is no 'tensoin'; this can be a meter, track, resource, variable "
        "(did you mean 'tension'?)",
        "actions.yaml:10:9: 'change' needs 'by'",
        "actions.yaml:11:9: an effect needs a reason that players can read: add 'why'",
        "cards.yaml:4:12: 'title' wants text, not the number 5: write it in quotes",
        "cards.yaml:7:11: 'warnings' is none of warning, opportunity, history, turn (did you mean 'warning'?)",
        "cards.yaml:8:15: unknown name 'limit'",
        "cards.yaml:10:9: one option at least must always be open (have no 'requires')",
        "cards.yaml:12:54: 'tension' is not a condition; compare it with something",
        "scenario.yaml:1:1: missing 'title'",
        "scenario.yaml:2:1: unknown key 'titel' (did you mean 'title'?)",
        "scenario.yaml:3:10: 'version' wants text, not the number 1.0: write it in quotes",
        "scenario.yaml:5:9: there is no seat 'washigton' (did you mean 'washington'?)",
        "scenario.yaml:7:57: 30 is out of range: 'tension' goes from 0 to 10",
        "scenario.yaml:8:45: 'start' wants a whole number, not the text 'fifty'",
        "scenario.yaml:12:113: there is no deck 'newz' (did you mean 'news'?)",
        "scenario.yaml:14:5: the last ending must have no 'when', so that every game has a verdict",
        "scenario.yaml:14:54: unknown name 'tenson' (did you mean 'tension'?)",
    ]


# What follows from a mistake is not told again


@pytest.mark.parametrize("wrong", [[[]], None])
def test_a_value_of_the_wrong_kind_is_one_mistake(tmp_path: pathlib.Path, wrong: Any) -> None:
    """Each value of the pack in turn: whatever else hangs on it, one thing is wrong and one thing is told."""
    data = yaml.safe_load(SOUND)
    tried = 0
    for holder, key in list(_places(data))[::EVERY]:
        before, holder[key] = holder[key], wrong
        problems = _problems(tmp_path, data)
        holder[key] = before
        if wrong is None and not any("not nothing" in problem.message for problem in problems):
            continue  # it may be left out
        assert len(problems) == 1, (key, before, problems)
        tried += 1
    assert tried > 150 // EVERY


def test_a_missing_key_or_a_senseless_one_is_one_mistake(tmp_path: pathlib.Path) -> None:
    data = yaml.safe_load(SOUND)
    for holder, key in list(_places(data))[1::EVERY]:
        if not isinstance(holder, dict) or key in ("attention", "washington", "partner", "works", "odds"):
            continue
        before = dict(holder)
        del holder[key]
        problems = _problems(tmp_path, data)
        if any(problem.message.startswith("missing") for problem in problems):
            assert len(problems) == 1, (key, before, problems)
        holder["zz"] = before[key]
        problems = _problems(tmp_path, data)
        assert {problem.message for problem in problems} <= {"unknown key 'zz'", f"missing '{key}'"}, (key, problems)
        holder.clear()
        holder.update(before)


def _places(data: Any) -> Any:
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _problems(folder: pathlib.Path, data: Any) -> list[Problem]:
    (folder / "scenario.yaml").write_text(json.dumps(data), encoding="utf-8")
    return check(folder)


def test_a_misspelt_key_does_not_hide_what_is_under_it(tmp_path: pathlib.Path) -> None:
    main = SOUND.replace('    effects:\n      - {change: "talks', '    efects:\n      - {chnge: "talk')
    assert said_of(tmp_path, main) == [
        "scenario.yaml:54:5: missing 'effects'",
        "scenario.yaml:63:5: unknown key 'efects' (did you mean 'effects'?)",
        "scenario.yaml:64:10: unknown key 'chnge' (did you mean 'change'?)",
        *(
            f"scenario.yaml:64:17: there is no 'talk_{seat}'; this can be a meter, track, resource, variable "
            f"(did you mean 'talks_{seat}'?)"
            for seat in ("seoul", "tokyo")
        ),
    ]


def test_places_are_those_of_the_files_even_where_items_had_to_be_left_out(tmp_path: pathlib.Path) -> None:
    main = SOUND.replace("meters:\n", "meters:\n  - just words\n  - {id: 5, name: Five}\n")
    main = main.replace("      - {set: limits", "      - 5\n      - {set: limts")
    assert said_of(tmp_path, main) == [
        "scenario.yaml:7:5: item 1 of 'meters' wants keys and values, such as 'id: …', not the text 'just words'",
        "scenario.yaml:8:10: 'id' wants text, not the number 5: write it in quotes",
        "scenario.yaml:67:9: item 2 of 'effects' wants keys and values, such as 'id: …', not the number 5",
        "scenario.yaml:68:15: there is no 'limts'; this can be a meter, track, variable, hidden variable "
        "(did you mean 'limits'?)",
    ]


def test_the_names_in_a_file_that_could_not_be_read_are_not_called_unknown(tmp_path: pathlib.Path) -> None:
    main, tables, rest = SOUND.partition("tables:\n")
    tables += rest[: rest.index("rules:\n")] + "  - [\n"
    main += rest[rest.index("rules:\n") :].replace("prepared < 2", "prepared")
    assert said_of(tmp_path, main, **{"tables.yaml": tables}) == [
        "scenario.yaml:96:45: a condition is wanted here, and 'prepared' is a number",
        "tables.yaml:10:1: a value is missing here, or its text needs quotes",
    ]


def test_a_text_with_a_comma_is_told_to_be_quoted(tmp_path: pathlib.Path) -> None:
    main = SOUND.replace("why: They know now.", "why: They know now, and for good.")
    assert said_of(tmp_path, main) == [
        "scenario.yaml:65:53: unknown key 'and for good.': text with a comma needs quotes"
    ]


# The list of problems


def test_a_pack_with_any_error_is_refused_and_none_with_only_warnings(tmp_path: pathlib.Path) -> None:
    assert len(said_of(tmp_path, SOUND.replace("turns: [1, 2]", "turns: [4, 5]"))) == 1
    assert load(tmp_path).id == "test"
    for mistake in ("tone: sad", "tune: sad"):
        said_of(tmp_path, SOUND.replace("tone: bad", mistake))
        assert examine(tmp_path)[0] is None
        with pytest.raises(PackError):
            load(tmp_path)


def test_problems_are_sorted_and_told_once_and_what_is_left_out_is_counted_last(tmp_path: pathlib.Path) -> None:
    cards = "cards:\n" + "".join(f"  - {{id: c{n}, title: {n}, text: T., deck: nwes}}\n" for n in range(150))
    said_of(tmp_path, SOUND, **{"a.yaml": cards})
    problems = check(tmp_path)
    marks = [problem.mark for problem in problems if problem.mark]
    assert len(problems) == len(set(problems)) == 200
    assert marks == sorted(marks)
    assert problems[-1].message == "and 101 more problems like these"


def test_errors_are_not_crowded_out_by_warnings() -> None:
    problems = [Problem(f"{n}", None, severity="warning") for n in range(300)] + [Problem("grave", None)]
    assert "grave" in [problem.message for problem in capped(problems)]
    assert len(capped(problems)) == 200


# Games of any pack that is sound begin, and soon


@pytest.mark.parametrize(
    ("sound", "odd"),
    [
        ("    turns: 2\n", "    turns: 2\n    then: weeks\n"),
        (
            "- {id: close, title: Close, seats: [washington]}",
            "- {id: close, title: Close, seats: [washington]}\n      - {id: last, title: Last}",
        ),
        ("deal: news", "deal: news, when: false"),
        ("weight: 10 + count", "weight: 0"),
        ("turns: 3\n", "turns: 400\n"),
        ("[{deal: reply_card}]", "[{deal: reply_card}, {deal: letter}]"),
        ("[{change: tension, by: -1, why: They answer.}]", "[{deal: letter}, {deal: reply_card}]"),
        ("title: Heat, at: plan, when: prepared < 2", "title: Heat, at: event"),
        ("effects: [{change: tension, by: 1, why: Nobody talks.}]", "effects: [{enter: weeks}, {roll: reply}]"),
        ("{id: bad, weight: 5}", "{id: bad, weight: 5, effects: [{roll: reply, after: 1}]}"),
    ],
)
def test_loops_and_empty_phases_come_to_an_end(tmp_path: pathlib.Path, sound: str, odd: str) -> None:
    main = SOUND.replace(sound, odd, 1)
    assert main != SOUND
    said = said_of(tmp_path, main)
    assert all(line.endswith("[warning]") for line in said), said
    game = tabletop.Game(load(tmp_path))
    for seed in range(5):
        state = game.start(seed)
        for _ in range(3000):
            if state.finished:
                break
            seat = state.acting[0]
            state = game.apply(state, seat, game.actions(state, seat)[-1])
        assert state.finished


def test_rolls_that_multiply_are_refused(tmp_path: pathlib.Path) -> None:
    tables = "".join(
        f"  - {{id: t{n}, title: T, claims: [C01], outcomes: [{{id: a, weight: 1, "
        f"effects: [{', '.join([f'{{roll: t{n + 1}}}'] * 9)}]}}]}}\n"
        for n in range(5)
    )
    tables += "  - {id: t5, title: T, outcomes: [{id: a, weight: 1}]}\n"
    said = said_of(tmp_path, SOUND.replace("rules:\n", f"{tables}rules:\n", 1))
    assert "scenario.yaml:104:5: one roll on the table 't1' can lead to more than" in "\n".join(said)
