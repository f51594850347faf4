"""Reads the YAML and Markdown files of a pack as plain data with the source position of each value; limits sizes."""

from __future__ import annotations

import hashlib
import os
import pathlib
import re
import stat
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import yaml

from tabletop.scenario.ambiguous_scalars import ambiguity_of
from tabletop.scenario.pack import COMPUTED, Scenario
from tabletop.scenario.pack_layout import MOST_BYTES, MOST_BYTES_OF_A_FILE, MOST_FILES, SCENARIO_FILE, SCHEDULES
from tabletop.scenario.problems import Mark, Path, Problem, printable, quoted
from tabletop.scenario.prose import PROSE
from tabletop.scenario.translation_tables import language_of
from tabletop.scenario.yaml_errors import explain_yaml_error

MOST_VALUES = 100_000
MAX_DEPTH = 40

SECTIONS = frozenset(field.name for field in attrs.fields(Scenario) if str(field.type).startswith("tuple"))
#: Sections that are a mapping, whose keys may be parted among files.
MAPPINGS = frozenset(["presentation"])
HEADINGS = frozenset(field.name for field in attrs.fields(Scenario)) - SECTIONS - MAPPINGS - COMPUTED

#: Fields in which '!' is not a YAML tag but another language's 'not'.
_CONDITIONS = frozenset(["when", "requires", "eligible", "until", "among"])

# The C parser takes a tenth of the time. PyYAML lacks it if built without libyaml.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Forbidden characters: controls, line separators, and marks that reverse or hide text.
_CONTROL = re.compile(
    "[^\t\n -~\xa0-\u200a\u200c\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MEANT = re.compile(r"\s# ?meant\b", re.IGNORECASE)
_NO_RULES = frozenset(["classroom:", "experiments:", "presentation:", "questions:", "set_pieces:"])
_AT_MARGIN = re.compile(r"^(experiments:|presentation:|set_pieces:|- |#|[^\s])", re.MULTILINE)
_NUMERIC = frozenset("+-.0123456789")
_WHOLE = re.compile("[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@attrs.define
class Document:
    """A parsed pack: one mapping of sections, and the place of each value in the files.

    `marks` has the mark of every value by its path, such as `("cards", 3, "effects", 0, "by")`, and `key_marks` that of
    the key before it. `texts` are the Markdown and SVG files; `sources` has the text of every file by its name.
    `unread` names files whose content is missing from `data`; if `incomplete`, a file, section or list is missing, and
    may declare names that seem unknown. `meant` are the lines, by file, with the comment `# meant`. `translated` has
    the files of translations by their names in the pack: each with its name in messages, and its text.
    """

    data: dict[str, Any] = attrs.field(factory=dict)
    marks: dict[Path, Mark] = attrs.field(factory=dict)
    key_marks: dict[Path, Mark] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    digest: str = ""
    texts: dict[str, str] = attrs.field(factory=dict)
    sources: dict[str, str] = attrs.field(factory=dict)
    unread: list[str] = attrs.field(factory=list)
    passed_over: bool = False
    meant: set[tuple[str, int]] = attrs.field(factory=set)
    translated: dict[str, tuple[str, str]] = attrs.field(factory=dict)

    @property
    def incomplete(self) -> bool:
        return bool(self.unread) or self.passed_over

    def means(self, problem: Problem) -> bool:
        """Whether a warning is suppressed: its line ends in the comment `# meant`."""
        mark = problem.mark
        return problem.severity != "error" and mark is not None and (mark.file, mark.line) in self.meant


class Unreadable(Exception):
    """A file that can't be read completely."""

    def __init__(self, message: str, mark: Mark | None) -> None:
        super().__init__(message)
        self.problem = Problem(message, mark)


class _TooMuch(Unreadable):
    """A pack beyond the size limits: reading stops."""


@attrs.define
class _Allowance:
    """The remaining size budget of a pack, discarded content included."""

    bytes: int = MOST_BYTES
    values: int = MOST_VALUES

    def spend_bytes(self, size: int, mark: Mark) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise _TooMuch(f"the files of this pack are larger than {MOST_BYTES // 1_000_000} MB together", mark)

    def spend_value(self, mark: Mark) -> None:
        self.values -= 1
        if self.values < 0:
            raise _TooMuch(f"a pack has at most {MOST_VALUES:,} values", mark)


def read_pack(path: pathlib.Path) -> Document:
    """Reads the pack folder `path` (or the folder of the given `scenario.yaml`).

    Never raises for a pack's content: anything unreadable is among the document's problems.
    """
    folder = path.parent if path.name == SCENARIO_FILE and not os.path.isdir(path) else path
    document = Document()
    try:
        _check_folder(folder)
        document.marks[()] = Mark(_shown(folder, SCENARIO_FILE), 1, 1)
        _read_files(folder, document)
    except Unreadable as refused:
        document.problems.append(refused.problem)
        document.unread.append(SCENARIO_FILE)
    return document


def _check_folder(folder: pathlib.Path) -> None:
    if not os.path.isdir(folder):
        fault = "is not a folder, and a pack is one" if os.path.exists(folder) else "does not exist"
        raise Unreadable(f"{quoted(str(folder))} {fault}", None)
    if not os.path.lexists(folder / SCENARIO_FILE) or os.path.isdir(folder / SCENARIO_FILE):
        mark = Mark(_shown(folder, SCENARIO_FILE), 1, 1)
        raise Unreadable(f"a pack needs a {SCENARIO_FILE}, and there is none here", mark)


def _shown(folder: pathlib.Path, relative: str) -> str:
    """The file's name in messages, without unprintable bytes."""
    return str(folder / relative).encode("utf-8", "replace").decode("utf-8")


def _read_files(folder: pathlib.Path, document: Document) -> None:
    texts: dict[str, str] = {}
    allowance = _Allowance()
    for relative in sorted(_files(folder, document), key=_reading_order):
        mark = Mark(_shown(folder, relative), 1, 1)
        try:
            allowance.spend_bytes(_size(folder / relative, mark), mark)
            texts[relative] = text = _text(folder / relative, mark)
            _take_in(relative, mark, text, document, allowance)
        except Unreadable as refused:
            document.problems.append(refused.problem)
            document.unread.append(relative)
            if isinstance(refused, _TooMuch):
                break
    document.digest = digest_of(texts)


def read_texts(texts: Mapping[str, str]) -> Document:
    """Reads a pack whose files are given as texts by name. Never raises for their content."""
    document = Document()
    document.marks[()] = Mark(SCENARIO_FILE, 1, 1)
    allowance = _Allowance()
    try:
        for relative in sorted(texts, key=_reading_order):
            mark = Mark(relative, 1, 1)
            allowance.spend_bytes(len(texts[relative].encode("utf-8", "replace")), mark)
            _take_in(relative, mark, _printable_text(texts[relative], relative), document, allowance)
    except Unreadable as refused:
        document.problems.append(refused.problem)
        document.unread.append(SCENARIO_FILE)
    document.digest = digest_of(texts)
    return document


def _reading_order(name: str) -> tuple[bool, str]:
    return name != SCENARIO_FILE, name


def _take_in(relative: str, mark: Mark, text: str, document: Document, allowance: _Allowance) -> None:
    document.sources[mark.file] = text
    if language_of(relative):
        document.translated[relative] = mark.file, text
    elif relative.lower().endswith((".md", ".svg")):
        document.texts[relative] = text
    else:
        _merge(relative, mark, text, document, allowance)


def read_text(text: str, file: str) -> Document:
    """Reads a YAML mapping outside of a pack, equally strictly; `file` is its name in messages."""
    document = Document()
    document.marks[()] = mark = Mark(file, 1, 1)
    try:
        if len(text.encode("utf-8", "replace")) > MOST_BYTES_OF_A_FILE:
            raise Unreadable(f"this has more than {MOST_BYTES_OF_A_FILE // 1_000_000} MB", mark)
        if not text.strip():
            raise Unreadable("there is nothing in it", mark)
        _merge(SCENARIO_FILE, mark, _printable_text(text, file), document, _Allowance())
    except Unreadable as refused:
        document.problems.append(refused.problem)
        document.unread.append(file)
    return document


def read_file(path: pathlib.Path) -> Document:
    """Reads a YAML file outside of a pack, equally strictly."""
    mark = Mark(str(path), 1, 1)
    try:
        text = file_text(path)
    except Unreadable as refused:
        return Document(problems=[refused.problem], unread=[str(path)], marks={(): mark})
    return read_text(text, str(path))


def file_text(path: pathlib.Path) -> str:
    """The text of a file outside of a pack. Raises Unreadable, also for devices and pipes."""
    mark = Mark(str(path), 1, 1)
    _size(path, mark)
    return _text(path, mark)


def texts_of(path: pathlib.Path) -> dict[str, str]:
    """The text of every file of a valid pack, by its name within the pack."""
    folder = path.parent if path.name == SCENARIO_FILE and not os.path.isdir(path) else path
    names = sorted(_files(folder, Document()))
    return {name: _text(folder / name, Mark(_shown(folder, name), 1, 1)) for name in names}


def digest_of(texts: Mapping[str, str]) -> str:
    """A hash of the rules of a pack: without pictures, translations, and files that hold nothing but experiments,
    presentation or set pieces."""
    whole = hashlib.sha256()
    for name in sorted(texts):
        if language_of(name):
            continue
        is_rules = not name.lower().endswith(".svg") and not _has_no_rules(texts[name])
        if name.lower().endswith(".md") or is_rules:
            text = hashlib.sha256(texts[name].encode("utf-8")).digest()
            whole.update(name.encode("utf-8") + b"\0" + text)
    return whole.hexdigest()


def _has_no_rules(text: str) -> bool:
    """Whether every line that begins at the margin is such a section's own, an item of a list or a comment: a section
    can't hide in quotes, behind a question mark, in a second document or in another kind of line."""
    at_margin = set(_AT_MARGIN.findall(_unix(text)))
    return bool(at_margin & _NO_RULES) and at_margin <= {*_NO_RULES, "- ", "#"}


def _files(folder: pathlib.Path, document: Document) -> Iterator[str]:
    """The relative names of a pack's YAML, Markdown and SVG files.

    Names that begin with a dot are ignored: they belong to editors and version control.
    """
    root = pathlib.Path(os.path.realpath(folder))
    pending = [""]
    seen = 0
    while pending:
        below = pending.pop()
        try:
            entries = [entry for entry in os.scandir(folder / below) if not entry.name.startswith(".")]
        except OSError as error:
            fault = f"this folder can't be read: {error.strerror}"
            document.problems.append(Problem(fault, Mark(_shown(folder, below), 1, 1)))
            document.unread.append(below)
            continue
        seen += len(entries)
        if seen > MOST_FILES:
            raise _TooMuch(f"a pack has at most {MOST_FILES} files and folders", Mark(_shown(folder, below), 1, 1))
        for entry in entries:
            relative = f"{below}/{entry.name}" if below else entry.name
            fault = _fault_of_entry(entry, root)
            if fault:
                document.problems.append(Problem(fault, Mark(_shown(folder, relative), 1, 1)))
                document.unread.append(relative)
            elif relative == SCHEDULES:
                continue  # schedules of injects are not part of the rules
            elif os.path.isdir(entry.path):
                pending.append(relative)
            elif pathlib.PurePath(entry.name).suffix.lower() in (".yaml", ".yml", ".md", ".svg"):
                yield relative


def _fault_of_entry(entry: os.DirEntry[str], root: pathlib.Path) -> str:
    if not entry.name.isprintable():
        return f"the name {quoted(entry.name)} has characters that can't be shown"
    if not entry.is_symlink():
        return ""
    if not pathlib.Path(os.path.realpath(entry.path)).is_relative_to(root):
        return "a link that leads out of the pack: put the file itself here"
    if os.path.isdir(entry.path):
        return "a link to a folder: put the files themselves here"
    return ""


def _size(path: pathlib.Path, mark: Mark) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise Unreadable(f"this file can't be read: {error.strerror}", mark) from None
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("this is not an ordinary file", mark)
    if found.st_size > MOST_BYTES_OF_A_FILE:
        raise Unreadable(f"a file of a pack has at most {MOST_BYTES_OF_A_FILE // 1_000_000} MB", mark)
    return found.st_size


def _text(path: pathlib.Path, mark: Mark) -> str:
    """The file's text with Unix newlines, so that the digest is the same on every system."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES_OF_A_FILE + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"this file can't be read: {error.strerror}", mark) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig", "replace")
        raise Unreadable("this is not UTF-8: save the file as UTF-8", _mark_after(before, mark.file)) from None
    return _printable_text(text, mark.file)


def _printable_text(text: str, file: str) -> str:
    text = _unix(text)
    control = _CONTROL.search(text)
    if control:
        place = _mark_after(text[: control.start()], file)
        raise Unreadable(f"a character that cannot be seen, {control[0]!a}: take it out", place)
    return text


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mark_after(text: str, file: str) -> Mark:
    return Mark(file, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _merge(relative: str, mark: Mark, text: str, document: Document, allowance: _Allowance) -> None:
    """Adds one YAML file to the document; if it is broken, only its problems."""
    reader = _YamlReader(mark.file, text, document, allowance, is_main=relative == SCENARIO_FILE)
    try:
        reader.read()
    finally:
        document.problems.extend(reader.problems)
    for key, value in reader.data.items():
        if key in document.data:  # keeps its first place
            if isinstance(value, dict):
                document.data[key].update(value)
            else:
                document.data[key].extend(value)
            del reader.marks[(key,)], reader.key_marks[(key,)]
        else:
            document.data[key] = value
    reader.marks.pop((), None)
    document.marks.update(reader.marks)
    document.key_marks.update(reader.key_marks)


class _YamlReader:
    """Reads one YAML file event by event, without building nodes: aliases are refused before they are expanded, and
    excessive depth before recursion."""

    def __init__(self, file: str, text: str, document: Document, allowance: _Allowance, *, is_main: bool) -> None:
        self.data: dict[str, Any] = {}
        self.marks: dict[Path, Mark] = {}
        self.key_marks: dict[Path, Mark] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._lines = text.split("\n")
        self._is_main = is_main
        self._document = document
        self._allowance = allowance
        self._depth = 0
        self._sound_keys: set[str] = set()  # cached: the same few keys occur in every card
        self._text = text
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def read(self) -> None:
        if "meant" in self._text:
            lines = enumerate(self._lines, 1)
            self._document.meant.update((self._file, number) for number, line in lines if _MEANT.search(line))
        try:
            self._read_stream()
        except yaml.YAMLError as error:
            fault, mark = explain_yaml_error(error, self._text, self._file)
            self.problems = [problem for problem in self.problems if problem.mark != mark]  # perhaps a cut text
            raise Unreadable(fault, mark) from None

    def _read_stream(self) -> None:
        next(self._events)  # the start of the stream
        start = next(self._events)
        root = None if isinstance(start, yaml.StreamEndEvent) else next(self._events)
        if root is None or (isinstance(root, yaml.ScalarEvent) and not root.value):
            if self._is_main:
                raise Unreadable(f"{SCENARIO_FILE} is empty", Mark(self._file, 1, 1))
            return
        if not isinstance(root, yaml.MappingStartEvent):
            raise Unreadable("a file of a pack is a mapping of sections, such as 'cards:' and a list", self._mark(root))
        self._value_at(root, ())
        next(self._events)  # the end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise Unreadable(
                "a second document in one file: take out the '---', or make it two files", self._mark(event)
            )

    def _value_at(self, event: Any, path: Path | None) -> Any:
        """The value that begins with `event`. Its path is None if it is read only to be skipped."""
        mark = self._mark(event)
        if path is not None:
            self.marks[path] = mark
        self._allowance.spend_value(mark)
        if isinstance(event, yaml.AliasEvent):
            name = printable(str(event.anchor), 60)
            self._report(f"aliases (*{name}) are not allowed: write the value out, or quote the text", mark)
            return None
        if event.anchor is not None:
            self._report(
                f"anchors (&{printable(event.anchor, 60)}) are not allowed: take it out, or quote the text", mark
            )
        if event.tag is not None:
            is_negation = bool(path) and path is not None and path[-1] in _CONDITIONS
            instead = "write 'not'" if is_negation else "take it out, or quote the text"
            self._report(f"tags (!) are not allowed: {instead}", mark)
        if isinstance(event, yaml.ScalarEvent):
            if path and not event.style:
                self._look_for_a_cut(event, path)
            return self._scalar(event, mark)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable(f"values are nested more than {MAX_DEPTH} deep here", mark)
        value = self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)
        self._depth -= 1
        return value

    def _list(self, path: Path | None) -> list[Any]:
        values: list[Any] = []
        first = 0
        if path is not None and len(path) == 1:  # a section continues that of earlier files
            first = len(self._document.data.get(str(path[0]), ()))
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            number = self._cut_at_a_comma(event, "0") if values else None
            if number is not None:
                values[-1] = number
                continue
            values.append(self._value_at(event, None if path is None else (*path, first + len(values))))
        return values

    def _mapping(self, path: Path | None) -> dict[str, Any]:
        values: dict[str, Any] = self.data if path == () else {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            mark = self._mark(event)
            number = self._cut_at_a_comma(event) if lines else None
            if number is not None:
                values.update({last: number for last in list(lines)[-1:] if last in values})
                self._value_at(next(self._events), None)  # the missing value
                continue
            key = self._key(event, mark)
            value_event = next(self._events)
            place = None
            if key in lines:
                self._report(f"the key {quoted(key)} is given twice, first in line {lines[key]}", mark)
            elif path is not None and key is not None and self._is_admitted(path, key, mark, value_event):
                place = (*path, key)
                self.key_marks[place] = mark
            value = self._value_at(value_event, place)
            if key is not None and key not in lines:
                lines[key] = mark.line
                if place is not None:
                    values[key] = value
            if place is None and path is not None and isinstance(value, list | dict):
                self._document.passed_over = True
        return values

    def _key(self, event: Any, mark: Mark) -> str | None:
        """The key as text; None, with a problem, if it is invalid."""
        if not isinstance(event, yaml.ScalarEvent):
            self._report("a key must be text", mark)
            if isinstance(event, yaml.CollectionStartEvent):
                self._value_at(event, None)
                self._document.passed_over = True
            return None
        text = str(event.value)
        if text in self._sound_keys and event.anchor is None and event.tag is None:
            return text
        before = len(self.problems)
        value = self._value_at(event, None)
        if not isinstance(value, str) and len(self.problems) == before:
            what = f": write {quoted(text)}, with quotes" if event.value else ", and this one is empty"
            self._report(f"a key must be text{what}", mark)
        if len(self.problems) == before and not event.style:
            self._sound_keys.add(text)
        return text

    def _cut_at_a_comma(self, event: Any, first: str = "") -> int | None:
        """Reports a number split at its comma, as in `1,000`, and returns it; None if these digits are no such part, or
        do not begin with `first`."""
        text = str(event.value) if isinstance(event, yaml.ScalarEvent) and not event.style else ""
        if len(text) != 3 or not text.isdecimal() or not text.startswith(first):
            return None
        mark = self._mark(event)
        line, column = self._lines[mark.line - 1], mark.column - 1
        before = re.search(r"(?<![\w.])[-+]?\d{1,3}(,\d{3})*,$", line[max(0, column - 40) : column])
        if before is None:
            return None
        number = int((before[0] + text).replace(",", ""))
        self._report(f"a number has no commas: write {number}", mark)
        return number

    def _is_admitted(self, path: Path, key: str, mark: Mark, value: Any) -> bool:
        """Whether a section may be in this file and may continue that of earlier files, and a key of one that is a
        mapping is in no other file."""
        if path:
            earlier = self._document.key_marks.get((*path, key)) if path[0] in MAPPINGS and len(path) == 1 else None
            if earlier is not None:
                self._report(f"{quoted(key)} of '{path[0]}' is also given in {earlier}", mark)
            return earlier is None
        if self._is_main:
            return True
        if key in HEADINGS:
            self._report(f"'{key}' belongs in {SCENARIO_FILE}", mark)
            return False
        is_list = isinstance(value, yaml.SequenceStartEvent)
        if is_list and isinstance(self._document.data.get(key, []), list):
            return True
        if key in SECTIONS and not is_list:
            self._report(f"'{key}' wants a list of items, each beginning with '- '", mark)
            return False
        if key in MAPPINGS and isinstance(value, yaml.MappingStartEvent) and self._continues(key):
            return True
        if key in self._document.data:
            first = self._document.key_marks[(key,)]
            self._report(f"{quoted(key)} is also given in {first}, and only lists can be parted among files", mark)
            return False
        return True

    def _continues(self, section: str) -> bool:
        return isinstance(self._document.data.get(section), dict)

    def _look_for_a_cut(self, event: Any, path: Path) -> None:
        """Warns of prose cut off at ' #', which begins a comment. Intended comments have two spaces before them, as
        formatters write them."""
        end = event.end_mark
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        below = self._lines[end.line + 1] if end.line + 1 < len(self._lines) else ""
        key = self.key_marks.get(path)
        if key and path[-1] in PROSE and end.column == len(line) and re.match(rf"\s{{{key.column},}}#\w", below):
            message = "this line is a comment and no part of the text above: put the text in quotes"
            mark = Mark(self._file, end.line + 2, below.index("#") + 1)
            self.problems.append(Problem(message, mark, severity="warning"))
        if line.startswith(" #", end.column) and any(step in PROSE for step in path[-2:]):
            rest = line[end.column :]
            message = (
                "the text is cut off here: ' #' begins a comment. Put the text in quotes, or two spaces before the #"
            )
            if rest[2:].strip() and not _MEANT.search(rest):
                self.problems.append(
                    Problem(message, Mark(self._file, end.line + 1, end.column + 1), severity="warning")
                )

    def _scalar(self, event: Any, mark: Mark) -> str | int | float | bool | None:
        text = str(event.value)
        if event.style:
            control = _CONTROL.search(text)
            if control:
                self._report(f"a character that cannot be seen, {control[0]!a}: take it out", mark)
            return text
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "null"):
            return None
        if text[0] in _NUMERIC:
            if _WHOLE.fullmatch(text):
                return self._whole(text, mark)
            if len(text) < 40 and _FRACTION.fullmatch(text):
                return float(text)
        self._refuse_surprise(text, mark)
        return text

    def _whole(self, text: str, mark: Mark) -> int:
        if len(text) <= 18:  # within the 64 bits of the engine's state
            return int(text)
        self._report(f"the number {quoted(text)} is too long", mark)
        return 0

    def _refuse_surprise(self, text: str, mark: Mark) -> None:
        """Refuses unquoted scalars that YAML versions read differently (see `ambiguous_scalars`)."""
        fault = ambiguity_of(text)
        if fault:
            self._report(fault, mark)

    def _mark(self, event: Any) -> Mark:
        return Mark(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _report(self, message: str, mark: Mark) -> None:
        self.problems.append(Problem(message, mark))
