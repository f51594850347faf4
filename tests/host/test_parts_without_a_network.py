"""Tokens, texts, limits, presence, questions, the run sheet, what is looked at beforehand, and the QR code."""

from __future__ import annotations

import pathlib

import attrs
import pytest

import tabletop
from tabletop.host import preflight, qr
from tabletop.host.free_text import few_lines, one_line, person_name
from tabletop.host.limits import Buckets, Rate
from tabletop.host.presence import ABSENT_AFTER, Presence
from tabletop.host.questions import answered, asked_at, questions_of, summary
from tabletop.host.refusals import Refused, TooMany
from tabletop.host.run_sheet import run_sheet
from tabletop.host.settings import Settings, checked, with_settings
from tabletop.host.tokens import form_token, hashed, new_code, new_token
from tabletop.presentation.words import Words

WORDS = Words()


def test_a_token_has_128_random_bits_and_its_hash_does_not_tell_it() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert len(bytes.fromhex(token)) == 16
        assert token not in hashed(token)
        assert form_token(token) != hashed(token)


def test_a_code_can_be_read_out() -> None:
    assert not set("".join(new_code(9) for _ in range(100))) & set("aeiou01l")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ann\u202e Lee\u2066", "Ann Lee"),
        ("\u2067\u061cZoë\x00\n", "Zoë"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a" + "\u0301" * 30, "á" + "\u0301" * 4),
        ("<b>", "<b>"),
    ],
)
def test_what_people_type_can_be_shown(typed: str, shown: str) -> None:
    assert one_line(typed, 40, "a name") == shown


def test_a_name_says_something_and_is_not_too_long() -> None:
    for name in ("", " \u200b ", "...", "a" * 41):
        with pytest.raises(Refused):
            person_name(name)


def test_lines_stay_apart_in_an_answer() -> None:
    assert few_lines("one\r\n\n\n\n\ntwo\x07", 100, "an answer") == "one\n\ntwo"


def test_a_bucket_is_full_again_after_a_while() -> None:
    buckets, rate = Buckets(), Rate(2, 0.5)
    for _ in range(2):
        buckets.take(rate, "ann", 100.0)
    with pytest.raises(TooMany) as refused:
        buckets.take(rate, "ann", 100.0)
    assert refused.value.seconds >= 2
    buckets.take(rate, "bo", 100.0)
    buckets.take(rate, "ann", 102.5)


def test_buckets_do_not_grow_with_those_who_come() -> None:
    buckets, rate = Buckets(), Rate(2, 0.5)
    for number in range(Buckets.MOST * 2):
        buckets.take(rate, str(number), number / 1000)
    assert len(buckets._left) <= Buckets.MOST


def test_who_is_not_heard_of_is_away_until_they_are_heard_again() -> None:
    presence = Presence()
    assert presence.heard("ann", 0)
    assert not presence.heard("ann", 5)
    assert presence.present(5 + ABSENT_AFTER) == {"ann"}
    assert not presence.present(5.1 + ABSENT_AFTER)
    assert presence.heard("ann", 20)


def test_a_page_without_javascript_has_longer_to_show_itself() -> None:
    presence = Presence()
    presence.heard("ann", 0, plain=True)
    assert presence.present(30) == {"ann"}


def test_a_setting_takes_what_it_can() -> None:
    assert checked("locked", "on") is True
    assert checked("rule", "captain") == "captain"
    for name, value in (("rule", "lottery"), ("locked", "perhaps"), ("unknown", "x")):
        with pytest.raises(Refused):
            checked(name, value)
    assert with_settings(Settings(), {"rule": "lottery", "reasons": "none", "new": True}) == Settings(reasons="none")


def test_a_question_about_a_meter_takes_what_the_meter_can_be() -> None:
    questions = {one.id: one for one in questions_of(tabletop.load("summit-2018"))}
    foretold, premise, advice = (questions[id] for id in ("foretold_tension", "decisive_premise", "advice"))
    assert answered(foretold, " 60 ") == 60
    assert answered(premise, premise.options[0]) == premise.options[0]
    assert answered(advice, "Wait.\n") == "Wait."
    for question, typed in ((foretold, "101"), (foretold, "many"), (premise, "none of them"), (advice, "x" * 1001)):
        with pytest.raises(Refused):
            answered(question, typed)
    assert {one.moment for one in asked_at(questions.values(), "after")} == {"after"}
    assert not asked_at(questions.values(), "")


def test_answers_are_summed_up_without_names() -> None:
    questions = {one.id: one for one in questions_of(tabletop.load("summit-2018"))}
    numbers = summary(questions["foretold_tension"], [10, 20, 90], WORDS)
    assert numbers.told == "3 answers, from 10 to 90; half of them up to 20"
    assert sum(number for _, number in numbers.bars) == 3
    assert summary(questions["foretold_tension"], [], WORDS).told == "no answers yet"
    options = questions["believed_intention"].options
    assert summary(questions["believed_intention"], [options[1]], WORDS).bars[1] == (options[1], 1)
    assert summary(questions["advice"], ["Wait."], WORDS).texts == ("Wait.",)


def test_the_run_sheet_trims_turns_and_never_the_review() -> None:
    (plan, _) = tabletop.load("summit-2018").classroom
    assert sum(phase.minutes for phase in plan.phases) == 75
    early = run_sheet(plan, "play", 20, 6, WORDS)
    assert (early.behind, early.advice, early.left) == (0, "", 26)
    assert early.following is not None
    assert early.following.id == "reflection"
    late = run_sheet(plan, "play", 30, 6, WORDS)
    assert late.behind == 10
    assert late.advice == "10 minutes behind: play 2 turns fewer in 'Four weeks', and leave the debrief its time."
    assert run_sheet(plan, "reflection", 60, 7, WORDS).behind == 9
    assert "end will be late" in run_sheet(plan, "reflection", 60, 7, WORDS).advice


def test_a_class_that_has_not_begun_has_its_phases_ahead() -> None:
    (plan,) = tabletop.load("first-summit").classroom
    sheet = run_sheet(plan, "", 0, 0, WORDS)
    assert {line.standing for line in sheet.lines} == {"ahead"}
    assert sheet.following == plan.phases[0]


def test_a_laptop_without_a_network_is_told_what_to_do() -> None:
    assert not preflight.of_addresses([], 8000).is_well
    assert "join the Wi-Fi again" in preflight.of_addresses(["169.254.1.2"], 8000).sentence(WORDS)
    found = preflight.of_addresses(["192.168.1.20", "10.0.0.4"], 8000)
    assert found.is_well
    assert "192.168.1.20" in found.sentence(WORDS)


@pytest.mark.parametrize(
    ("percent", "minutes", "is_well"),
    [(90, None, True), (40, None, False), (80, 60, False), (50, 200, True)],
)
def test_a_battery_that_will_not_last_is_told(percent: int, minutes: int | None, is_well: bool) -> None:
    found = preflight.of_battery(percent, minutes)
    assert found is not None
    assert found.is_well == is_well


def test_a_battery_is_read_where_the_kernel_tells_of_it(tmp_path: pathlib.Path) -> None:
    battery = tmp_path / "BAT0"
    battery.mkdir()
    for name, value in (("status", "Discharging"), ("capacity", "55"), ("energy_now", "30"), ("power_now", "10")):
        (battery / name).write_text(f"{value}\n")
    assert preflight.linux_battery(tmp_path) == (55, 180)
    (battery / "status").write_text("Charging\n")
    assert preflight.linux_battery(tmp_path) == (None, None)
    assert preflight.of_battery(None, None) is None


def test_a_firewall_that_is_on_is_told_with_what_to_do() -> None:
    assert preflight.of_windows_firewall("State                                 ON") is not None
    assert preflight.of_windows_firewall("State                                 OFF") is None
    assert preflight.of_mac_firewall("Firewall is enabled. (State = 1)") is not None
    assert preflight.of_mac_firewall("Firewall is disabled. (State = 0)") is None
    assert preflight.of_linux_firewall("ENABLED=yes\n", "") is not None
    assert preflight.of_linux_firewall("# ENABLED=yes\n", "active\n") is not None
    assert preflight.of_linux_firewall("ENABLED=no\n", "inactive\n") is None


def test_a_full_disk_is_told(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = attrs.make_class("Usage", ["free"])
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda there: usage(1_000))
    found = preflight.of_space(tmp_path / "not" / "there")
    assert not found.is_well
    assert "make room" in found.sentence(WORDS)


def test_the_qr_code_is_for_pages_and_terminals() -> None:
    address = "http://192.168.1.20:8000/bcdfg"
    assert qr.as_svg(address).startswith("<svg")
    assert address in qr.as_svg(address)
    assert len({len(line) for line in qr.as_text(address).splitlines() if line}) == 1
