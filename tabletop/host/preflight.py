"""Preflight: what goes wrong in classrooms, looked at before anybody comes: each in a sentence with what to do."""

from __future__ import annotations

import contextlib
import ipaddress
import pathlib
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tabletop.presentation.words import Words

#: Free space under which a class is warned, in bytes: a long game takes a few megabytes, a full disk takes the game.
LEAST_SPACE = 200_000_000
#: Minutes on the battery under which a class is warned.
LEAST_MINUTES = 120
#: Addresses towards which the laptop is asked from where it would send; nothing is sent to them.
_TOWARDS = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254", "192.168.137.254")


@attrs.frozen
class Finding:
    """Something that was looked at: what was found, by its entry in the catalogue of words with its `places`, and
    whether it `is_well`."""

    kind: str
    is_well: bool = True
    places: Mapping[str, object] = attrs.field(factory=dict)

    def sentence(self, words: Words) -> str:
        """It, for whoever leads the class, with what to do."""
        return words(f"preflight.{self.kind}", **self.places)


# Addresses


def own_addresses() -> list[str]:
    """The addresses under which other devices may reach this machine, the likeliest first."""
    found: list[str] = []
    for there in _TOWARDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((there, 9))
            except OSError:
                continue
            found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return ranked(found)


def ranked(addresses: Iterable[str]) -> list[str]:
    """Addresses without those that lead nowhere else, a home or school network's first.

    >>> ranked(["127.0.0.1", "169.254.3.4", "8.8.4.4", "192.168.1.20", "192.168.1.20"])
    ['192.168.1.20', '8.8.4.4', '169.254.3.4']
    """

    def place(text: str) -> int:
        address = ipaddress.ip_address(text)
        return 2 if address.is_link_local else 0 if address.is_private else 1

    others = [one for one in dict.fromkeys(addresses) if not ipaddress.ip_address(one).is_loopback and one != "0.0.0.0"]
    return sorted(others, key=place)


def of_addresses(addresses: Sequence[str], port: int) -> Finding:
    """Whether others can reach the room, and where."""
    if not addresses:
        return Finding("no_network", False)
    if all(ipaddress.ip_address(one).is_link_local for one in addresses):
        return Finding("no_address", False, {"address": addresses[0]})
    places = {"address": addresses[0], "port": port, "others": ", ".join(addresses[1:])}
    return Finding("reach_also" if len(addresses) > 1 else "reach", True, places)


def of_port(port: int, free: int) -> Finding:
    """A port that is taken, and one that is `free`."""
    return Finding("port_taken", False, {"port": port, "free": free})


def free_port(host: str, port: int) -> int:
    """The next port that nobody listens at."""
    for one in range(port + 1, port + 50):
        with socket.socket() as found:
            try:
                found.bind((host, one))
            except OSError:
                continue
            return one
    return 0


def of_reach(address: str, port: int) -> Finding:
    """Whether the room answers under its own address, from this machine."""
    try:
        with socket.create_connection((address, port), timeout=2):
            return Finding("answers", True, {"address": address})
    except OSError as error:
        return Finding("no_answer", False, {"address": address, "why": error.strerror or error})


# The firewall


def of_firewall() -> Finding | None:
    """Whether a firewall of this machine may keep phones out; None where that cannot be told."""
    if sys.platform == "win32":
        return of_windows_firewall(_said("netsh", "advfirewall", "show", "currentprofile", "state"))
    if sys.platform == "darwin":
        return of_mac_firewall(_said("/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate"))
    try:
        ufw = pathlib.Path("/etc/ufw/ufw.conf").read_text(encoding="utf-8", errors="replace")
    except OSError:
        ufw = ""
    return of_linux_firewall(ufw, _said("systemctl", "is-active", "firewalld"))


def of_windows_firewall(said: str) -> Finding | None:
    """What `netsh` says of the firewall of the present network."""
    if not re.search(r"\bON\b|\bEIN\b|\bActiv", said):
        return None
    return Finding("windows_firewall", False)


def of_mac_firewall(said: str) -> Finding | None:
    """What macOS says of its firewall."""
    if "enabled" not in said.lower():
        return None
    return Finding("mac_firewall", False)


def of_linux_firewall(ufw: str, firewalld: str) -> Finding | None:
    """What the settings of ufw and the state of firewalld say."""
    if re.search(r"^ENABLED=yes", ufw, re.MULTILINE):
        return Finding("ufw", False)
    if firewalld.strip() == "active":
        return Finding("firewalld", False)
    return None


# Power and space


def of_battery(percent: int | None, minutes: int | None) -> Finding | None:
    """What is left on the battery while it is being used up; None where there is none, or it is being charged."""
    if percent is None:
        return None
    is_low = percent < 60 if minutes is None else minutes < LEAST_MINUTES
    kind = ("battery" if minutes is None else "battery_minutes") + ("_low" if is_low else "")
    return Finding(kind, not is_low, {"percent": percent, "count": minutes})


def battery() -> tuple[int | None, int | None]:
    """What is left on the battery, in percent and in minutes, while it is being used up; None for what is not known."""
    if sys.platform == "darwin":
        return mac_battery(_said("pmset", "-g", "batt"))
    if sys.platform == "win32":
        return _windows_battery()
    return linux_battery(pathlib.Path("/sys/class/power_supply"))


def mac_battery(said: str) -> tuple[int | None, int | None]:
    """What `pmset -g batt` says.

    >>> mac_battery("Now drawing from 'Battery Power'\\n 71%; discharging; 3:12 remaining")
    (71, 192)
    """
    percent, time = re.search(r"(\d+)%", said), re.search(r"(\d+):(\d\d) remaining", said)
    if percent is None or "discharging" not in said:
        return None, None
    return int(percent[1]), int(time[1]) * 60 + int(time[2]) if time else None


def linux_battery(folder: pathlib.Path) -> tuple[int | None, int | None]:
    """What the files of a kernel say of the batteries in a folder."""
    for one in sorted(folder.glob("BAT*")):
        if _read(one / "status") != "Discharging":
            continue
        percent = _read(one / "capacity")
        left = next((_read(one / name) for name in ("energy_now", "charge_now") if _read(one / name)), "")
        use = next((_read(one / name) for name in ("power_now", "current_now") if _read(one / name)), "")
        minutes = int(left) * 60 // int(use) if left.isdigit() and use.isdigit() and int(use) else None
        return int(percent) if percent.isdigit() else None, minutes
    return None, None


def _windows_battery() -> tuple[int | None, int | None]:
    if sys.platform != "win32":
        return None, None
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("line", ctypes.c_ubyte),
            ("flag", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("system", ctypes.c_ubyte),
            ("seconds", ctypes.c_ulong),
            ("full", ctypes.c_ulong),
        )

    status = Status()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)) or status.line != 0:
        return None, None
    minutes = status.seconds // 60 if status.seconds < 0xFFFFFFFF else None
    return (status.percent if status.percent <= 100 else None), minutes


def of_space(folder: pathlib.Path) -> Finding:
    """Whether there is room for the game where it is kept."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(there).free
    places = {"size": f"{free / 1e9:.1f}", "folder": folder}
    return Finding("little_space", False, places) if free < LEAST_SPACE else Finding("space", True, places)


def findings(addresses: Sequence[str], port: int, folder: pathlib.Path) -> list[Finding]:
    """Everything that can be looked at before the room opens."""
    firewall = of_firewall()
    if firewall is not None:
        firewall = attrs.evolve(firewall, places={"port": port})
    found = [of_addresses(addresses, port), firewall, of_battery(*battery()), of_space(folder)]
    return [one for one in found if one is not None]


def _said(*command: str) -> str:
    """What a command says, "" where there is none or it takes too long."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=3, check=False, errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout


def _read(path: pathlib.Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
