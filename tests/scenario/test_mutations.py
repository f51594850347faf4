"""A thousand broken packs: whatever is done to a shipped pack, it is refused in plain words or it can be played."""

from __future__ import annotations

import contextlib
import copy
import os
import pathlib
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import yaml

import tabletop
from tabletop.scenario.injects import check_schedule, read_schedule, schedules_of
from tabletop.scenario.library import shipped
from tabletop.scenario.loading import examine
from tabletop.scenario.pack_layout import SCHEDULES
from tabletop.scenario.translation_tables import language_of
from tests.patience import PATIENCE
from tests.work import counted

#: Rounds of broken packs: a thousand of them with TABLETOP_MUTATIONS=25.
ROUNDS = int(os.environ.get("TABLETOP_MUTATIONS", "1"))
FIRST_SUMMIT = 39  # mutated packs in each round: most are of the small pack, which loads in a twentieth of the time
SUMMIT_2018 = 1
#: Every so manieth pack has its work counted, which takes longer than the work; all have in a long run.
COUNTED = 1 if "TABLETOP_MUTATIONS" in os.environ else 20
MOST_CALLS = 20_000_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Change = Callable[[random.Random, bytes], bytes]

WRONGS: list[Any] = [
    None,
    True,
    0,
    -1,
    7,
    10**6,
    10**17,
    2.5,
    "",
    "x",
    "true",
    [],
    [[]],
    [None],
    {},
    {"a": None},
    [0, 0],
]
EXPRESSIONS = [
    "__import__('os').system('true')",
    "().__class__.__mro__",
    "open('/etc/passwd')",
    "turn if",
    "9" * 500,
    "-" * 499 + "1",
    "(" * 300 + "1" + ")" * 300,
    "1 + 1 // 0",
    "2 ** 99",
    "[x for x in turn]",
    "lambda: 1",
    "turn := 3",
    "f'{turn}'",
    "1e9",
    "stage == nowhere",
    "min(turn)",
    "x" * 5000,
]


# What may happen to the text of a file


def _flipped_bytes(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _stray_letters(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + rng.choice(":{}[]'\"&*!|>%@\t#,-?\0\n").encode() + content[at:]


def _cut_short(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content))]


def _emptied(_: random.Random, __: bytes) -> bytes:
    return b""


def _lines_moved(rng: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    line = lines.pop(at)
    lines.insert(rng.choice([at, rng.randrange(len(lines) + 1)]), rng.choice([b"", line, b"  " + line, line.lstrip()]))
    return b"".join(lines)


def _alias_bomb(_: random.Random, content: bytes) -> bytes:
    levels = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12)]
    return content + "\n".join(["\nx0: &x0 [a, b]", *levels, ""]).encode()


# What may happen to the data in it


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for step, value in steps for found in [(*path, step), *_paths(value, (*path, step))]]


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _in_data(change: Callable[[random.Random, Any, Any, Any], None]) -> Change:
    """A change to one value of a file, given what holds it and its key there."""

    def changed(rng: random.Random, content: bytes) -> bytes:
        data = yaml.load(content, Loader=_LOADER)
        path = rng.choice(_paths(data))
        change(rng, data, _at(data, path[:-1]), path[-1])
        return bytes(yaml.dump(data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, encoding="utf-8"))

    return changed


def _dropped(_: random.Random, __: Any, holder: Any, key: Any) -> None:
    del holder[key]


def _renamed(rng: random.Random, _: Any, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        at = rng.randrange(len(key))
        holder[rng.choice([key[:at] + key[at + 1 :], key + "s", "then stop.", "id", "when"])] = holder.pop(key)


def _retyped(rng: random.Random, _: Any, holder: Any, key: Any) -> None:
    holder[key] = copy.deepcopy(rng.choice(WRONGS))


def _misspelt(rng: random.Random, _: Any, holder: Any, key: Any) -> None:
    word = str(holder[key])
    at = rng.randrange(len(word) + 1)
    holder[key] = word[:at] + rng.choice("xyz_ (") + word[at + 1 :]


def _out_of_range(rng: random.Random, _: Any, holder: Any, key: Any) -> None:
    if isinstance(holder[key], int):
        holder[key] = rng.choice([-1, 0, 10, 401, 10**6, 10**9, 10**17, -(10**17)])
    else:
        _retyped(rng, _, holder, key)


def _cracked(rng: random.Random, _: Any, holder: Any, key: Any) -> None:
    holder[key] = rng.choice(EXPRESSIONS)


def _doubled(_: random.Random, __: Any, holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))


def _swapped(rng: random.Random, data: Any, _: Any, __: Any) -> None:
    """Two values of the file change places, or two of its sections."""
    paths = rng.choice([[(name,) for name in data], _paths(data)])
    one, other = rng.choice(paths), rng.choice(paths)
    if one != other[: len(one)] and other != one[: len(other)]:
        first, second = _at(data, one), _at(data, other)
        _at(data, one[:-1])[one[-1]], _at(data, other[:-1])[other[-1]] = second, first


def _circled(rng: random.Random, data: Any, _: Any, __: Any) -> None:
    """Values, tables and stages that lead back to themselves."""
    for value in data.get("values") or ():
        value["formula"] = rng.choice([one["id"] for one in data["values"]])
    for table in data.get("tables") or ():
        for outcome in table["outcomes"]:
            outcome["effects"] = [{"roll": rng.choice([one["id"] for one in data["tables"]])} for _ in range(9)]
    for stage in data.get("stages") or ():
        stage["then"] = rng.choice([one["id"] for one in data["stages"]])
        for phase in stage["phases"]:
            phase["seats"] = []
    for card in data.get("cards") or ():
        card["effects"] = [{"deal": rng.choice([one["id"] for one in data["cards"]])} for _ in range(9)]


def _led_out(rng: random.Random, data: Any, _: Any, __: Any) -> None:
    for seat in data.get("seats") or ():
        seat.pop("brief", None)
        seat["brief_file"] = rng.choice(
            ["../../secret.md", "/etc/passwd", "C:\\secret.md", "briefs/../../x.md", "~/x.md"]
        )
    data["id"] = rng.choice(["../../x", "a/b", "", "Ö"])


CHANGES: list[Change] = [
    _flipped_bytes,
    _stray_letters,
    _cut_short,
    _emptied,
    _lines_moved,
    _lines_moved,
    _alias_bomb,
    *map(_in_data, [_dropped, _dropped, _renamed, _renamed, _retyped, _retyped, _misspelt, _misspelt, _out_of_range]),
    *map(_in_data, [_out_of_range, _cracked, _doubled, _swapped, _circled, _led_out]),
]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    """Copies of the shipped packs, to be broken and mended."""
    folder = tmp_path_factory.mktemp("packs")
    return {name: pathlib.Path(shutil.copytree(pack, folder / name)) for name, pack in shipped().items()}


def _mutated(packs: dict[str, pathlib.Path], name: str, seed: int) -> tuple[pathlib.Path, bytes, pathlib.Path]:
    """Breaks one file of a pack; the file, what was in it, and the pack."""
    rng = random.Random(seed)
    pack = packs.get(name) or next(iter(packs.values()))
    files = [file.relative_to(pack) for file in sorted(pack.rglob("*.yaml"))]
    # A translation has another form, and tests of its own.
    file = pack / rng.choice([one for one in files if SCHEDULES not in one.parts and not language_of(one.as_posix())])
    before = file.read_bytes()
    file.write_bytes(rng.choice(CHANGES)(rng, before))
    return file, before, pack


def _check(pack: pathlib.Path, counts: bool = True) -> str:
    """Examines a pack and plays it if it may be played. Asserts what holds for every pack whatever."""
    with counted(MOST_CALLS) if counts else contextlib.nullcontext():
        scenario, problems = examine(pack)
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in problems:
        assert problem.mark is not None, problem
        assert problem.mark.line >= 1 <= problem.mark.column
        assert str(problem).isprintable()
        assert len(problem.message) <= 400
    marks = [problem.mark for problem in problems if not problem.message.startswith("and ")]
    assert marks == sorted(marks, key=lambda mark: mark or 0)
    assert len(set(problems)) == len(problems) <= 200
    assert (scenario is None) == bool(errors)
    if scenario is not None:
        with counted(MOST_CALLS) if counts else contextlib.nullcontext():
            tabletop.Game(scenario).start(0)
    return "refused" if errors else "played"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_broken_pack_is_refused_where_it_is_broken_or_can_be_played(
    packs: dict[str, pathlib.Path], number: int
) -> None:
    results = []
    for at in range(FIRST_SUMMIT + SUMMIT_2018):
        name = "first-summit" if at < FIRST_SUMMIT else "summit-2018"
        seed = number * 1000 + at
        file, before, pack = _mutated(packs, name, seed)
        try:
            results.append(_check(pack, counts=at % COUNTED == 0))
        except Exception as error:
            error.add_note(f"seed {seed}, {file.name} of {pack.name}")
            raise
        finally:
            file.write_bytes(before)
    assert results.count("refused") > len(results) // 2


def test_the_packs_that_are_broken_here_are_sound_before(packs: dict[str, pathlib.Path]) -> None:
    for pack in packs.values():
        assert _check(pack) == "played"


def test_a_file_of_fifty_megabytes_is_refused(packs: dict[str, pathlib.Path]) -> None:
    for pack in packs.values():
        huge = pack / "huge.yaml"
        with huge.open("wb") as file:
            file.truncate(50_000_000)
        assert _check(pack) == "refused"
        huge.unlink()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_missing_files_are_refused(packs: dict[str, pathlib.Path]) -> None:
    for pack in packs.values():
        (pack / "passwords.yaml").symlink_to("/etc/passwd")
        assert _check(pack) == "refused"
        (pack / "passwords.yaml").unlink()
        main = (pack / "scenario.yaml").read_bytes()
        (pack / "scenario.yaml").unlink()
        assert _check(pack) == "refused"
        (pack / "scenario.yaml").write_bytes(main)


@pytest.mark.parametrize("name", ["first-summit", "summit-2018"])
def test_a_broken_schedule_is_refused_where_it_is_broken_or_can_be_read(
    packs: dict[str, pathlib.Path], name: str
) -> None:
    scenario, rng, results = tabletop.load(name), random.Random(name), []
    for _ in range(60):
        file = rng.choice(schedules_of(packs[name]))
        before = file.read_bytes()
        file.write_bytes(rng.choice(CHANGES)(rng, before))
        problems = check_schedule(file, scenario)
        assert all(str(problem).isprintable() and problem.mark is not None for problem in problems)
        results.append(bool(problems))
        if not problems:
            read_schedule(file, scenario)
        file.write_bytes(before)
    assert len(results) // 2 < sum(results) < len(results)


@pytest.mark.parametrize("number", range(4))
def test_the_command_says_the_same_and_never_more_than_that(packs: dict[str, pathlib.Path], number: int) -> None:
    file, before, pack = _mutated(packs, "first-summit", 77_000 + number)
    problems = examine(pack)[1]
    command = [sys.executable, "-m", "tabletop", "check", str(pack)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    file.write_bytes(before)
    assert done.returncode == (1 if problems else 0)
    assert "Traceback" not in done.stdout + done.stderr
    assert all(str(problem) in done.stdout for problem in problems)
