"""The documents for those who work on the program name only files that there are."""

from __future__ import annotations

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCUMENTS = ("CONTRIBUTING.md", "tabletop/engine/README.md")
#: A file in backticks, or one that a link leads to.
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|yaml))`|\]\(([\w./-]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document: str) -> None:
    path = ROOT / document
    named = {one or other for one, other in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 20
    # The name of a file of every pack is no path.
    missing = [
        name for name in named - {"scenario.yaml"} if not any((at / name).exists() for at in (ROOT, path.parent))
    ]
    assert sorted(missing) == []
