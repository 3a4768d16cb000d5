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
