"""A glossary in place: the first of each word in a section carries its meaning, and all stand at the section's end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.wording.glossary import MEANINGS, WORDS, word_of, words_in


def texts(section: Section) -> Iterator[str]:
    """All that a section says outside the bodies of its tables."""
    yield from (section.heading, *section.lead, *section.notes)
    yield from (text for point in section.points for text in point)
    yield from (text for tile in section.tiles for text in (tile.label, tile.beneath))
    for chart in (*section.charts, *section.more_charts):
        yield from (chart.title, chart.note)
    for grid in (*section.grids, *(grid for fold in section.folded for grid in fold.grids)):
        yield from (grid.caption, grid.note, *(column.header for column in grid.columns))


def glossary(section: Section) -> tuple[tuple[str, str], ...]:
    """The words of the glossary that a section uses, and what they mean."""
    return tuple((word, MEANINGS[word].replace("`", "")) for word in words_in(texts(section)))


@dataclass
class Marker:
    """Marks the first of each word in the sentences of one section; text is escaped on the way."""

    _seen: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> Markup:
        """A text as HTML, in which words that were not seen before carry what they mean."""
        made, end = Markup(), 0
        for found in WORDS.finditer(text):
            word = word_of(found)
            if word in self._seen:
                continue
            self._seen.add(word)
            meaning = MEANINGS[word].replace("`", "")
            made += escape(text[end : found.start()])
            made += Markup('<abbr title="{}">{}</abbr>').format(meaning, found[0])
            end = found.end()
        return made + escape(text[end:])
