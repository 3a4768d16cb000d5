"""From page to HTML: one file that holds everything it needs, and asks nobody for anything.

Text of the planner goes through the template, which escapes all of it, or into JSON in which no character can end a
script; only the style, the scripts and that JSON pass unescaped. A Content-Security-Policy forbids every request and
every script but the two that are carried, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from friendshore.optimizer.page.explained import Marker, glossary
from friendshore.optimizer.page.page import Page
from friendshore.optimizer.page.parts import Chart

ASSETS = Path(__file__).parent / "assets"
OF_STUDIES = ("ranges", "steps")
"""Kinds of charts that a script of their own draws, which a page without them does not carry."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@cache
def asset(name: str) -> str:
    """A file that is carried in the page."""
    return (ASSETS / name).read_text(encoding="utf-8")


def html(page: Page) -> str:
    """The page as HTML."""
    environment = Environment(
        loader=PackageLoader("friendshore.optimizer.page", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own = ["studies.js"] if any(chart.kind in OF_STUDIES for chart in _charts(page)) else []
    scripts = [asset(name) for name in ("echarts.min.js", *own, "page.js")]
    return environment.get_template("page.html.jinja").render(
        page=page,
        marker=Marker,
        glossary=glossary,
        style=asset("page.css"),
        scripts=scripts,
        policy=content_policy(scripts),
        data=embedded(_data(page)),
        notices=asset("NOTICES.txt"),
    )


def _data(page: Page) -> dict[str, object]:
    """What the scripts draw: the charts by key, and of the world the outlines."""
    charts = list(_charts(page))
    drawn = {
        chart.key: {"kind": chart.kind, "alt": chart.alt, "rows": chart.rows, "data": chart.data} for chart in charts
    }
    mapped = any(chart.kind == "map" for chart in charts)
    return {"charts": drawn, "world": json.loads(asset("world.json")) if mapped else None}


def _charts(page: Page) -> Iterable[Chart]:
    for section in page.sections:
        yield from section.charts
        yield from section.more_charts


def embedded(data: Mapping[str, object]) -> str:
    """JSON that can stand in a script element whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def content_policy(scripts: Iterable[str]) -> str:
    """Nothing may be fetched; styles are those of the page; scripts are these and no others."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
