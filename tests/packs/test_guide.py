"""The author's guide: its pack is a pack, and the README's Python runs."""

from __future__ import annotations

import pathlib
import re

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.scenario.injects import check_schedule

ROOT = pathlib.Path(__file__).parents[2]


def test_the_pack_of_the_guide_is_sound_and_plays(tmp_path: pathlib.Path) -> None:
    guide = (ROOT / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- pack -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    (tmp_path / "scenario.yaml").write_text(block[1], encoding="utf-8")
    assert tabletop.check(tmp_path) == []
    tally = Playouts(tabletop.Game(tabletop.load(tmp_path)), {}).tally(0, 50)
    assert set(tally.outcomes) == {0, 1}


def test_the_schedule_of_the_guide_is_sound_for_its_pack(tmp_path: pathlib.Path) -> None:
    guide = (ROOT / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    pack = re.search(r"<!-- pack -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    schedule = re.search(r"<!-- schedule -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    assert pack is not None
    assert schedule is not None
    (tmp_path / "scenario.yaml").write_text(pack[1], encoding="utf-8")
    (tmp_path / "injects").mkdir()
    (tmp_path / "injects" / "afternoon.yaml").write_text(schedule[1], encoding="utf-8")
    assert check_schedule(tmp_path / "injects" / "afternoon.yaml", tabletop.load(tmp_path)) == []


def test_the_set_pieces_of_the_guide_are_sound_for_its_pack(tmp_path: pathlib.Path) -> None:
    guide = (ROOT / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    pack = re.search(r"<!-- pack -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    pieces = re.search(r"<!-- set pieces -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    assert pack is not None
    assert pieces is not None
    (tmp_path / "scenario.yaml").write_text(pack[1], encoding="utf-8")
    before = tabletop.load(tmp_path).digest
    (tmp_path / "set-pieces.yaml").write_text(pieces[1], encoding="utf-8")
    assert tabletop.check(tmp_path) == []
    assert len(tabletop.load(tmp_path).set_pieces) == 2
    assert tabletop.load(tmp_path).digest == before


README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL), ids=lambda block: block[:40])
def test_the_python_of_the_readme_runs(block: str) -> None:
    for extra in ("pettingzoo", "openspiel"):
        if extra in block:
            pytest.importorskip({"openspiel": "pyspiel"}.get(extra, extra))
    exec(compile(block, "README.md", "exec"), {})
