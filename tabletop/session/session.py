"""Session: one game being played, from its first decision to the verdict, with bots, saves and undo."""

from __future__ import annotations

import pathlib
from collections.abc import Generator, Mapping, Sequence

import attrs

from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.log import Entry
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.players import PlayerFailed, cast, decide
from tabletop.players.casting import named_players
from tabletop.scenario import Scenario
from tabletop.scenario.effects import Effect
from tabletop.scenario.loading import load
from tabletop.session import saves
from tabletop.session.saves import Save, SaveError


@attrs.frozen
class Step:
    """One decision that was made, and the state that it led to."""

    seat: str
    action: str
    state: State


class Session:
    """One game being played.

    `humans` are the seats that people play, `players` the bots of the others by seat, `decisions` what was decided so
    far as (seat, action), `hindsight` how many decisions were taken back once something was known of what followed.
    `warning` says why the game cannot be saved, if it cannot; it goes on all the same.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        pack: str | None = None,
        assumptions: Mapping[str, int | bool] | None = None,
        humans: Sequence[str] = (),
        players: Mapping[str, str] | None = None,
        folder: pathlib.Path | None = None,
        autosave: bool = True,
        id: str | None = None,
        started: str | None = None,
        hindsight: int = 0,
    ) -> None:
        """Raises UnknownAssumption, or UnknownPlayer for a seat or a player that there is none of.

        `pack` is what `tabletop.load` was given, so that a later run can load it again.
        """
        self.scenario = scenario
        self.game = Game(scenario, assumptions)
        self.seed = seed
        self.humans = tuple(humans)
        self.pack = scenario.id if pack is None else saves.pack_to_keep(pack)
        chosen = dict(players or {})
        self._casters = cast(self.game, {**dict.fromkeys(self.humans, "random"), **chosen})
        named = named_players(scenario, chosen)
        self.players = {seat: name for seat, name in named.items() if seat not in self.humans}
        self.folder = folder
        self.autosave = autosave
        self.id = id or saves.new_id(scenario.id)
        self.started = started or saves.now()
        self.decisions: list[tuple[str, str]] = []
        self.states: list[State] = [self.game.start(seed)]
        self.warning = ""
        self.hindsight = hindsight
        self._foreseen = 0  # decisions before this one, taken back, are taken back with hindsight too
        self._views: dict[str, tuple[State, View]] = {}

    @property
    def state(self) -> State:
        """Where the game stands."""
        return self.states[-1]

    @property
    def assumptions(self) -> dict[str, int | bool]:
        """The assumptions that the game is played under, all of them."""
        return self.game.assumptions

    def view(self, seat: str) -> View:
        """What a seat may know of the game now."""
        state, view = self._views.get(seat, (None, None))
        if view is None or state is not self.state:
            view = self.game.view(self.state, seat)
            self._views[seat] = self.state, view
        return view

    # Deciding

    def decide(self, seat: str, action: Action | str) -> State:
        """Makes a decision for a seat and saves. Raises IllegalAction and leaves everything as it was."""
        state = self._apply(seat, action)
        self.save()
        return state

    def _apply(self, seat: str, action: Action | str) -> State:
        state = self.game.apply(self.state, seat, action)
        self.states.append(state)
        self.decisions.append((seat, str(action)))
        return state

    @property
    def to_act(self) -> str | None:
        """The person's seat that must act now; None while it is for a bot to act, and when the game is over."""
        acting = self.state.acting
        return acting[0] if acting and acting[0] in self.humans else None

    def run_bots(self) -> Generator[Step, None, None]:
        """Lets the bots decide, one at a time, until it is for a person to act or the game is over. Saves at the end.

        Raises PlayerFailed for a bot that breaks down or chooses what is not legal.
        """
        before = len(self.decisions)
        try:
            while self.state.acting and self.to_act is None:
                yield self._bot_step()
        finally:
            if len(self.decisions) != before:
                self.save()

    def _bot_step(self) -> Step:
        seat = self.state.acting[0]
        try:
            action = decide(self._casters[seat], self.game, self.state, seat)
            state = self._apply(seat, action)
        except PlayerFailed:
            raise
        except Exception as error:  # a player may be anybody's code
            raise PlayerFailed(f"the player '{self.players.get(seat, seat)}' of {seat} failed: {error}") from error
        return Step(seat, str(action), state)

    # Taking back

    @property
    def can_undo(self) -> bool:
        """Whether the person to act has decided something in this turn, with nobody else since, to be taken back."""
        return self._last_of_a_person() is not None

    @property
    def undo_refused(self) -> str:
        """Why nothing can be taken back, or "" if something can."""
        if self.can_undo:
            return ""
        turn = next(stage.turn for stage in self.scenario.stages if stage.id == self.state.stage)
        if len(self.humans) > 1:
            return f"Nothing to take back: you have decided nothing in this {turn} since the keyboard came to you."
        return f"Nothing to take back: you have not decided anything in this {turn}, and earlier ones are history."

    @property
    def undo_has_hindsight(self) -> bool:
        """Whether an undo now would take back a decision of which something that followed is known."""
        at = self._last_of_a_person()
        return at is not None and (at < self._foreseen or self._was_revealed_since(at))

    def undo(self) -> bool:
        """Takes back the last decision of the person to act, and all that followed; False if there is none.

        One that has been taken back with hindsight counts in `hindsight`.
        """
        at = self._last_of_a_person()
        if at is None:
            return False
        if self.undo_has_hindsight:
            self.hindsight += 1
            self._foreseen = at
        del self.decisions[at:]
        del self.states[at + 1 :]
        self.save()
        return True

    def _last_of_a_person(self) -> int | None:
        mine = self.to_act
        for at in reversed(range(len(self.decisions))):
            if self.states[at].turn != self.state.turn:
                return None
            seat = self.decisions[at][0]
            if seat in self.humans:
                return at if mine in (None, seat) else None
        return None

    def _was_revealed_since(self, at: int) -> bool:
        """Whether its seat has learned anything since a decision that it could not have known before."""
        seat, then = self.decisions[at][0], self.states[at]
        if then.card is None and (then.turn, then.phase) != (self.state.turn, self.state.phase):
            phases = [phase for stage in self.scenario.stages for phase in stage.phases if phase.id == then.phase]
            if any(phase.order == "simultaneous" and len(phase.seats) > 1 for phase in phases):
                return True  # what lay face down was turned over, and be it that somebody passed
        known = len(self.game.view(self.states[at], seat).log)
        return any(self._is_news(seat, entry) for entry in self.game.view(self.state, seat).log[known:])

    def _is_news(self, seat: str, entry: Entry) -> bool:
        if entry.kind in ("turn", "stage") or (entry.kind == "action" and entry.seat == seat):
            return False
        if entry.kind != "change" or entry.seat != seat or entry.noun not in ("action", "option"):
            return True
        mine = [one for one in self.game.program.actions if one.seat == seat and str(one) == entry.decision]
        return not all(self._is_foreseeable(seat, effect) for one in mine for effect in one.effects)

    def _is_foreseeable(self, seat: str, effect: Effect) -> bool:
        read = [part.source for part in (effect.when, effect.by) if part is not None]
        return all(self.game.program.scope.read(source).known_by(seat) for source in read)

    # Keeping

    @property
    def record(self) -> Save:
        """What is kept of the session."""
        return Save(
            id=self.id,
            scenario=self.scenario.id,
            title=self.scenario.title,
            pack=self.pack,
            version=self.scenario.version,
            digest=self.scenario.digest,
            seed=self.seed,
            assumptions=dict(self.assumptions),
            humans=self.humans,
            players=dict(self.players),
            decisions=tuple(self.decisions),
            started=self.started,
            updated=saves.now(),
            turn=self.state.turn,
            finished=self.state.finished,
            outcome=self.state.outcome,
            hindsight=self.hindsight,
        )

    def save(self) -> None:
        """Keeps the session; where that fails, `warning` says why and the game goes on."""
        if not self.autosave:
            return
        try:
            saves.save(self.record, self.folder)
        except SaveError as error:
            self.warning = str(error)
        else:
            self.warning = ""

    def check_saving(self) -> None:
        """Finds out before the first decision whether the game can be kept: where it cannot, `warning` says why."""
        if self.autosave:
            try:
                saves.check_folder(self.folder)
            except SaveError as error:
                self.warning = str(error)

    @classmethod
    def resume(cls, save: Save, folder: pathlib.Path | None = None) -> tuple[Session, list[str]]:
        """The session of a save with its decisions made again, and what the player should know about it.

        Raises UnknownScenario, PackError, UnknownAssumption or UnknownPlayer where the pack or a player is gone.
        """
        scenario = load(save.pack)
        known = {assumption.id for assumption in scenario.assumptions}
        session = cls(
            scenario,
            seed=save.seed,
            pack=save.pack,
            assumptions={name: value for name, value in save.assumptions.items() if name in known},
            humans=save.humans,
            players=save.players,
            folder=folder,
            id=save.id,
            started=save.started,
            hindsight=save.hindsight,
        )
        notes = []
        if scenario.digest != save.digest:
            notes.append(f"The rules of {scenario.id} have changed since this game was saved.")
        stopped = session._replay(save.decisions)
        if stopped:
            # The save that could not be followed to its end stays as it is.
            session.id = saves.new_id(scenario.id)
            notes.append(stopped)
        elif notes:
            notes.append(
                f"All {len(save.decisions)} decisions are still possible, and were made again under the new rules."
            )
        return session, notes

    def _replay(self, decisions: Sequence[tuple[str, str]]) -> str:
        for at, (seat, action) in enumerate(decisions):
            try:
                self._apply(seat, action)
            except IllegalAction as refusal:
                return (
                    f"Decision {at + 1} of {len(decisions)} ({seat}: {action}) is no longer possible: "
                    f"{refusal.reason}. The game goes on from before it, in a save of its own; the old one is kept."
                )
        return ""
