"""How the house is built: what may import what, no circles of files, a quick start, and test ids that can be read."""

from __future__ import annotations

import ast
import functools
import pathlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Literal

import pytest

HERE = pathlib.Path(__file__).parent.parent
PACKAGE = HERE / "tabletop"

#: What each package may import, beside itself: those below it in CONTRIBUTING.
BELOW: Mapping[str, frozenset[str]] = {
    name: frozenset(below.split())
    for name, below in {
        "storage": "",
        "scenario": "storage",
        "engine": "scenario storage",
        "players": "engine scenario storage",
        "session": "players engine scenario storage",
        "analysis": "players engine scenario storage",
        "adapters": "players engine scenario storage",
        "presentation": "session analysis players engine scenario storage",
        "report": "presentation analysis session players engine scenario storage",
        "terminal": "presentation analysis session players engine scenario storage",
        "window": "presentation session players engine scenario storage",
        "host": "presentation analysis session players engine scenario storage report",
        "bench": "cli window host presentation analysis session players engine scenario storage",
        "cli": "bench window terminal host report presentation analysis session players engine scenario storage",
        "__main__": "cli",
    }.items()
}
FACES = ("window", "terminal", "host", "report")
#: What `tabletop --help` has no need of.
HEAVY = ("attrs", "cattrs", "numba", "numpy", "prompt_toolkit", "pygame", "rich", "sqlite3", "starlette", "yaml")

#: The parts of faces that come across what is wrong with a file of an author, which is told in English: a facilitator's
#: desk and drawer, the list of packs, and where a file that cannot be read is passed over or told as what failed.
FOR_AUTHORS = {
    *("window/attempts.py", "window/drawer/writing.py", "window/look.py", "window/packs.py"),
    *("window/screens/ending_sheets.py", "window/screens/scenarios.py"),
    *("terminal/controls/writing.py", "terminal/draft.py", "terminal/facilitate.py"),
    "host/facilitator_pages.py",
}

When = Literal["runs", "types"]


# Reading the files


@functools.cache
def files() -> dict[str, pathlib.Path]:
    """Every file of the program by the name of its module."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(HERE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def statements(node: ast.AST, when: When = "runs") -> Iterator[tuple[ast.Import | ast.ImportFrom, When]]:
    """Every import below a node, also those in functions, and whether it is run or there for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, when
        elif is_for_types(child):
            assert isinstance(child, ast.If)
            for one in child.body:
                yield from statements(ast.Module([one], []), "types")
            for one in child.orelse:
                yield from statements(ast.Module([one], []), when)
        else:
            yield from statements(child, when)


@functools.cache
def imports(module: str) -> dict[str, When]:
    """The modules of the program that one imports, and whether that runs."""
    found: dict[str, When] = {}
    for statement, when in statements(ast.parse(files()[module].read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        else:
            assert not statement.level, f"{module} imports by a dot: write the name in full"
            inner = [f"{statement.module}.{alias.name}" for alias in statement.names]
            names = [one if one in files() else str(statement.module) for one in inner]
        for name in names:
            if name in files() and name != module and found.get(name) != "runs":
                found[name] = when
    return found


def circles() -> list[set[str]]:
    """The circles of modules that lead to each other by imports (Tarjan), each without the package's name."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: list[set[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        path.append(module)
        for other in imports(module):
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in path:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            at = path.index(module)
            if len(path) - at > 1:
                found.append({one.removeprefix("tabletop.") for one in path[at:]})
            del path[at:]

    for module in files():
        if module not in order:
            visit(module)
    return found


def package(module: str) -> str:
    """The package that a module belongs to; "" for the program's own names."""
    return module.split(".")[1] if "." in module else ""


def short(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


# The house


def test_no_files_know_each_other_in_a_circle_be_it_by_types_alone() -> None:
    assert circles() == []


def test_packages_import_only_those_below_them() -> None:
    upwards = {}
    for module, path in files().items():
        own = package(module)
        for other in map(package, imports(module)):
            if own and other and other not in (own, *BELOW[own]):
                upwards[short(path)] = other
    assert upwards == {}


def test_presentation_knows_values_of_sessions_by_their_types_and_no_session() -> None:
    found = {
        (short(files()[module]), other)
        for module in files()
        if package(module) == "presentation"
        for other, when in imports(module).items()
        if package(other) == "session" and (when == "runs" or other in ("tabletop.session", "tabletop.session.session"))
    }
    assert found == set()


def test_messages_for_authors_are_known_where_authors_and_facilitators_read_alone() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for module, path in files().items()
        if package(module) in ("presentation", *FACES)
        and any(map(names_problems, path.read_text(encoding="utf-8").splitlines()))
    }
    assert found == FOR_AUTHORS


def names_problems(line: str) -> bool:
    """Whether a line imports what is wrong with a file of an author."""
    source, _, names = line.strip().partition(" import ")
    wanted = {"PackError", "Problem", "errors_of"}
    return source == "from tabletop.scenario.problems" and not wanted.isdisjoint(names.split(", "))


def test_contributing_tells_of_every_package() -> None:
    told = (HERE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in {package(module) for module in files()} - {"", "__main__"} if name not in told] == []


def test_faces_know_the_engine_by_its_types_alone() -> None:
    found = {
        short(files()[module])
        for module in files()
        if package(module) in FACES
        and any(package(other) == "engine" and when == "runs" for other, when in imports(module).items())
    }
    assert found == set()


def test_faces_read_no_state_of_a_session() -> None:
    found = {
        short(path)
        for module, path in files().items()
        if package(module) in FACES and any(map(is_state, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == set()


def is_state(node: ast.AST) -> bool:
    """Whether it is the `state` of something that is called a session, or of a position of one."""
    if not isinstance(node, ast.Attribute) or node.attr != "state":
        return False
    return ast.unparse(node.value).rpartition(".")[2] in ("session", "_session", "position", "there")


def test_help_is_there_at_once_as_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from tabletop.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "click" in loaded
    assert loaded & set(HEAVY) == set()


def test_test_ids_can_be_read(request: pytest.FixtureRequest) -> None:
    ids = [(item.name, item.callspec.id) for item in request.session.items if hasattr(item, "callspec")]
    assert [name[:120] for name, id in ids if len(id) > 80] == []
