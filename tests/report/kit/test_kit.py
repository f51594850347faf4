"""What a printed kit holds, page by page, and what keeps one from being printed."""

from __future__ import annotations

import json
import pathlib
import re

import pytest

import tabletop
from tabletop.engine.game import Game
from tabletop.presentation.paper.kit import kit_of
from tabletop.presentation.paper.values import Kit
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.words import Words
from tabletop.report.kit.document import KitOptions, signal_cards
from tabletop.report.kit.geometry import CARD_SIZES, LAYOUTS, PAPERS, card_geometry
from tabletop.report.kit.job import Printing
from tabletop.report.kit.pdf import KitError
from tabletop.scenario.on_paper import on_paper
from tests.packs.generated import generated_pack, write_pack

pymupdf = pytest.importorskip("pymupdf", reason="pages are read back by PyMuPDF")
pytest.importorskip("typst", reason="PDFs are made by Typst")

MM = 72 / 25.4


def printing(pack: str, parts: tuple[str, ...] = ("cards",), lang: str = "en", **options: object) -> Printing:
    game = Game(tabletop.load(pack))
    words = Words(lang)
    paper, grey = str(options.pop("paper", "a4")), bool(options.pop("grey", False))
    return Printing(
        kit=kit_of(game, words),
        scenario=game.scenario,
        words=words,
        options=KitOptions(parts=parts, paper=paper, grey=grey),
        **options,  # type: ignore[arg-type]
    )


def letters(text: str) -> str:
    """A text without the breaks and marks that a page adds."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


@pytest.fixture(scope="module")
def summit() -> Printing:
    return printing("summit-2018", size="poker")


@pytest.fixture(scope="module")
def summit_cards(summit: Printing) -> pymupdf.Document:
    return pymupdf.open(stream=summit.pdf())


def test_a_kit_goes_through_json_and_back(summit: Printing) -> None:
    assert from_plain(Kit, json.loads(summit.json())) == summit.kit


def test_every_card_is_on_a_page_with_all_that_the_pack_says(summit: Printing, summit_cards: pymupdf.Document) -> None:
    fronts = [letters(page.get_text()) for page in summit_cards][::2]
    for card in summit.kit.cards:
        page = next(text for text in fronts if letters(card.title) in text and letters(card.text) in text)
        for choice in card.choices:
            assert letters(choice.prompt) in page
            for option in choice.options:
                assert letters(option.label) in page
                assert all(letters(effect.words) in page for effect in option.effects)
        assert all(letters(effect.words) in page for effect in card.effects)


def test_there_is_a_back_for_every_front(summit: Printing, summit_cards: pymupdf.Document) -> None:
    per_sheet = len(card_geometry("poker", "a4").fronts)
    assert len(summit_cards) == 2 * -(-len(summit.kit.cards) // per_sheet)
    names = {deck.name for deck in summit.kit.decks}
    assert any(letters(name) in letters(summit_cards[1].get_text()) for name in names)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", CARD_SIZES)
def test_a_back_lies_on_its_front_when_the_sheet_is_turned_or_folded(size: str, paper: str, layout: str) -> None:
    sheet = card_geometry(size, paper, layout)
    assert sheet.fronts
    for (x, y), (back_x, back_y) in zip(sheet.fronts, sheet.backs, strict=True):
        assert abs(sheet.page_width - (back_x + sheet.width) - x) < 0.01
        assert abs(back_y - y) < 0.01
        assert x - sheet.bleed >= 0
        assert x + sheet.width + sheet.bleed <= sheet.page_width / (2 if layout == "gutterfold" else 1) + 0.01
        assert y - sheet.bleed >= 0
        assert y + sheet.height + sheet.bleed <= sheet.page_height


def test_no_crop_mark_runs_into_a_card() -> None:
    sheet = card_geometry("poker", "a4")
    for mark_x, mark_y, long, upright in sheet.marks:
        end_x, end_y = (mark_x, mark_y + long) if upright else (mark_x + long, mark_y)
        for x, y in sheet.fronts:
            left, top = x - sheet.bleed, y - sheet.bleed
            right, bottom = x + sheet.width + sheet.bleed, y + sheet.height + sheet.bleed
            assert end_x <= left or mark_x >= right or end_y <= top or mark_y >= bottom


def test_the_places_on_the_page_are_those_of_the_geometry(summit_cards: pymupdf.Document) -> None:
    sheet = card_geometry("poker", "a4")
    page = summit_cards[0]
    assert abs(page.rect.width / MM - sheet.page_width) < 0.1
    tops = {round(drawing["rect"].x0 / MM, 1) for drawing in page.get_drawings() if drawing["fill"]}
    for x, _ in sheet.fronts:
        assert any(abs(left - (x - sheet.bleed)) < 0.2 for left in tops)


def test_every_part_of_every_kit_is_printed_tagged_for_screen_readers() -> None:
    pages = printing("first-summit", ("rules", "board", "cards", "sheets", "envelopes", "ballots", "book")).pdf()
    document = pymupdf.open(stream=pages)
    assert document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] == "xref"
    assert document.xref_get_key(document.pdf_catalog(), "Lang")[1].startswith("en")
    assert "pdfuaid:part" in document.get_xml_metadata()


def test_a_kit_in_korean_has_no_label_in_english() -> None:
    text = "".join(page.get_text() for page in pymupdf.open(stream=printing("first-summit", ("rules",), "ko").pdf()))
    assert "준비" in text
    assert not re.search(r"Setting up|Checklists|How to read", text)


def test_a_kit_for_a_grey_printer_has_no_colour_in_it() -> None:
    document = pymupdf.open(stream=printing("first-summit", ("cards", "board"), grey=True).pdf())
    for page in document:
        for drawing in page.get_drawings():
            for colour in (drawing["fill"], drawing["color"]):
                assert not colour or max(colour) - min(colour) < 0.02


def test_a_card_that_does_not_fit_is_named(tmp_path: pathlib.Path) -> None:
    pack = generated_pack(0)
    card = next(card for card in pack["cards"] if card.get("deck"))
    card |= {"title": "A Very Long Story", "text": "It went on and on. " * 200}
    with pytest.raises(KitError) as raised:
        printing(str(write_pack(pack, tmp_path / "pack"))).pdf()
    assert raised.value.key == "paper.error_too_long"
    assert "A Very Long Story" in raised.value.titles


def test_a_character_without_a_glyph_is_named_with_its_card(tmp_path: pathlib.Path) -> None:
    pack = generated_pack(0)
    pack["cards"][0] |= {"title": "Old Signs", "text": "It says \u0f40."}
    job = printing(str(write_pack(pack, tmp_path / "pack")))
    with pytest.raises(KitError) as raised:
        job.pdf()
    assert job.error(raised.value) == "no font has '\u0f40' (U+0F40) of the card “Old Signs”"


def test_the_page_without_the_extra_stands_alone_and_has_every_card(summit: Printing) -> None:
    page = printing("first-summit", ("rules", "board", "cards", "sheets", "envelopes", "ballots", "book")).html()
    assert not re.search(r"(src|href)=", page)
    assert all(card.title in page for card in kit_of(Game(tabletop.load("first-summit")), Words("en")).cards)


def test_signal_cards_answer_as_often_as_the_weights_say(summit: Printing) -> None:
    cards = signal_cards(summit.kit)
    table = next(table for table in summit.kit.tables if table.truth)
    for value in range(len(table.signals)):
        own = [dict(card["lines"])[table.title] for card in cards if card["value"] == value]
        assert [own.count(row + 1) for row in range(len(table.outcomes))] == list(table.signals[value])
    assert all(table.signal_error <= 0.05 for table in summit.kit.tables)


def test_a_game_under_way_is_printed_as_it_stands() -> None:
    game = Game(tabletop.load("first-summit"))
    state = game.start(seed=5)
    for _ in range(9):
        seat = state.acting[0]
        state = game.apply(state, seat, game.actions(state, seat)[0])
    kit = kit_of(game, Words("en"), state)
    assert {one.id: one.now for one in kit.counters if one.kind == "meter"} == dict(state.meters)
    assert kit.position is not None
    assert (kit.position.turn, kit.position.stage) == (state.turn, state.stage)
    assert {card.id for card in kit.cards if card.is_used} == {e.card for e in state.log if e.kind == "card"}
    assert kit.truths[0].values[kit.truths[0].value or 0] == state.hidden[kit.truths[0].id]


def test_rules_that_are_skipped_on_paper_are_neither_printed_nor_played(tmp_path: pathlib.Path) -> None:
    pack = generated_pack(2)
    pack["rules"] = [
        {"id": "kept", "title": "Kept", "at": pack["stages"][0]["phases"][0]["id"], "effects": [{"end": "x"}]},
        {"id": "dropped", "title": "Dropped", "at": pack["stages"][0]["phases"][0]["id"], "effects": [{"end": "x"}]},
    ]
    ending = pack["endings"][0]["id"]
    for rule in pack["rules"]:
        rule["effects"] = [{"end": ending, "why": "It is over."}]
    pack["rules"][1]["paper"] = "skip"
    pack.pop("claims", None)
    scenario = tabletop.load(write_pack(pack, tmp_path / "pack"))
    kit = kit_of(Game(scenario), Words("en"))
    assert [rule.title for stage in kit.stages for phase in stage.phases for rule in phase.rules] == ["Kept"]
    assert kit.left_out == ("Dropped",)
    assert [rule.id for rule in on_paper(scenario).rules] == ["kept"]
    assert on_paper(scenario).digest != scenario.digest
    assert to_plain(kit_of(Game(on_paper(scenario)), Words("en")).stages) == to_plain(kit.stages)
