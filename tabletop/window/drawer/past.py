"""Past: undoing any number of steps, going to any of them, and the branches as a tree: named, compared, switched."""

from __future__ import annotations

import functools

from tabletop.presentation.branch_chance import chance_words
from tabletop.presentation.branches import BranchComparison, BranchLine, branch_comparison, branch_tree
from tabletop.presentation.spans import signed
from tabletop.presentation.steps import StepLine, step_line
from tabletop.session.branch_chance import chance_compared
from tabletop.session.branch_comparison import compare
from tabletop.session.step_summary import branch_summaries, step_summary
from tabletop.window.controls import Button
from tabletop.window.drawer.desk import Desk, Page
from tabletop.window.fields import Stepper
from tabletop.window.frames import Pad, Panel
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.parts import Icon, Text
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
        told = [step_line(self.desk.names, self.said, step_summary(self.session, step)) for step in line]
        rows = [self._step_row(step) for step in reversed(told)]
        return self.section("facilitate.last_steps", Column(*rows, gap=TIGHT))

    def _step_row(self, step: StepLine) -> Element:
        is_here = step.number == self.session.course.at.number
        note = " · ".join(part for part in (step.when, step.who, step.why) if part)
        return Row(
            Column(Text(step.text, STRONG), Text(note, SMALL, "soft"), gap=0, grow=1),
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

    def _go(self, number: int) -> None:
        desk = self.desk
        told = self.said("facilitate.did_go")
        desk.do(told, lambda: self.session.go(number, desk.facilitator.name, desk.why), is_step=False)

    # Branches

    def _tree(self) -> Element:
        said = self.said
        tree = branch_tree(self.desk.names, said, branch_summaries(self.session))
        rows = [self._branch_row(branch) for branch in tree]
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

    def _branch_row(self, branch: BranchLine) -> Element:
        said = self.said
        here = said("facilitate.is_here") if branch.is_current and self.session.course.at.number == branch.tip else ""
        same = said("facilitate.same_branch") if branch.name == self.session.course.branch else ""
        name: Element = Text(
            said("facilitate.branch_now", name=branch.name) if branch.is_current else branch.name, STRONG
        )
        if self._renamed == branch.name:
            name = TextField("branch.rename", self._name, self._set_name, on_enter=self._rename, most=60)
        note = ", ".join(part for part in (branch.steps, branch.where, branch.left) if part)
        row = Column(
            Row(
                Icon("git-branch", STRONG, "accent" if branch.is_current else "soft"),
                Column(
                    name,
                    Text(note, SMALL, "soft"),
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
        return Pad(Panel(row, "panel", pad=SMALL_GAP), WIDE * min(branch.depth, _DEEPEST), 0, 0, 0)

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
        compared = compare(self.session, here, self._compared)
        found = branch_comparison(self.desk.names, self.said, compared)
        chance = chance_words(self.desk.names, self.said, chance_compared(self.session, compared))
        sides = [
            Text(
                [Run(f"{one.name}: ", "bold"), Run(" ".join(part for part in (one.text, one.further) if part), "text")]
            )
            for one in (found.one, found.other)
        ]
        return self.section(
            "facilitate.comparison",
            Text(found.title, STRONG),
            Text(found.parted, SMALL, "soft"),
            *sides,
            self._meters(found),
            self._decisions(found),
            Text(chance, SMALL, "soft"),
        )

    def _meters(self, found: BranchComparison) -> Element:
        rows = [
            Row(
                Text(one.short, BODY, grow=1),
                Text(f"{one.parted}", BODY, "soft", wraps=False),
                Text(f"{one.one}", STRONG, wraps=False),
                Text(f"{one.other}", STRONG, wraps=False),
                Text(signed(one.apart), STRONG, "soft" if not one.apart else "accent", wraps=False),
                gap=WIDE,
            )
            for one in found.meters
        ]
        return Panel(Column(*rows, gap=HAIR), "panel", pad=GAP)

    def _decisions(self, found: BranchComparison) -> Element:
        said = self.said
        rows: list[Element] = [
            Text([Run(f"{said('branches.ruling', branch=one.branch)}: ", "bold"), Run(one.text, "text")], BODY)
            for one in found.rulings
        ]
        for one in found.decisions:
            runs = [Run(f"{one.when}, {one.who}: ", "bold"), Run(f"{one.one} → {one.other}", "text")]
            rows.append(Text(runs, BODY))
        rows += [Text(found.same, SMALL, "soft")] if found.same else []
        return Column(*rows, gap=TIGHT)
