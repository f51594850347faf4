"""A pack in another language: the same rules with other words, and what the checks say of its files."""

from __future__ import annotations

import pathlib
import re
import shutil

import pytest

import tabletop
from tabletop.cli.main import main
from tabletop.presentation.names import names_in
from tabletop.scenario.library import locate
from tabletop.scenario.pack_files import digest_of, texts_of
from tabletop.scenario.prose import translatable
from tabletop.scenario.translation import told_in
from tabletop.session import Journal, Session, open_session

WRITTEN = re.compile("[A-Za-z]{3,}")
#: Abbreviations that Korean uses too, and titles of what was published.
NAMES = {"CVID", "THAAD", "WTO", "NBC", "CNN", "CGTN", "Brink", "the"}
NAMES |= {"Elephants", "Room", "North", "Korean", "Economy", "Watch"}


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> pathlib.Path:
    """The small scenario, as its author has it."""
    return pathlib.Path(shutil.copytree(locate("first-summit"), tmp_path / "first-summit"))


def edited(file: pathlib.Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(pack: pathlib.Path) -> list[str]:
    return [str(one).replace(f"{pack}/", "") for one in tabletop.check(pack)]


def test_a_translated_scenario_has_the_same_rules_in_other_words() -> None:
    own = tabletop.load("first-summit")
    told = told_in(own, "ko")
    assert told.title == "첫 정상회담"
    assert (told.id, told.digest) == (own.id, own.digest)
    assert [one.id for one in told.cards] == [one.id for one in own.cards]
    assert told.cards[0].choices[0].options[0].effects[0].why != own.cards[0].choices[0].options[0].effects[0].why
    assert told_in(told, "en") is own
    assert told_in(own, "fr") is own


def test_a_game_gone_on_with_in_another_language_is_the_same_game(tmp_path: pathlib.Path) -> None:
    def played(name: str, *languages: str) -> tuple[list[str], list[str]]:
        session = Session(scenario, seed=5, humans=("corvane",), journal=Journal(tmp_path / name), id="one", started="")
        turn = 0
        while not session.is_over:
            session.language = languages[turn % len(languages)]
            turn += 1
            list(session.run_bots())
            if session.to_act:
                session.decide(session.to_act, session.view(session.to_act).actions[-1])
        lines = [re.sub('"at":"[^"]*"', "", one.line()) for one in session.commands]
        return lines, [state.fingerprint for state in session.states]

    scenario = tabletop.load("first-summit")
    assert played("english", "en") == played("korean", "ko") == played("both", "en", "ko")
    assert played("told", "") == played("english-again", "en")
    session, _ = open_session(Journal(tmp_path / "both"), "one", watch=True)
    session.language = "ko"
    korean = [one.text for one in session.state.log if one.kind == "ending"]
    session.language = "en"
    english = [one.text for one in session.state.log if one.kind == "ending"]
    assert korean != english
    assert english[0] in {one.title for one in scenario.endings}


def test_ids_that_are_shown_as_words_have_words_in_the_other_language() -> None:
    names = names_in(tabletop.Game(told_in(tabletop.load("first-summit"), "ko")).program)
    assert names.value("calendar", "announced") == names.value("calendar", 1) == "발표됨"
    assert names.full("weeks_to_summit") == "회담까지 남은 주"
    assert names.outcome("lake", "first_step") == "첫걸음"
    assert names.word("cancelled") == "취소됨"


def test_translations_are_no_rules(pack: pathlib.Path) -> None:
    before = digest_of(texts_of(pack))
    edited(pack / "ko" / "board.yaml", "ko: 신뢰", "ko: 믿음")
    assert digest_of(texts_of(pack)) == before == tabletop.load(pack).digest
    shutil.rmtree(pack / "ko")
    assert digest_of(texts_of(pack)) == before
    assert found(pack) == []


def test_what_is_missing_is_told_where_the_pack_says_it_and_stays_in_its_language(pack: pathlib.Path) -> None:
    edited(pack / "ko" / "board.yaml", "ko: 굳건함", 'ko: ""')
    assert found(pack) == ["board.yaml:10:24: not in 'ko' yet: 'firm', of 'trust' in meters"]
    assert told_in(tabletop.load(pack), "ko").meters[0].thresholds[2].name == "firm"


def test_what_the_pack_says_otherwise_now_is_told_beside_the_old_translation(pack: pathlib.Path) -> None:
    edited(pack / "board.yaml", "you do what you say.", "you do all that you say.")
    (told,) = found(pack)
    assert told.startswith("ko/board.yaml:7:11: out of date: the pack now says 'How far your own people, and Ulmar")
    assert "(board.yaml:" in told


def test_what_is_said_of_nothing_is_told_with_what_may_be_meant(pack: pathlib.Path) -> None:
    edited(pack / "ko" / "play.yaml", "  draft:", "  draught:")
    assert any(
        "the pack has no 'draught' with a text among its actions (did you mean 'draft'?)" in one for one in found(pack)
    )
    edited(pack / "ko" / "play.yaml", "actions:", "acts:")
    assert any("the pack has no texts in a section 'acts'" in one for one in found(pack))


def test_places_of_parameters_have_to_stay(pack: pathlib.Path) -> None:
    edited(pack / "ko" / "play.yaml", "{weeks} 뒤로 날짜 발표하기", "날짜 발표하기")
    assert [one.partition(": ")[2] for one in found(pack)] == [
        "it must have the same places in braces as the text of the pack: {weeks}"
    ]


def test_a_file_that_cannot_be_read_costs_its_own_words_and_no_game(pack: pathlib.Path) -> None:
    (pack / "ko" / "board.yaml").write_text("meters: [", encoding="utf-8")
    assert any(one.startswith("ko/board.yaml:") for one in found(pack))
    told = told_in(tabletop.load(pack), "ko")
    assert (told.meters[0].name, told.title) == ("Trust in your word", "첫 정상회담")


def test_the_command_keeps_what_is_translated_and_shows_what_was_said_before(pack: pathlib.Path) -> None:
    edited(pack / "board.yaml", "you do what you say.", "you do all that you say.")
    main(["translate", str(pack), "ko"], standalone_mode=False)
    text = (pack / "ko" / "board.yaml").read_text(encoding="utf-8")
    assert '      ko: ""\n      # was: How far your own people' in text
    assert "ko: 굳건함" in text
    assert (pack / "ko" / "play.yaml").read_text(encoding="utf-8") == (
        locate("first-summit") / "ko" / "play.yaml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("pack_id", ["first-summit", "summit-2018"])
def test_the_korean_of_a_shipped_pack_has_no_english(pack_id: str) -> None:
    told = told_in(tabletop.load(pack_id), "ko")
    texts = [re.sub(r"\{[^{}]*\}|`[^`]*`", "", text) for _, text in translatable(told)]
    assert {word for text in texts for word in WRITTEN.findall(text)} <= NAMES


def test_the_pairs_of_the_guide_are_as_the_checks_want_them(tmp_path: pathlib.Path) -> None:
    guide = (pathlib.Path(__file__).parents[2] / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    pack = re.search(r"<!-- pack -->\n```yaml\n(.*?)```", guide, re.DOTALL)
    pairs = re.search(r"## Translations.*?\n\n((?:    [^\n]*\n)+)", guide, re.DOTALL)
    assert pack is not None
    assert pairs is not None
    (tmp_path / "scenario.yaml").write_text(pack[1], encoding="utf-8")
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "scenario.yaml").write_text(re.sub("(?m)^    ", "", pairs[1]), encoding="utf-8")
    problems = [one.partition(": ")[2] for one in found(tmp_path)]
    assert {one[:15] for one in problems} == {"not in 'ko' yet"}
    assert told_in(tabletop.load(tmp_path), "ko").cards[0].title == "마른 바람"
