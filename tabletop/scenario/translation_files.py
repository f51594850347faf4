"""Writes the files of a translation: every text of a pack with room for what it is called, what is known kept."""

from __future__ import annotations

import difflib
import os
import pathlib
import textwrap
from collections.abc import Iterator, Mapping

import attrs
import yaml

from tabletop.scenario.injects import schedules_of
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import read_file, read_pack
from tabletop.scenario.pack_layout import SCENARIO_FILE, SCHEDULES
from tabletop.scenario.translation_checks import Told, told_texts
from tabletop.scenario.translation_tables import COMMON, Table, language_of, same

#: In so many nouns at least a text has to be, to be translated once for all of them.
_MANY = 3
_WIDTH = 118
_LINE = 90
_ALIKE = 0.6


@attrs.frozen
class Written:
    """The files of a translation by their names in the pack, and how many of the pack's texts they tell."""

    files: Mapping[str, str]
    texts: int
    told: int


def translation_files(pack: pathlib.Path, scenario: Scenario, language: str) -> Written:
    """The files of a pack's translation as they ought to be: one beside each file of the pack that has texts, in the
    order of these. What was translated is kept; of a text that was changed, what was said before stands beside it."""
    document = read_pack(pack)
    texts = told_texts(document, scenario, [read_file(file) for file in schedules_of(pack)])
    table = scenario.translations.table(language)
    shared = _shared(texts, table)
    files: dict[str, list[Told]] = {}
    for one in texts:
        if same(one.text) not in shared or same(one.text) in table.get(one.key, {}):
            files.setdefault(_file_of(one, pack, language), []).append(one)
    written = {name: _file(own, table, scenario.language, language) for name, own in files.items()}
    if shared:
        common = [Told((COMMON, COMMON), (COMMON,), text) for text in shared]
        written[f"{language}/common.yaml"] = _file(common, table, scenario.language, language)
    return Written(written, len(texts), sum(1 for one in texts if _said(one, table)))


def obsolete(pack: pathlib.Path, language: str, written: Mapping[str, str]) -> list[str]:
    """The files of a translation that no text of the pack is in any more."""
    return [name for name in read_pack(pack).translated if language_of(name) == language and name not in written]


def _shared(texts: list[Told], table: Table) -> list[str]:
    """The texts that stand in the section of what several nouns say."""
    nouns: dict[str, set[tuple[str, str]]] = {}
    for one in texts:
        nouns.setdefault(same(one.text), set()).add(one.key)
    known = table.get((COMMON, COMMON), {})
    return [text for text, own in nouns.items() if len(own) >= _MANY or text in known]


def _file_of(one: Told, pack: pathlib.Path, language: str) -> str:
    folder = pack.parent if pack.name == SCENARIO_FILE else pack
    name = os.path.relpath(one.mark.file, folder) if one.mark is not None else SCENARIO_FILE
    return f"{language}/{name if name.startswith(SCHEDULES) else pathlib.PurePath(name).as_posix()}"


def _said(one: Told, table: Table) -> str:
    text = same(one.text)
    return table.get(one.key, {}).get(text) or table.get((COMMON, COMMON), {}).get(text, "")


def _file(texts: list[Told], table: Table, own: str, language: str) -> str:
    return "\n".join(_lines(texts, table, own, language)) + "\n"


def _lines(texts: list[Told], table: Table, own: str, language: str) -> Iterator[str]:
    yield f"# The texts of this part of the pack in '{language}'. After a change: tabletop translate PACK {language}"
    sections: dict[str, dict[str, dict[str, Told]]] = {}
    for one in texts:
        section, id = one.key
        sections.setdefault(section, {}).setdefault(id, {}).setdefault(same(one.text), one)
    for section, nouns in sections.items():
        yield ""
        yield f"{section}:"
        for id, pairs in nouns.items():
            yield f"  {_scalar(id)}:"
            known = table.get((section, id), {})
            gone = {source: said for source, said in known.items() if source not in pairs}
            for text, one in pairs.items():
                said = known.get(text, "")
                yield from _value("    - ", own, one.text)
                yield from _value("      ", language, said)
                if not said:
                    yield from _before(text, gone)


def _before(text: str, gone: dict[str, str]) -> Iterator[str]:
    """What was said of the text that this one seems to have been, as a comment."""
    match = difflib.get_close_matches(text, gone, n=1, cutoff=_ALIKE)
    if match:
        yield from textwrap.wrap(f"was: {match[0]}", _WIDTH, initial_indent="      # ", subsequent_indent="      #   ")
        said = f"was: {gone.pop(match[0])}"
        yield from textwrap.wrap(said, _WIDTH, initial_indent="      # ", subsequent_indent="      #   ")


def _value(indent: str, key: str, text: str) -> Iterator[str]:
    text = text.strip()
    if "\n" in text:
        yield f"{indent}{key}: |-"
        yield from (" " * (len(indent) + 2) + line.strip() if line.strip() else "" for line in text.split("\n"))
    elif len(text) > _LINE and not text.startswith(" "):
        yield f"{indent}{key}: >-"
        wide = _WIDTH if text.isascii() else _WIDTH // 2
        space = " " * (len(indent) + 2)
        lines = textwrap.wrap(text, wide, break_long_words=False, break_on_hyphens=False)
        yield from (space + line for line in lines)
    else:
        yield f"{indent}{key}: {_scalar(text)}"


def _scalar(text: str) -> str:
    """A text on one line as YAML has it, in quotes where it needs some."""
    if text and _is_plain(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(text: str) -> bool:
    if ": " in text or " #" in text or text[0] in "-?:,[]{}#&*!|>'\"%@`" or text.endswith(":"):
        return False
    try:
        return bool(yaml.safe_load(f"x: {text}") == {"x": text})
    except yaml.YAMLError:
        return False
