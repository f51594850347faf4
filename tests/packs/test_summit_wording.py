"""The flagship is in its own words: no five words in a row are those of the article that it argues with."""

from __future__ import annotations

import hashlib
import pathlib
import re

import tabletop
from tabletop.scenario.prose import prose_of

#: Hashes of every run of five words in the body of the article, whose text is not here.
ARTICLE = frozenset((pathlib.Path(__file__).parent / "article_runs.txt").read_text().split())
RUN = 5


def runs(text: str) -> dict[str, str]:
    """The runs of five words in a text, by the hash under which `article_runs.txt` would have them."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    each = [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
    return {hashlib.sha256(run.encode()).hexdigest()[:12]: run for run in each}


def copied(text: str) -> list[str]:
    return [run for code, run in runs(text).items() if code in ARTICLE]


def test_no_five_words_in_a_row_are_the_articles(summit: tabletop.Scenario) -> None:
    own = [(path, text) for path, text in prose_of(summit) if path[0] != "sources" or path[-1] != "title"]
    assert len(own) > 2000
    assert {path: copied(text) for path, text in own if copied(text)} == {}


def test_five_words_that_the_article_shares_with_a_title_are_found(summit: tabletop.Scenario) -> None:
    titles = [source.title for source in summit.sources if copied(source.title)]
    assert titles == ["A Technically-Informed Roadmap for North Korea's Denuclearization"]
