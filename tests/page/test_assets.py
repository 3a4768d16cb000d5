"""What the page carries: built once, with its licences, and nothing in it that would end a script or ask outside."""

from __future__ import annotations

import json
import re

from friendshore.optimizer.page.render import ASSETS, asset

VERSION = json.loads((ASSETS / "build" / "package.json").read_text(encoding="utf-8"))["dependencies"]["echarts"]


def test_the_library_says_what_it_is() -> None:
    library = asset("echarts.min.js")
    assert library.startswith(f"/*! Apache ECharts {VERSION} ") and "Apache License, Version 2.0" in library[:400]
    assert VERSION in asset("NOTICES.txt")
    for owner in ("Apache Software Foundation", "Baidu", "Mike Bostock", "Microsoft", "Natural Earth"):
        assert owner in asset("NOTICES.txt")


def test_scripts_can_stand_in_the_page() -> None:
    for name in ("echarts.min.js", "page.js"):
        assert not re.search(r"</script|<!--", asset(name), re.IGNORECASE)
    assert asset("echarts.min.js").isascii() and len(asset("echarts.min.js")) < 800_000
    names = set(re.findall(r"https?://[\w.]+", asset("echarts.min.js") + asset("page.js")))
    assert names == {"http://www.w3.org"}  # names of XML, which nobody fetches


def test_texts_are_never_given_as_markup() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp", asset("page.js")
    )


def test_the_world() -> None:
    """Every country is an outline or a point; no ring runs from one edge of the map to the other."""
    world = json.loads(asset("world.json"))
    codes = set(world["outlines"]) | set(world["points"])
    assert len(codes) > 220 and all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert {"USA", "CHN", "JPN", "KOR", "DEU", "RUS", "NOR", "SGP", "MLT", "MMR"} <= codes and "ATA" not in codes
    for code, rings in world["outlines"].items():
        for ring in rings:
            assert len(ring) > 3 and all(-5000 <= x <= 5000 and abs(y) < 2700 for x, y in ring), code
            jumps = [abs(x - ring[i - 1][0]) for i, (x, _) in enumerate(ring) if i]
            assert max(jumps) < 2000, code
    ((x, y),) = [p for code, p in world["points"].items() if code == "SGP"]
    assert 2500 < x < 3200 and -100 < y < 200  # 104° east, on the equator


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2): 21 of black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_words_can_be_read_by_day_and_by_night() -> None:
    """AA: 4.5 for words on the page and on its bands, in both sets of colours; at night on a screen alone."""
    assert round(contrast("#000000", "#ffffff"), 6) == 21 and contrast("#777777", "#ffffff") < 4.5
    day, night = re.findall(r":root \{(.*?)\}", asset("page.css"))
    assert "@media screen and (prefers-color-scheme: dark)" in asset("page.css")
    for block in (day, night):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for words in ("ink", "muted", "deep", "warm", "link"):
            for ground in ("paper", "band"):
                assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
        assert contrast(colours["rule"], colours["paper"]) >= 3


def test_charts_can_be_told_from_the_page_by_day_and_by_night() -> None:
    """4.5 for the words of charts, 3 for the bars of which there is most; the tones differ from each other."""
    looks = re.findall(r"const (LIGHT|DARK) = \{(.*?)\n  \};", asset("page.js"), re.DOTALL)
    assert [name for name, _ in looks] == ["LIGHT", "DARK"]
    for name, block in looks:
        colours = dict(re.findall(r"(\w+): \"(#[0-9A-Fa-f]{6})\"", block))
        tones = re.findall(r"#[0-9A-Fa-f]{6}", re.findall(r"tones: \[(.*?)\]", block)[0])
        assert min(contrast(colours[words], colours["paper"]) for words in ("ink", "muted")) >= 4.5, name
        assert contrast(colours["serving"], colours["onServing"]) >= 4.5, name
        assert contrast(tones[0], colours["paper"]) >= 3 and len(set(tones)) == len(tones) == 10, name
    night = re.findall(r"tones: \[(.*?)\]", looks[1][1])[0]
    assert min(contrast(tone, "#14181d") for tone in re.findall(r"#[0-9A-Fa-f]{6}", night)) >= 3
