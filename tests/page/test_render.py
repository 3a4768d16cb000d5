"""The page as a file: well formed, sealed against the network, closed to what a planner's text may hold, accessible."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re

import pytest

from friendshore.models.plan import Plan
from friendshore.models.tables import Source
from friendshore.optimizer.page.page import page_of
from friendshore.optimizer.page.render import embedded, html
from friendshore.optimizer.page.tables import of_plan
from tests.page.reading import Read, read

EVIL = "</script><script>alert(1)</script>\u2028<img src=x onerror=alert(2)>&amp;\"'"


@pytest.fixture(scope="module")
def hostile(drawn: Plan) -> Plan:
    """Every text that a planner writes freely holds markup."""
    tables = drawn.problem.tables
    tables = dataclasses.replace(
        tables,
        settings=dataclasses.replace(tables.settings, title=f"Title {EVIL}", currency=f"USD {EVIL}"),
        countries=tuple(dataclasses.replace(row, name=f"{row.country} {EVIL}", note=EVIL) for row in tables.countries),
        commodities=tuple(dataclasses.replace(row, unit=f"t {EVIL}", stage=EVIL) for row in tables.commodities),
        sources=(
            Source(source_id="A", title=EVIL, url="javascript:alert(3)"),
            Source(source_id="B", title="b", url='https://example.org/"onmouseover="alert(4)'),
            Source(source_id="C", title="c", url="https://example.org/page?a=1&b=2"),
        ),
    )
    return dataclasses.replace(drawn, problem=dataclasses.replace(drawn.problem, tables=tables, name=f"name {EVIL}"))


@pytest.fixture(scope="module")
def attacked(hostile: Plan) -> Read:
    return read(html(page_of(of_plan(hostile))))


@pytest.mark.parametrize("which", ["seen", "attacked"])
def test_elements_nest_and_close(which: str, request: pytest.FixtureRequest) -> None:
    found: Read = request.getfixturevalue(which)
    assert found.faults == []
    ids = [e.attributes["id"] for e in found.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))


def test_text_of_the_planner_is_text(attacked: Read, seen: Read) -> None:
    """The same elements as the page without it, but for links; none runs anything; and the text can be read."""
    assert len(attacked.of("script")) == len(seen.of("script")) == 3
    assert not attacked.of("img") and not attacked.of("iframe")
    assert not [(e.tag, name) for e in attacked.elements for name in e.attributes if name.startswith("on")]
    assert "</script><script>alert(1)</script> <img src=x onerror=alert(2)>&amp;\"'" in attacked.words()
    bars = attacked.data()["charts"]["timeline"]["data"]["bars"]  # type: ignore[index]
    assert bars[0]["where"] == f"B {EVIL}"


def test_only_addresses_of_the_web_are_links(attacked: Read) -> None:
    links = {e.attributes["href"]: e for e in attacked.of("a") if not e.attributes["href"].startswith("#")}
    assert set(links) == {'https://example.org/"onmouseover="alert(4)', "https://example.org/page?a=1&b=2"}
    assert all(e.attributes["rel"] == "noopener noreferrer" for e in links.values())
    assert "javascript:alert(3)" in attacked.words()


@pytest.mark.parametrize("text", [EVIL, "]]>", "<!--", "\u2028\u2029", "{{ 7 * 7 }}", "\\", "\x00"])
def test_json_in_a_script_is_inert_and_whole(text: str) -> None:
    made = embedded({"text": text})
    assert json.loads(made) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(made)


def test_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        embedded({"x": float("nan")})


@pytest.mark.parametrize("which", ["seen", "attacked"])
def test_nothing_is_asked_for_over_the_network(which: str, request: pytest.FixtureRequest) -> None:
    """No element loads anything, no style does, and a policy forbids what might."""
    found: Read = request.getfixturevalue(which)
    for element in found.elements:
        assert not {"src", "srcset", "data", "poster", "action", "formaction", "background"} & set(element.attributes)
        assert element.tag not in {"link", "iframe", "object", "embed", "base", "audio", "video", "img"}
    (style,) = found.of("style")
    assert "url(" not in style.text and "@import" not in style.text
    assert all("url(" not in e.attributes.get("style", "") for e in found.elements)


def test_the_policy_lets_these_scripts_run_and_no_others(seen: Read) -> None:
    (meta,) = [e for e in seen.of("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in meta.attributes["content"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    carried = {
        f"'sha256-{base64.b64encode(hashlib.sha256(e.text.encode()).digest()).decode()}'"
        for e in seen.of("script")
        if e.attributes.get("type") != "application/json"
    }
    assert set(policy["script-src"].split()) == carried and len(carried) == 2
    assert "connect-src" not in policy  # so that default-src holds


def test_the_page_is_small(text: str) -> None:
    assert len(text.encode()) < 1_500_000


def test_landmarks_headings_and_language(seen: Read) -> None:
    assert seen.of("html")[0].attributes["lang"] == "en"
    assert [len(seen.of(tag)) for tag in ("h1", "main", "nav", "header", "footer", "title")] == [1] * 6
    assert all(e.text.strip() for tag in ("h1", "h2", "title") for e in seen.of(tag))
    skip = seen.of("a")[0]
    assert skip.attributes == {"class": "skip", "href": "#main"}
    ids = {e.attributes.get("id") for e in seen.elements}
    for e in seen.elements:
        if e.attributes.get("href", "").startswith("#"):
            assert e.attributes["href"][1:] in ids
        if "aria-labelledby" in e.attributes:
            assert e.attributes["aria-labelledby"] in ids


def test_every_picture_says_what_it_shows_and_has_its_figures_beneath(seen: Read) -> None:
    """A name for who cannot see it, a caption for who can, and a table beneath (of the maps in their section)."""
    pictures = [e for e in seen.elements if "data-chart" in e.attributes]
    assert len(pictures) == len(seen.data()["charts"]) >= 8  # type: ignore[arg-type]
    assert all(e.attributes["role"] == "img" and len(e.attributes["aria-label"]) > 30 for e in pictures)
    assert len(seen.of("figcaption")) == len(seen.of("figure")) == len(pictures)
    folded = [e for e in seen.of("details") if "figure" in e.within]
    maps = [e for e in pictures if e.attributes["data-chart"].startswith("map")]
    assert len(maps) == 2 and len(folded) == len(pictures) - len(maps)
    assert all("table" in "".join(e.text) for e in folded)


def test_every_choice_has_a_label_and_every_table_its_heads(seen: Read) -> None:
    for select in seen.of("select"):
        assert [e.text for e in seen.of("label") if e.attributes["for"] == select.attributes["id"]]
    assert len(seen.of("caption")) == len(seen.of("table"))
    assert all(e.attributes.get("scope") in ("col", "row") for e in seen.of("th"))
    regions = [e for e in seen.elements if e.attributes.get("class") == "scroll"]
    assert regions and all(e.attributes["tabindex"] == "0" and e.attributes["aria-label"] for e in regions)


def test_style_for_paper_keyboard_and_quiet(seen: Read) -> None:
    style = seen.of("style")[0].text
    for wanted in ("@media print", "@page", ":focus-visible", "prefers-reduced-motion", "break-inside: avoid"):
        assert wanted in style


def test_the_page_names_no_machine(text: str) -> None:
    assert not re.search(r"/(tmp|work|home|root)/", text)
