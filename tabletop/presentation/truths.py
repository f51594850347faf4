"""Hidden truths in words, for whoever may read them: their seat, a facilitator, or everybody once they are told."""

from __future__ import annotations

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.scenario.board import Hidden


@attrs.frozen(kw_only=True)
class Truth:
    """A hidden truth: its name, what is true of it (such as "Playing for time"), and a text about that.

    `sentence` says both, for a line of prose.
    """

    id: str
    name: str
    value: str
    text: str
    sentence: str


def known_truths(perspective: Perspective) -> tuple[Truth, ...]:
    """The hidden truths that the view holds, in the scenario's order."""
    facts = perspective.view.facts
    return tuple(_truth(perspective, one, str(facts[one.id])) for one in perspective.scenario.hidden if one.id in facts)


def unknown_truths(perspective: Perspective) -> tuple[str, ...]:
    """The names of the hidden truths that the view does not hold."""
    return tuple(one.name for one in perspective.scenario.hidden if one.id not in perspective.view.facts)


def _truth(perspective: Perspective, noun: Hidden, value: str) -> Truth:
    at = noun.values.index(value)
    name = perspective.names.value(noun.id, value)
    name = f"{name[:1].upper()}{name[1:]}"
    words = " ".join(noun.descriptions[at].split()) if at < len(noun.descriptions) else ""
    says_it = words.lower().startswith(name.lower())
    rest = words[len(name) :] if says_it else words
    # "Probing. It …" loses the name that stands above it; "Probing, it …" is one sentence and stays whole.
    text = rest.lstrip(". ") if not rest[:1] or not says_it or rest.startswith(".") else words
    sentence = words if says_it else f"{name}. {words}".strip()
    return Truth(id=noun.id, name=noun.name, value=name, text=text, sentence=sentence)
