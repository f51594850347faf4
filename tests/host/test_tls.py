"""A room over https, with a certificate that somebody has made for themselves."""

from __future__ import annotations

import http.client
import pathlib
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.host.host_process import HostProcess
from tests.host.live_room import HOST, Device

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl, which makes the certificate, is not here")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for this machine and its key."""
    folder = tmp_path_factory.mktemp("tls")
    return made(folder, "room")


def made(folder: pathlib.Path, name: str, *options: str) -> tuple[str, str]:
    assert OPENSSL is not None
    cert, key = str(folder / f"{name}.pem"), str(folder / f"{name}.key")
    command = [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"]
    command += ["-subj", "/CN=room", "-addext", f"subjectAltName=IP:{HOST}", "-out", cert, "-keyout", key]
    subprocess.run([*command, *(options or ["-nodes"])], check=True, capture_output=True)
    return cert, key


@pytest.fixture
def host(certificate: tuple[str, str], tmp_path: pathlib.Path) -> Iterator[HostProcess]:
    cert, key = certificate
    process = HostProcess("first-summit", tmp_path, options=["--tls-cert", cert, "--tls-key", key])
    yield process
    process.kill()


def test_a_class_joins_over_https(host: HostProcess, certificate: tuple[str, str]) -> None:
    context = ssl.create_default_context(cafile=certificate[0])
    facilitator, device = (Device(host.port, host.code, context) for _ in range(2))
    assert facilitator.post("/open", {"key": host.key}).status == 303
    joined = device.join("Ann")
    assert joined.status == 303
    assert "Secure" in joined.headers["set-cookie"]
    assert facilitator.act("start").status == 303
    assert device.vote(why="It binds nobody.").status == 303
    assert f"https://{HOST}:{host.port}/{host.code}" in facilitator.act("rejoin", person=person(facilitator)).body
    # Who types http is not answered, and harms nobody.
    with pytest.raises((http.client.HTTPException, OSError)):
        Device(host.port, host.code).get()
    assert device.get().status == 200


def person(facilitator: Device) -> str:
    page = facilitator.get("/facilitator").body
    return page.partition('id="p-')[2].partition('"')[0]


@pytest.mark.parametrize("fault", ["no certificate", "another key", "a password"])
def test_a_certificate_that_cannot_be_used_is_told_before_anything_begins(
    fault: str, certificate: tuple[str, str], tmp_path: pathlib.Path
) -> None:
    cert, key = certificate
    if fault == "no certificate":
        cert = str(tmp_path / "letter.txt")
        pathlib.Path(cert).write_text("Dear all,\n", encoding="utf-8")
    elif fault == "another key":
        key = made(tmp_path, "other")[1]
    else:
        cert, key = made(tmp_path, "locked", "-passout", "pass:secret")
    command = [sys.executable, "-m", "tabletop", "host", "first-summit", "--no-browser", "--save", str(tmp_path / "b")]
    command += ["--host", HOST, "--port", "0", "--tls-cert", cert, "--tls-key", key]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert ran.returncode == 1
    assert "cannot be used for https" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "b").exists()
