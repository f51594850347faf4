"""The roster: who is in the room, on which seat, who waits and who looks on. Nothing here knows of devices."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from tabletop.host.refusals import Refused

Standing: TypeAlias = Literal["unapproved", "waiting", "seated", "watching", "gone"]
Seating: TypeAlias = Literal["even", "choice", "facilitator"]
SEATINGS: tuple[Seating, ...] = ("even", "choice", "facilitator")
MOST_PEOPLE = 1_000


@attrs.frozen(kw_only=True)
class Person:
    """Somebody who joined. `seat` is that of their team while they are "seated"; `wish` the seat that they asked for,
    or to look on, until their name is approved; `number` a student's number or address for the gradebook, where it is
    asked for."""

    id: str
    name: str
    standing: Standing = "waiting"
    seat: str = ""
    wish: str = ""
    number: str = ""

    @property
    def is_here(self) -> bool:
        """Whether they have neither left nor been removed."""
        return self.standing != "gone"


@attrs.frozen(kw_only=True)
class Roster:
    """Everybody who ever joined, by id in the order of joining, and the rules for those who join now."""

    seats: tuple[str, ...]
    people: Mapping[str, Person] = MappingProxyType({})
    captains: Mapping[str, str] = MappingProxyType({})
    locked: bool = False
    approving: bool = False
    seating: Seating = "even"

    # Asking

    def person(self, id: str) -> Person:
        """Somebody who is in the room. Raises Refused."""
        found = self.people.get(id)
        if found is None or not found.is_here:
            raise Refused("not-here", 404)
        return found

    def team(self, seat: str) -> tuple[Person, ...]:
        """The people on a seat, in the order of joining."""
        return tuple(one for one in self.people.values() if one.standing == "seated" and one.seat == seat)

    def standing(self, standing: Standing) -> tuple[Person, ...]:
        """The people of a standing, in the order of joining."""
        return tuple(one for one in self.people.values() if one.standing == standing)

    @property
    def here(self) -> tuple[Person, ...]:
        """Everybody who has not left."""
        return tuple(one for one in self.people.values() if one.is_here)

    def captain(self, seat: str, present: frozenset[str] | None = None) -> str:
        """Who decides for a team where a captain does: the one that was named, or the first who is `present`."""
        team = [one.id for one in self.team(seat)]
        there = [id for id in team if present is None or id in present] or team
        named = self.captains.get(seat, "")
        return named if named in there else (there[0] if there else "")

    def free_name(self, name: str) -> str:
        """The name, with a number behind it where somebody here has it already.

        Nobody is refused for it: whoever comes back with a new phone would be.
        """
        taken = {one.name.casefold() for one in self.here}
        if name.casefold() not in taken:
            return name
        number = 2
        while f"{name} {number}".casefold() in taken:
            number += 1
        return f"{name} {number}"

    def smallest(self, among: Sequence[str] = ()) -> str:
        """The seat with the fewest people, the first of several; "" where there is none."""
        seats = [seat for seat in self.seats if not among or seat in among]
        return min(seats, key=lambda seat: len(self.team(seat)), default="")

    def evenly(self) -> dict[str, str]:
        """The seat that each who waits would get, so that teams come out alike in size."""
        sizes = {seat: len(self.team(seat)) for seat in self.seats}
        found: dict[str, str] = {}
        for person in self.standing("waiting"):
            if sizes:
                seat = min(sizes, key=lambda one: sizes[one])
                found[person.id] = seat
                sizes[seat] += 1
        return found

    # Changing: each gives a new roster, and raises Refused where it may not be

    def joined(self, person: Person) -> Roster:
        """With somebody who has come in: waiting, on the smallest team, or waiting to be approved."""
        if self.locked:
            raise Refused("locked", 423)
        if len(self.here) >= MOST_PEOPLE:
            raise Refused("full", 429, most=MOST_PEOPLE)
        standing: Standing = "unapproved" if self.approving else "waiting"
        return self._with(attrs.evolve(person, name=self.free_name(person.name), standing=standing, seat=""))

    def wishing(self, id: str, wish: str) -> Roster:
        """With the seat that somebody asks for, or that they only look on, until their name is approved."""
        return self._with(attrs.evolve(self.person(id), wish=wish))

    def approved(self, id: str) -> Roster:
        """With somebody let in whose name was looked at."""
        person = self.person(id)
        return self._with(attrs.evolve(person, standing="waiting")) if person.standing == "unapproved" else self

    def seated(self, id: str, seat: str) -> Roster:
        """With somebody on a seat; "" sends them back to wait."""
        person = self.person(id)
        if person.standing == "unapproved":
            raise Refused("not-let-in", name=person.name)
        if seat and seat not in self.seats:
            raise Refused("no-such-team", 404)
        return self._with(attrs.evolve(person, standing="seated" if seat else "waiting", seat=seat))

    def watching(self, id: str) -> Roster:
        """With somebody who only looks on, and sees what everybody may."""
        return self._with(attrs.evolve(self.person(id), standing="watching", seat=""))

    def gone(self, id: str) -> Roster:
        """Without somebody: they left, or were removed. They are remembered, as their votes are."""
        return self._with(attrs.evolve(self.person(id), standing="gone"))

    def renamed(self, id: str, name: str) -> Roster:
        """With another name for somebody."""
        person = self.person(id)
        others = attrs.evolve(self, people={key: one for key, one in self.people.items() if key != id})
        return self._with(attrs.evolve(person, name=others.free_name(name)))

    def led_by(self, seat: str, id: str) -> Roster:
        """With a captain for a team, from among its people."""
        if id and id not in {one.id for one in self.team(seat)}:
            raise Refused("captain-of-team")
        return attrs.evolve(self, captains=MappingProxyType({**self.captains, seat: id}))

    def _with(self, person: Person) -> Roster:
        return attrs.evolve(self, people=MappingProxyType({**self.people, person.id: person}))


def new_person(name: str, number: str = "") -> Person:
    """Somebody who is about to join. The id says nothing about how many have joined before."""
    return Person(id=secrets.token_hex(6), name=name, number=number)
