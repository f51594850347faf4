"""What was acknowledged is there after the process was killed: the room's code, people, seats, votes and answers."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tabletop.session import Journal
from tests.host.host_process import HostProcess
from tests.host.live_room import HOST, Device

SEED = ("--seed", "3")


@pytest.fixture
def started(tmp_path: pathlib.Path) -> Iterator[list[HostProcess]]:
    processes = [HostProcess("first-summit", tmp_path, options=SEED)]
    yield processes
    for one in processes:
        if one.process.poll() is None:
            one.kill()


def test_a_class_goes_on_where_it_was_after_the_laptop_has_died(
    started: list[HostProcess], tmp_path: pathlib.Path
) -> None:
    host = started[0]
    facilitator = Device(host.port, host.code)
    assert facilitator.post("/open", {"key": host.key}).status == 303
    people = [Device(host.port, host.code) for _ in range(4)]
    for number, device in enumerate(people):
        assert device.join(f"Person {number}").status == 303
    assert facilitator.act("start").status == 303
    first, _, third, _ = people
    assert first.vote(why="It binds nobody.").status == 303
    before = [device.page for device in people]
    host.kill()

    again = HostProcess(host.session, tmp_path, host.port)
    started.append(again)
    assert again.code == host.code
    after = [device.page for device in people]
    assert after == before
    assert "Your vote is in" in first.page
    assert third.vote().status == 303
    assert "Your vote is in" not in first.page
    assert facilitator.get("/facilitator").status == 200
    again.kill()

    kept = Journal(tmp_path).record(host.session)
    decided = [command for command in kept.commands if command.kind == "decide"]
    assert [command.why for command in decided] == ["It binds nobody.; Because."]


def test_a_key_that_was_used_opens_nothing_after_a_restart(started: list[HostProcess], tmp_path: pathlib.Path) -> None:
    host = started[0]
    assert Device(host.port, host.code).post("/open", {"key": host.key}).status == 303
    host.kill()
    again = HostProcess(host.session, tmp_path, host.port)
    started.append(again)
    assert Device(host.port, host.code).post("/open", {"key": host.key}).status == 403
    assert Device(host.port, host.code).post("/open", {"key": again.key}).status == 303


def test_a_port_that_is_taken_is_told_with_one_that_is_free(started: list[HostProcess], tmp_path: pathlib.Path) -> None:
    command = [sys.executable, "-m", "tabletop", "host", "first-summit", "--no-browser", "--save", str(tmp_path / "b")]
    command += ["--host", HOST, "--port", str(started[0].port)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"Port {started[0].port} is taken" in ran.stderr
    assert "Traceback" not in ran.stderr
