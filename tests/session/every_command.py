"""A session in which a command of every kind is given, in every form that it has."""

from __future__ import annotations

import pathlib

from tabletop.session import Facilitator, Session
from tabletop.session.commands import Believed
from tabletop.session.facilitation import Vote

SCHEDULE = """
cards: [{id: relief, title: Relief, text: A tug., effects: [{change: trust, by: 1, why: Help.}]}]
injects:
  - {id: hint, title: A hint, turn: 1, tell: [harbour], text: Look at the mill.}
  - {id: fall, title: A fall, turn: 1, set: trust, to: 40}
  - {id: tug, title: A tug, turn: 1, card: relief}
  - {id: never, title: Never, turn: 3, card: gale}
"""


def give_every_command(session: Session, folder: pathlib.Path) -> None:
    """Gives commands in a game of the ferry in which nothing has been done."""
    facilitator = Facilitator(session, "Ms Lee")
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    facilitator.take_back("harbour", "They miscounted.")
    facilitator.decide_all([Vote(seat="harbour", actions=("visit(place=mill)", "pass"), why="Two to one.")])
    for _ in session.run_bots():
        pass
    session.decide("harbour", "sail_out")
    fall = next(one for one in facilitator.falls() if one.draw.node.kind == "table")
    outcomes = [one.id for one in session.scenario.tables[0].outcomes if one.id != fall.draw.outcome]
    facilitator.overrule(fall.step, fall.draw.place, outcomes[0], "It was calm.", shown=False)
    facilitator.inject("fog", "So that they wait.")
    facilitator.write_card("title: News\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good.}]\n", shown=False)
    facilitator.set("trust", 61, "As agreed.")
    facilitator.hand("island", "", "She has come.")
    facilitator.hand("island", "random")
    facilitator.extend("One more round.")
    facilitator.skip("Enough.", shown=False)
    facilitator.repeat("plan", "Once more.")
    session.undo()
    session.back(2, "Ms Lee", "Too soon.")
    session.forward(1)
    session.begin_branch("bolder", why="To see.")
    session.rename_branch("bolder", "boldest")
    session.switch("main")
    facilitator.note("For everybody.", ["quote"], shown=True)
    message = facilitator.message(["harbour"], "Look out.")
    facilitator.withdraw(message.number, "It was wrong.")
    facilitator.pause("Lunch.")
    facilitator.go_on()
    facilitator.go_to_next()
    facilitator.set_clock(120, "plan", [10, 60], "skip")
    facilitator.more_time(-30)
    facilitator.allow_undo("reveal")
    (folder / "plan.yaml").write_text(SCHEDULE, encoding="utf-8")
    facilitator.load_schedule(folder / "plan.yaml")
    for inject in ("hint", "fall", "tug"):
        facilitator.take_up(inject)
    facilitator.set_aside("never", "No time.")
    facilitator.give_word("harbour", "heron-maple-27")
    facilitator.allow_undo("turn")
    while not session.state.finished:
        seat = session.state.acting[0]
        if session.to_act:
            session.decide(seat, session.game.actions(session.state, seat)[0])
        for _ in session.run_bots():
            pass
    session.undo()
    session.redo()
    while not session.state.finished:
        session.decide(session.to_act or "", session.game.actions(session.state, session.to_act or "")[0])
        for _ in session.run_bots():
            pass
    facilitator.tell_truth()
    session.remark(Believed(seat="harbour", hidden="weather", shares={"fair": 70, "foul": 30}), "harbour")
    session.remark(Believed(seat="harbour", hidden="weather", shares={"fair": 0, "foul": 100}, person="p1"), "p1")
