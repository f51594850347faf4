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
from collections.abc import Iterable, Sequence

import attrs

#: Free space under which a class is warned, in bytes: a long game takes a few megabytes, a full disk takes the game.
LEAST_SPACE = 200_000_000
#: Minutes on the battery under which a class is warned.
LEAST_MINUTES = 120
#: Addresses towards which the laptop is asked from where it would send; nothing is sent to them.
_TOWARDS = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254", "192.168.137.254")


@attrs.frozen
class Finding:
    """Something that was looked at: a `sentence` for whoever leads the class, and whether it `is_well`."""

    sentence: str
    is_well: bool = True


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
        return Finding(
            "This laptop is in no network: join the Wi-Fi of the room, or open the laptop's hotspot, and start again.",
            is_well=False,
        )
    if all(ipaddress.ip_address(one).is_link_local for one in addresses):
        return Finding(
            f"The network has given this laptop no address of its own ({addresses[0]}): join the Wi-Fi again.",
            is_well=False,
        )
    others = f" (or under {', '.join(addresses[1:])})" if len(addresses) > 1 else ""
    return Finding(f"Other devices reach the room under {addresses[0]}, port {port}{others}, in the same Wi-Fi.")


def of_port(port: int, free: int) -> Finding:
    """A port that is taken, and one that is `free`."""
    return Finding(
        f"Port {port} is taken, perhaps by another `tabletop host`: end that, or add --port {free}.", is_well=False
    )


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
            return Finding(f"The room answers under {address}.")
    except OSError as error:
        return Finding(
            f"The room does not answer under {address} ({error.strerror or error}): allow Python in the firewall's "
            "settings, or take another address with --host.",
            is_well=False,
        )


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
    return Finding(
        "Windows' firewall is on: when it asks, allow Python in private and public networks. It asks once: if it was "
        "cancelled, tick Python under 'Allow an app through Windows Firewall'.",
        is_well=False,
    )


def of_mac_firewall(said: str) -> Finding | None:
    """What macOS says of its firewall."""
    if "enabled" not in said.lower():
        return None
    return Finding(
        "The firewall of macOS is on: when it asks, let Python accept incoming connections; otherwise add it under "
        "System Settings, Network, Firewall.",
        is_well=False,
    )


def of_linux_firewall(ufw: str, firewalld: str) -> Finding | None:
    """What the settings of ufw and the state of firewalld say."""
    if re.search(r"^ENABLED=yes", ufw, re.MULTILINE):
        return Finding("The firewall ufw is on: `sudo ufw allow PORT/tcp` lets phones in.", is_well=False)
    if firewalld.strip() == "active":
        command = "sudo firewall-cmd --add-port=PORT/tcp"
        return Finding(f"The firewall firewalld is on: `{command}` lets phones in until the next start.", is_well=False)
    return None


# Power and space


def of_battery(percent: int | None, minutes: int | None) -> Finding | None:
    """What is left on the battery while it is being used up; None where there is none, or it is being charged."""
    if percent is None:
        return None
    left = f"{percent}% of the battery" + (f", about {minutes} minutes," if minutes is not None else "")
    if (minutes is not None and minutes < LEAST_MINUTES) or (minutes is None and percent < 60):
        return Finding(f"There is {left} left: plug the laptop in.", is_well=False)
    return Finding(f"There is {left} left.")


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
    told = f"{free / 1e9:.1f} GB are free where the game is kept"
    if free < LEAST_SPACE:
        return Finding(f"{told} ({folder}): make room, or keep it elsewhere with --save.", is_well=False)
    return Finding(f"{told}.")


def findings(addresses: Sequence[str], port: int, folder: pathlib.Path) -> list[Finding]:
    """Everything that can be looked at before the room opens."""
    firewall = of_firewall()
    if firewall is not None:
        firewall = attrs.evolve(firewall, sentence=firewall.sentence.replace("PORT", str(port)))
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
