"""The glossary in place: the words of docs/glossary.md, marked once a section and listed at its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from friendshore.optimizer.page.explained import Marker, glossary
from friendshore.optimizer.page.page import Page
from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.wording.glossary import _ON_PAGES, MEANINGS, words_in
from tests.page.reading import Read

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"\| (.+?) \| (.+) \|")


def test_the_words_are_those_of_the_documentation() -> None:
    rows = [found.groups() for found in map(ROW.fullmatch, GLOSSARY.read_text(encoding="utf-8").splitlines()) if found]
    assert dict(rows[1:]) == MEANINGS and len(MEANINGS) > 30


@pytest.mark.parametrize("word", sorted(set(_ON_PAGES.values())))
def test_every_word_that_is_looked_for_is_in_the_glossary(word: str) -> None:
    assert word in MEANINGS


def test_a_word_is_explained_once_and_text_stays_text() -> None:
    mark = Marker()
    assert mark("A gap <b> & a Gap.") == (
        'A <abbr title="how far the plan may be from the best one: (cost − bound) ÷ cost">gap</abbr>'
        " &lt;b&gt; &amp; a Gap."
    )
    assert mark("the gap") == "the gap" and mark("singapore") == "singapore"


def test_words_stand_at_the_end_of_their_section() -> None:
    made = Section("x", "What it costs", ("The expected cost on the base plan.",), notes=("At the margin.",))
    assert [word for word, _ in glossary(made)] == ["base path", "expected cost", "shadow price"]
    assert words_in(["nothing of it"]) == []


def test_the_page_has_both(seen: Read, page: Page) -> None:
    marked = [e for e in seen.of("abbr") if "main" in e.within]
    assert marked and all(e.attributes["title"] and e.text for e in marked)
    told = [e for e in seen.of("details") if e.attributes.get("class") == "words"]
    assert len(told) == sum(bool(glossary(section)) for section in page.sections) > 5
