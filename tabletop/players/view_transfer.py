"""Serializes views for a subprocess: each action is sent once, and only new entries of the log."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.program import Action
from tabletop.engine.views import View

#: The view without its actions and log; new actions; the numbers of its legal and picked actions; the length of the
#: common prefix of the log, and the new entries.
Sent: TypeAlias = tuple[View, tuple[Action, ...], tuple[int, ...], tuple[int, ...], int, tuple[Entry, ...]]


class Sender:
    """Encodes views for a `Receiver` that has received all views before."""

    def __init__(self) -> None:
        self._actions: list[Action] = []
        self._numbers: dict[int, int] = {}
        self._log: Sequence[Entry] = ()

    def sent(self, view: View) -> Sent:
        """The encoded view. It must arrive before the next one."""
        before = len(self._actions)
        actions, picked = self._numbered(view.actions), self._numbered(view.picked)
        same = _same(self._log, view.log)
        self._log = view.log
        bare = attrs.evolve(view, actions=(), picked=(), log=())
        return bare, tuple(self._actions[before:]), actions, picked, same, view.log[same:]

    def _numbered(self, actions: Sequence[Action]) -> tuple[int, ...]:
        for action in actions:
            if id(action) not in self._numbers:  # kept, so that its id is not reused
                self._numbers[id(action)] = len(self._actions)
                self._actions.append(action)
        return tuple(self._numbers[id(action)] for action in actions)


class Receiver:
    """Decodes views from a `Sender`."""

    def __init__(self) -> None:
        self._actions: list[Action] = []
        self._log: tuple[Entry, ...] = ()

    def view(self, sent: Sent) -> View:
        """The decoded view."""
        bare, fresh, actions, picked, same, new = sent
        self._actions += fresh
        self._log = (*self._log[:same], *new)
        return attrs.evolve(
            bare,
            actions=tuple(self._actions[at] for at in actions),
            picked=tuple(self._actions[at] for at in picked),
            log=self._log,
        )


def pickled(content: object) -> bytes:
    """Pickles plain values and parts of views, for `pickle.load` in a process of the program."""
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: lambda one: (_read_only, (dict(one),))}
    pickler.dump(content)
    return file.getvalue()


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def _same(before: Sequence[Entry], now: Sequence[Entry]) -> int:
    for at, (one, other) in enumerate(zip(before, now, strict=False)):
        if one is not other and one != other:
            return at
    return min(len(before), len(now))
