"""Formulas of the pages, in the form that code hosts show too, as MathML: browsers draw them without a script."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, fromstring

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor


class Inline(InlineProcessor):
    """A formula in a sentence: a dollar, a code span, a dollar."""

    def handleMatch(self, match: Any, data: str) -> tuple[Element, int, int]:  # noqa: N802 - named by Python-Markdown
        """The formula as an element, and where it stood."""
        return fromstring(convert(match[1])), match.start(0), match.end(0)  # noqa: S314 - our own pages


class Formulas(Extension):
    """Adds formulas in sentences; fences of ``math`` come by ``block``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Look for formulas before code spans."""
        md.inlinePatterns.register(Inline(r"\$`(.+?)`\$", md), "formula", 200)


def block(source: str, *_: object, **__: object) -> str:
    """A fence of ``math``: its lines as one formula on a line of its own."""
    return convert(source, display="block")


def makeExtension(**settings: Any) -> Formulas:  # noqa: N802 - named by Python-Markdown
    """What Python-Markdown calls."""
    return Formulas(**settings)
