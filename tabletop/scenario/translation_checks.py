"""Checks the translations of a pack: what is missing, out of date, said of nothing, or has lost its {places}."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from tabletop.scenario.font_coverage import missing
from tabletop.scenario.injects import Schedule
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import Document, read_text
from tabletop.scenario.problems import Mark, Path, Problem, nearest, quoted
from tabletop.scenario.structuring import structure_as
from tabletop.scenario.translation import headings_of, id_of, nouns_of, texts_of_noun
from tabletop.scenario.translation_tables import COMMON, PACK, language_of, languages, pair_of, same

Key = tuple[str, str]

_PLACES = re.compile(r"\{[^{}]*\}")
#: How alike a text must be to one that has no translation, to be taken for what it was before.
_ALIKE = 0.6


@attrs.frozen
class Told:
    """One text of a pack that has to be told in every language: its noun, its path in the pack, and its place."""

    key: Key
    path: Path
    text: str
    mark: Mark | None = None


@attrs.frozen
class _Pair:
    """A pair in a file of a translation, with the place of what it says of the pack and of the translation."""

    key: Key
    source: str
    said: str
    mark: Mark | None
    said_mark: Mark | None


def told_texts(document: Document, scenario: Scenario, schedules: Sequence[Document] = ()) -> list[Told]:
    """Every text of a pack and its schedules that a translation has to have, in the order of the pack."""
    found = [Told((PACK, PACK), path, text, document.marks.get(path)) for path, text in headings_of(scenario)]
    at: dict[str, int] = {}
    for section, id, noun in nouns_of(scenario):
        place: Path = (section,) if isinstance(noun, dict) else (section, at.setdefault(section, 0))
        if isinstance(noun, dict):
            place = (section, id)
        else:
            at[section] += 1
        for inner, text in texts_of_noun(noun):
            found.append(Told((section, id), (*place, *inner), text, _mark(document, (*place, *inner))))
    for other in schedules:
        found += _of_schedule(other)
    return found


def _of_schedule(document: Document) -> Iterator[Told]:
    schedule, _, _ = structure_as(document, Schedule)
    if schedule is None:
        return
    for name in ("title", "text"):
        if getattr(schedule, name):
            yield Told((PACK, PACK), (name,), getattr(schedule, name), _mark(document, (name,)))
    for section in ("injects", "cards"):
        for at, noun in enumerate(getattr(schedule, section)):
            for inner, text in texts_of_noun(noun):
                path = (section, at, *inner)
                yield Told((section, id_of(noun, at)), path, text, _mark(document, path))


def _mark(document: Document, path: Path) -> Mark | None:
    while path and path not in document.marks:
        path = path[:-1]
    return document.marks.get(path)


def translation_problems(document: Document, scenario: Scenario, schedules: Sequence[Document] = ()) -> list[Problem]:
    """All that is wrong with the translations of a pack, as warnings: it can be played without them."""
    found: list[Problem] = []
    if scenario.language not in languages():
        words = f"the program has no language {quoted(scenario.language)} (it has {', '.join(languages())})"
        found.append(Problem(words, document.marks.get(("language",)), severity="warning"))
    given = sorted({language_of(name) for name in document.translated})
    if given:
        texts = told_texts(document, scenario, schedules)
        for language in given:
            found += _Checks(document, texts, language, scenario.language).all()
    return [one for one in found if not document.means(one)]


class _Checks:
    """The checks of one language."""

    def __init__(self, document: Document, texts: Sequence[Told], language: str, own: str) -> None:
        self.document, self.texts, self.language, self.own = document, texts, language, own
        self.found: list[Problem] = []
        self.pairs: list[_Pair] = []
        self.nouns: dict[Key, dict[str, Told]] = {}
        for one in texts:
            self.nouns.setdefault(one.key, {}).setdefault(same(one.text), one)

    def all(self) -> list[Problem]:
        if self.language == self.own:
            for name, (file, _) in self.document.translated.items():
                if language_of(name) == self.language:
                    self._warn(f"the pack itself is in '{self.own}': this is no translation", Mark(file, 1, 1))
            return self.found
        for name, (file, text) in self.document.translated.items():
            if language_of(name) == self.language:
                self._read(name, file, text)
        known = {(pair.key, pair.source) for pair in self.pairs if pair.said}
        everywhere = {same(one.text) for one in self.texts}
        untold = [one for one in self.texts if not self._is_told(one, known)]
        for pair in self.pairs:
            self._check(pair, everywhere, untold)
        self._missing(untold)
        return self.found

    def _is_told(self, one: Told, known: set[tuple[Key, str]]) -> bool:
        text = same(one.text)
        return (one.key, text) in known or ((COMMON, COMMON), text) in known

    def _warn(self, message: str, mark: Mark | None, suggestion: str = "") -> None:
        self.found.append(Problem(message, mark, suggestion, severity="warning"))

    def _read(self, name: str, file: str, text: str) -> None:
        if not name.lower().endswith((".yaml", ".yml")):
            self._warn("a translation is in files that end in .yaml", Mark(file, 1, 1))
            return
        document = read_text(text, file)
        self.found += [attrs.evolve(one, severity="warning") for one in document.problems]
        seen: set[tuple[Key, str]] = set()
        for section, nouns in document.data.items():
            if not isinstance(nouns, dict):
                self._warn(f"{quoted(section)} wants ids, and pairs for each", document.marks.get((section,)))
                continue
            for id, pairs in nouns.items():
                path: Path = (section, id)
                if not isinstance(pairs, list):
                    self._warn(f"{quoted(id)} wants a list of pairs of {self._shape}", document.marks.get(path))
                    continue
                self._noun((section, id), document.key_marks.get(path))
                for at, pair in enumerate(pairs):
                    self._pair((section, id), pair, (*path, at), document, seen)

    @property
    def _shape(self) -> str:
        return f"'{self.own}' and '{self.language}'"

    def _noun(self, key: Key, mark: Mark | None) -> None:
        if key in self.nouns or key == (COMMON, COMMON):
            return
        section, id = key
        sections = {one for one, _ in self.nouns} | {COMMON}
        if section not in sections:
            self._warn(f"the pack has no texts in a section {quoted(section)}", mark, nearest(section, sections))
        else:
            ids = [other for one, other in self.nouns if one == section]
            self._warn(f"the pack has no {quoted(id)} with a text among its {section}", mark, nearest(id, ids))

    def _pair(self, key: Key, pair: Any, path: Path, document: Document, seen: set[tuple[Key, str]]) -> None:
        mark = document.marks.get(path)
        if not isinstance(pair, dict) or set(pair) != {self.own, self.language}:
            self._warn(f"a pair is a text in {self._shape}, and nothing else", mark)
            return
        source, said = pair_of(pair, self.language)
        here, there = document.marks.get((*path, self.own)), document.marks.get((*path, self.language))
        if (key, source) in seen:
            self._warn(f"{quoted(source)} is translated twice here", here)
        seen.add((key, source))
        self.pairs.append(_Pair(key, source, said, here or mark, there or mark))

    def _check(self, pair: _Pair, everywhere: set[str], untold: list[Told]) -> None:
        texts: Mapping[str, Any] = self.nouns.get(pair.key, {})
        is_common = pair.key == (COMMON, COMMON)
        if pair.source not in (everywhere if is_common else texts):
            if is_common or pair.key in self.nouns:
                self._outdated(pair, untold)
            return
        if not pair.said:
            return
        if sorted(_PLACES.findall(pair.source)) != sorted(_PLACES.findall(pair.said)):
            wanted = ", ".join(dict.fromkeys(_PLACES.findall(pair.source))) or "none"
            self._warn(f"it must have the same places in braces as the text of the pack: {wanted}", pair.said_mark)
        lacking = next(missing(pair.said), "")
        if lacking:
            self._warn(f"no font of the window has {lacking!a}: it is drawn as a box there", pair.said_mark)

    def _outdated(self, pair: _Pair, untold: list[Told]) -> None:
        """A text that the pack does not say, or no longer: what it was changed to is told with it, and not once more as
        missing."""
        near = [one for one in untold if one.key == pair.key or pair.key == (COMMON, COMMON)]
        by_text = {same(one.text): one for one in near}
        match = difflib.get_close_matches(pair.source, by_text, n=1, cutoff=_ALIKE) if len(near) < 200 else []
        if not match:
            self._warn(f"the pack does not say this any more: {quoted(pair.source)}", pair.mark)
            return
        now = by_text[match[0]]
        untold[:] = [one for one in untold if not (one.key == now.key and same(one.text) == match[0])]
        self._warn(f"out of date: the pack now says {quoted(match[0])} ({now.mark})", pair.mark)

    def _missing(self, untold: list[Told]) -> None:
        """What has no translation, once for each noun, at the first of its texts in the pack."""
        nouns: dict[Key, list[Told]] = {}
        for one in untold:
            nouns.setdefault(one.key, []).append(one)
        for (section, id), texts in nouns.items():
            first, count = texts[0], len({same(one.text) for one in texts})
            more = f" and {count - 1} more" if count > 1 else ""
            what = "the pack" if section == PACK else f"'{id}' in {section}"
            self._warn(f"not in '{self.language}' yet: {quoted(same(first.text))}{more}, of {what}", first.mark)
