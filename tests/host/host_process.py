"""`tabletop host` as a process of its own, which can be killed."""

from __future__ import annotations

import pathlib
import signal
import subprocess
import sys
from collections.abc import Sequence

from tests.host.live_room import HOST, found

PROGRAM = ("tabletop", "host")


class HostProcess:
    """A served room: its port, its code, its session, and the key of the facilitator's page."""

    def __init__(
        self,
        what: str,
        place: pathlib.Path,
        port: int = 0,
        *,
        program: Sequence[str] = PROGRAM,
        options: Sequence[str] = (),
    ) -> None:
        command = [sys.executable, "-m", *program, what, "--no-browser", "--save", str(place), "--host", HOST]
        command += ["--port", str(port), *options]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        said = ""
        while "Where phones" not in said:
            line = self.line()
            assert line, f"it ended: {said}"
            said += line
        self.session = found(r"tabletop host (\S+)", said)
        self.key = found(r"key=(\w+)", said)
        self.port, self.code = int(found(r":(\d+)/\w+/open", said)), found(r"join at https?://\S+/(\w+)", said)

    def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def type(self, line: str) -> None:
        """Sends it a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
