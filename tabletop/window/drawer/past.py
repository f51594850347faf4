"""Past: undoing any number of steps, going to any of them, and the branches as a tree: named, compared, switched."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from tabletop.session.branch_comparison import Comparison, compare
from tabletop.session.step_tree import Branch, Step
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.fields import Stepper
from tabletop.window.frames import Pad, Panel
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.telling import signed
from tabletop.window.text import Run
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, GAP, HAIR, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE

_STEPS = 10
_DEEPEST = 4


class Past(Page):
    name, icon = "past", "git-branch"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._count = 1
        self._new = ""
        self._renamed = ""
        self._name = ""
        self._compared = ""

    def build(self) -> Element:
        return self.sections(self._undo(), self._tree(), self._comparison(), self._steps())

    # Undoing

    def _undo(self) -> Element:
        said, at = self.said, self.session.course.at
        none_back = "" if at.before is not None else said("facilitate.at_start")
        none_on = "" if at.onward is not None else said("facilitate.nothing_undone")
        return self.section(
            "facilitate.undo_head",
            Stepper(
                "undo.count",
                said("facilitate.steps"),
                str(self._count),
                self._step_count,
                first=said("facilitate.one_at_least") if self._count <= 1 else "",
            ),
            Flow(
                Button(
                    "undo.back",
                    said("facilitate.undo", count=self._count),
                    self._back,
                    icon="arrow-counter-clockwise",
                    why_not=none_back,
                ),
                Button(
                    "undo.on",
                    said("facilitate.redo", count=self._count),
                    self._forward,
                    icon="arrow-clockwise",
                    why_not=none_on,
                ),
                gap=SMALL_GAP,
            ),
        )

    def _step_count(self, step: int) -> None:
        self._count = max(1, min(200, self._count + step))

    def _back(self) -> None:
        desk = self.desk
        told = self.said("facilitate.did_undo")
        desk.do(told, lambda: self.session.back(self._count, desk.facilitator.name, desk.why), is_step=False)

    def _forward(self) -> None:
        desk = self.desk
        told = self.said("facilitate.did_redo")
        desk.do(told, lambda: self.session.forward(self._count, desk.facilitator.name, desk.why), is_step=False)

    # The last steps

    def _steps(self) -> Element:
        line = self.session.course.at.line()[-_STEPS:]
        rows = [self._step_row(step) for step in reversed(line)]
        return self.section("facilitate.last_steps", Column(*rows, gap=TIGHT))

    def _step_row(self, step: Step) -> Element:
        is_here = step is self.session.course.at
        note = self._when(step)
        return Row(
            Column(Text(self.step_words(step), STRONG), Text(note, SMALL, "soft"), gap=0, grow=1),
            Button(
                f"go.{step.number}",
                self.said("facilitate.go_there"),
                functools.partial(self._go, step.number),
                icon="arrow-left",
                why_not=self.said("facilitate.is_here") if is_here else "",
            ),
            gap=GAP,
            align="middle",
        )

    def step_words(self, step: Step) -> str:
        """What a step did, in a few words."""
        names, body = self.desk.names, step.body
        if step.kind in ("decide", "overrule"):
            return f"{names.seat(body['seat'])}: {self._label(step)}"
        if step.kind == "inject":
            card = names.cards.get(body["card"])
            return self.said("facilitate.step_inject", title=card.title if card else body["card"])
        if step.kind == "set":
            return self.said(
                "facilitate.sets", name=names.full(body["name"]), value=names.value(body["name"], body["value"])
            )
        if step.kind == "hand":
            return self.said("facilitate.step_hand", seat=names.seat(body["seat"]))
        return self.said(f"facilitate.step_{step.kind}")

    def _label(self, step: Step) -> str:
        before = self.session.position_at(step.before) if step.before else self.session.position
        action = step.body["action"]
        found = next(
            (one for one in before.game.program.actions if str(one) == action and one.seat == step.body["seat"]), None
        )
        return found.label if found is not None else self.said("facilitate.passes")

    def _when(self, step: Step) -> str:
        state = self.session.position_at(step).state
        phase = self.desk.names.phases.get(state.phase)
        when = self.desk.when(state.turn, state.stage, state.stage_turn)
        return " · ".join(part for part in (when, phase.title if phase else "") if part)

    def _go(self, number: int) -> None:
        desk = self.desk
        told = self.said("facilitate.did_go")
        desk.do(told, lambda: self.session.go(number, desk.facilitator.name, desk.why), is_step=False)

    # Branches

    def _tree(self) -> Element:
        said = self.said
        rows = [self._branch_row(branch, deep) for branch, deep in in_tree(self.session.branches)]
        return self.section(
            "facilitate.branches",
            Column(*rows, gap=TIGHT),
            TextField("branch.name", self._new, self._set_new, hint=said("facilitate.branch_hint"), most=60),
            Flow(
                Button(
                    "branch.begin",
                    said("facilitate.begin_branch"),
                    self._begin,
                    icon="plus",
                    why_not="" if self._new.strip() else said("facilitate.name_it_first"),
                )
            ),
        )

    def _branch_row(self, branch: Branch, deep: int) -> Element:
        said = self.said
        here = said("facilitate.is_here") if branch.current and self.session.course.at.number == branch.tip else ""
        same = said("facilitate.same_branch") if branch.name == self.session.course.branch else ""
        name: Element = Text(said("facilitate.branch_now", name=branch.name) if branch.current else branch.name, STRONG)
        if self._renamed == branch.name:
            name = TextField("branch.rename", self._name, self._set_name, on_enter=self._rename, most=60)
        tip = self.session.course.steps[branch.tip]
        row = Column(
            Row(
                Icon("git-branch", STRONG, "accent" if branch.current else "soft"),
                Column(
                    name,
                    Text(said("facilitate.branch_note", when=self._when(tip), count=branch.steps), SMALL, "soft"),
                    gap=0,
                    grow=1,
                ),
                gap=SMALL_GAP,
                align="middle",
            ),
            Flow(
                Button(
                    f"switch.{branch.name}",
                    said("facilitate.switch"),
                    functools.partial(self._switch, branch.name),
                    why_not=here,
                ),
                Button(
                    f"compare.{branch.name}",
                    said("facilitate.compare"),
                    functools.partial(self._compare, branch.name),
                    why_not=same,
                ),
                Button(
                    f"rename.{branch.name}", said("facilitate.rename"), functools.partial(self._ask_name, branch.name)
                ),
                gap=TIGHT,
            ),
            gap=TIGHT,
        )
        return Pad(Panel(row, "panel", pad=SMALL_GAP), WIDE * min(deep, _DEEPEST), 0, 0, 0)

    def _set_new(self, text: str) -> None:
        self._new = text

    def _begin(self) -> None:
        desk, name = self.desk, self._new.strip()
        told = self.said("facilitate.did_begin", name=name)
        if desk.do(told, lambda: self.session.begin_branch(name, desk.facilitator.name, desk.why), is_step=False):
            self._new = ""

    def _switch(self, name: str) -> None:
        desk = self.desk
        told = self.said("facilitate.did_switch", name=name)
        desk.do(told, lambda: self.session.switch(name, desk.facilitator.name, desk.why), is_step=False)

    def _ask_name(self, name: str) -> None:
        if self._renamed == name:
            self._rename(self._name)
        else:
            self._renamed, self._name = name, name

    def _set_name(self, text: str) -> None:
        self._name = text

    def _rename(self, text: str) -> None:
        desk, old = self.desk, self._renamed
        self._renamed = ""
        if text.strip() and text.strip() != old:
            told = self.said("facilitate.did_rename", name=text.strip())
            desk.do(told, lambda: self.session.rename_branch(old, text.strip(), desk.facilitator.name), is_step=False)

    # Comparing

    def _compare(self, name: str) -> None:
        self._compared = "" if self._compared == name else name

    def _comparison(self) -> Element | None:
        here = self.session.course.branch
        if not self._compared or self._compared == here or self._compared not in self.session.course.tips:
            return None
        found = compare(self.session, here, self._compared)
        head = Text(self.said("facilitate.compared", one=here, other=self._compared), STRONG)
        parted = self.soft("facilitate.parted", when=self._when(found.parted))
        return self.section("facilitate.comparison", head, parted, self._meters(found), self._decisions(found))

    def _meters(self, found: Comparison) -> Element:
        names = self.desk.names
        rows = [
            Row(
                Text(names.short(one.meter), BODY, grow=1),
                Text(f"{one.one}", STRONG, wraps=False),
                Text(f"{one.other}", STRONG, wraps=False),
                Text(signed(one.apart), STRONG, "soft" if not one.apart else "accent", wraps=False),
                gap=WIDE,
            )
            for one in found.meters
        ]
        return Panel(Column(*rows, gap=HAIR), "panel", pad=GAP)

    def _decisions(self, found: Comparison) -> Element:
        names, said = self.desk.names, self.said
        rows: list[Element] = []
        for one in found.decisions:
            stage_turn = said("facilitate.turn", turn=one.turn)
            mine = ", ".join(action.label for action in one.one) or "–"
            other = ", ".join(action.label for action in one.other) or "–"
            runs = [Run(f"{names.seat(one.seat)}, {stage_turn}: ", "bold"), Run(f"{mine} → {other}", "text")]
            rows.append(Text(runs, BODY))
        return Column(*rows, gap=TIGHT) if rows else self.soft("facilitate.same_decisions")


def in_tree(branches: list[Branch], parent: str = "", deep: int = 0) -> Iterator[tuple[Branch, int]]:
    """Branches with how deep they stand, each under the one that it left."""
    for branch in branches:
        if branch.parent == parent:
            yield branch, deep
            yield from in_tree(branches, branch.name, deep + 1)
