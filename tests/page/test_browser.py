"""The page in a real browser: it is drawn, nothing complains, and nothing is asked for outside of this machine."""

from __future__ import annotations

import base64
import csv
import dataclasses
import json
import re
import shutil
import struct
import subprocess
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest

from friendshore.optimizer.page.page import Page
from friendshore.optimizer.page.parts import Chart
from friendshore.optimizer.page.render import html
from tests.page.reading import Read, read

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=4000",
    "--enable-logging=stderr",
)
LOUD = '<script>console.error("loud")</script><img src="https://example.org/pixel.png" alt="">'

pytestmark = pytest.mark.skipif(not BROWSER, reason="there is no Chromium on this machine")


@dataclass
class Seen:
    """What a browser made of a page: its elements at the end, its console, and the addresses asked for."""

    found: Read
    console: list[str]
    asked: set[str]


def look(folder: Path, text: str, *more: str) -> Seen:
    page, log = folder / "page.html", folder / "net.json"
    page.write_text(text, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - a browser found on the path, and a file of ours
        [
            BROWSER,
            *FLAGS,
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            *more,
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    return Seen(read(done.stdout), console, asked(log))


def asked(log: Path) -> set[str]:
    """Addresses outside of this machine that a page asked for; what a browser asks for itself has no origin."""
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    try:
        events = json.loads(text)["events"]
    except json.JSONDecodeError:  # the browser ended before it had closed its log
        events = json.loads(f"{text.rstrip(',')}]}}")["events"]
    found = [event["params"] for event in events if "initiator" in event.get("params", {})]
    return {p["url"] for p in found if p["initiator"] != "not an origin" and not p["url"].startswith("file:")}


@pytest.fixture(scope="module")
def shown(text: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return look(tmp_path_factory.mktemp("shown"), text, "--window-size=1200,2000")


def test_it_is_drawn_to_the_end(shown: Seen, page: Page) -> None:
    """Every chart holds a picture with many shapes; the map names the countries that supply."""
    (root,) = shown.found.of("html")
    assert root.attributes.get("data-ready") == "yes"
    charts = [e for e in shown.found.elements if "data-chart" in e.attributes]
    assert len(charts) == sum(len(s.charts) + len(s.more_charts) for s in page.sections)
    assert all(e.attributes.get("data-drawn") == "yes" for e in charts)
    paths: dict[str, int] = {}
    key = ""
    for element in shown.found.elements:
        key = element.attributes.get("data-chart", key)
        if element.tag == "path" and "svg" in element.within:
            paths[key] = paths.get(key, 0) + 1
    assert set(paths) == {e.attributes["data-chart"] for e in charts}
    assert min(paths.values()) >= 4 and paths["map"] > 170
    drawn = {e.attributes["data-chart"]: e.text for e in charts}
    assert "Land C 57%" in drawn["map"] and "Land B 43%" in drawn["map"]
    assert "Land C 57%" in drawn["flows"] and "magnet to" in drawn["flows"]
    assert "from 2027" in drawn["timeline"]


def test_nothing_complains(shown: Seen) -> None:
    assert shown.console == []


def test_nothing_is_asked_for_outside(shown: Seen) -> None:
    assert shown.asked == set()


def test_names_stay_for_who_cannot_see(shown: Seen, seen: Read) -> None:
    """The library must not put words of its own in place of ours."""
    before = {
        e.attributes["data-chart"]: e.attributes["aria-label"] for e in seen.elements if "data-chart" in e.attributes
    }
    after = {
        e.attributes["data-chart"]: e.attributes["aria-label"]
        for e in shown.found.elements
        if "data-chart" in e.attributes
    }
    assert before == after


def test_what_is_looked_for_would_be_seen(text: str, tmp_path: Path) -> None:
    """Without the policy, and with an image and a script put in, the console speaks and a request leaves."""
    open_ = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</main>", f"{LOUD}</main>")
    loud = look(tmp_path, open_)
    assert any("loud" in line for line in loud.console) and any("example.org" in address for address in loud.asked)


def test_the_policy_holds(text: str, tmp_path: Path) -> None:
    """With the policy in place the same script does not run and the same image is not asked for."""
    kept = look(tmp_path, text.replace("</main>", f"{LOUD}</main>"))
    assert not any('"loud"' in line for line in kept.console) and kept.asked == set()
    assert any("Content Security Policy" in line for line in kept.console)
    assert json.dumps(kept.found.of("html")[0].attributes).count("data-ready") == 1


def test_it_is_whole_on_a_phone(text: str, tmp_path: Path) -> None:
    """At 500 pixels no picture is wider than the window but the flows, which scroll; the choices are there."""
    phone = look(tmp_path, text, "--window-size=500,900")
    widths = sorted(float(e.attributes["width"]) for e in phone.found.of("svg"))
    assert len(widths) >= 8 and widths[-2] <= 500 and widths[-1] == 600
    assert {e.attributes["data-choice"] for e in phone.found.of("select")} == {"period", "good"}


OVERLAPS = """<script>
for (const holder of document.querySelectorAll("[data-chart]")) {
  const boxes = [...holder.querySelectorAll("svg:not(.arrows) text")].map((text) => { const { left, right, top, bottom } = text.getBoundingClientRect(); return { left, right, top, bottom, text: text.textContent }; });
  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => touch(a, b)).map((b) => [a, b]));
  const told = document.createElement("output");
  told.dataset.chart2 = holder.dataset.chart;
  told.textContent = `${boxes.length} ${pairs.length}`;
  told.dataset.which = pairs.map(([a, b]) => `${a.text} | ${b.text}`).join("; ");
  document.querySelector("main").append(told);
}
</script>"""  # noqa: E501


def test_names_do_not_touch_on_a_phone(page: Page, tmp_path: Path) -> None:
    """At 390 pixels, with long names: eight investments on the time line, six scenarios beside their bars."""
    long = "Second source of approved power and analog chips in South East Asia"

    def renamed(chart: Chart) -> Chart:
        if chart.key == "timeline":
            bars = [{**bar, "name": long} for bar in chart.data["bars"] for _ in range(8)]  # type: ignore[attr-defined]
            return dataclasses.replace(chart, data={**chart.data, "bars": bars}, rows=8)
        if chart.key == "damage":
            years = [f"{long} from {year}" for year in range(2027, 2033)]
            rows = [{**row, "values": [*row["values"]] * 3} for row in chart.data["series"]]  # type: ignore[attr-defined]
            return dataclasses.replace(chart, data={**chart.data, "categories": years, "series": rows}, rows=6)
        return chart

    sections = [dataclasses.replace(part, charts=tuple(map(renamed, part.charts))) for part in page.sections]
    text = html(dataclasses.replace(page, sections=tuple(sections)))
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    narrow = text.replace("</style>", "body { width: 390px; }</style>", 1).replace("</body>", f"{OVERLAPS}</body>")
    found = look(tmp_path, narrow, "--window-size=600,900").found
    told = {e.attributes["data-chart2"]: tuple(map(int, e.text.split())) for e in found.of("output")}
    assert told["timeline"][0] > 8 and told["damage"][0] > 8
    which = {e.attributes["data-chart2"]: e.attributes["data-which"] for e in found.of("output")}
    assert {key: pairs for key, pairs in which.items() if pairs} == {}


def test_maps_of_before_and_after_have_arrows(shown: Seen) -> None:
    """Ore of 2026 from C to A alone; in 2027 from B to A as well: a line and a head each."""
    arrows: dict[str, int] = {}
    key = ""
    for element in shown.found.elements:
        key = element.attributes.get("data-chart", key)
        arrows[key] = arrows.get(key, 0) + (element.attributes.get("class") == "arrows")
    assert arrows["map"] == arrows["map_before"] == 1
    heads = {e.attributes["data-chosen"]: e.text for e in shown.found.elements if "data-chosen" in e.attributes}
    assert heads["map_before"].endswith("in 2026") and heads["map"].endswith("in 2027")


BEHIND = """<script>
for (const over of document.querySelectorAll("svg.arrows")) {
  const frame = over.getBoundingClientRect(), boxes = [...over.parentElement.querySelectorAll("svg:not(.arrows) text")].map((text) => text.getBoundingClientRect());
  const hidden = [...over.querySelectorAll("mask rect")].slice(1).map((rect) => rect.getBoundingClientRect());
  const heads = [...over.querySelectorAll("path[fill]:not([fill=none])")].map((path) => path.getAttribute("d").slice(1).split("L")[0].split(" ").map(Number));
  const within = heads.filter(([x, y]) => boxes.some((box) => x + frame.left > box.left && x + frame.left < box.right && y + frame.top > box.top && y + frame.top < box.bottom));
  const told = document.createElement("output");
  told.textContent = `${heads.length} ${within.length} ${boxes.length} ${hidden.length} ${over.querySelectorAll("g[mask] path").length}`;
  document.querySelector("main").append(told);
}
</script>"""  # noqa: E501


def test_arrows_of_a_map_pass_behind_its_names(text: str, tmp_path: Path) -> None:
    """At 390 pixels: every name has its box in the mask of the arrows, and no head ends in a name."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    narrow = text.replace("</style>", "body { width: 390px; }</style>", 1).replace("</body>", f"{BEHIND}</body>")
    maps = [tuple(map(int, each.text.split())) for each in look(tmp_path, narrow).found.of("output")]
    assert len(maps) == 2
    for heads, within, names, hidden, masked in maps:
        assert heads >= 1 and names >= 1 and within == 0
        assert hidden == names and masked == 2 * heads


SCROLLED = """<script>
for (const each of document.querySelectorAll("details")) each.open = true;
for (const box of document.querySelectorAll(".scroll")) {
  box.style.maxHeight = "150px"; box.style.width = "260px"; box.scrollTop = 90; box.scrollLeft = 30;
  const frame = box.getBoundingClientRect(), head = box.querySelector("thead th").getBoundingClientRect(), first = box.querySelector("tbody th")?.getBoundingClientRect();
  const told = document.createElement("output");
  const slid = (moved, apart) => (moved ? Math.round(apart) : 0);
  told.textContent = `${box.scrollTop} ${box.scrollLeft} ${slid(box.scrollTop > 4 + (box.querySelector("caption")?.offsetHeight ?? 0), head.top - frame.top)} ${slid(first && box.scrollLeft, (first ?? head).left - frame.left)}`;
  document.querySelector("main").append(told);
}
</script>"""  # noqa: E501


def test_headers_and_the_first_column_stay_in_sight(text: str, tmp_path: Path) -> None:
    """A table that is scrolled within its box, down and to the right."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace(
        "</body>", f"{SCROLLED}</body>"
    )
    boxes = [tuple(map(int, map(float, each.text.split()))) for each in look(tmp_path, text).found.of("output")]
    assert len(boxes) > 8 and any(down > 30 for down, *_ in boxes) and any(right > 20 for _, right, *_ in boxes)
    assert {tuple(apart) for _, _, *apart in boxes} == {(0, 0)}


CLICKS = """<script>
const period = document.getElementById("choice-period"), good = document.getElementById("choice-good");
period.value = "2026"; period.dispatchEvent(new Event("change"));
good.value = "ore"; good.dispatchEvent(new Event("change"));
document.querySelector("[data-open]").click();
</script>"""


def test_choices_change_the_pictures_and_say_so(text: str, tmp_path: Path) -> None:
    """Ore in 2026 comes from C alone; what is shown is said aloud; one button opens every table."""
    open_ = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    clicked = look(tmp_path, open_.replace("</body>", f"{CLICKS}</body>"))
    drawn = {e.attributes["data-chart"]: e.text for e in clicked.found.elements if "data-chart" in e.attributes}
    assert "Land C 100%" in drawn["map"] and "Land B" not in drawn["map"]
    assert "Land C 100%" in drawn["flows"]
    (told,) = [e.text for e in clicked.found.elements if "data-status" in e.attributes]
    assert told == "Map: ore in 2026. Flows: in 2026"
    folded = [e for e in clicked.found.of("details") if "main" in e.within]
    assert folded and all("open" in e.attributes for e in folded)
    assert clicked.console == []


SAVES = """<script>
HTMLAnchorElement.prototype.click = function () {
  const told = document.createElement("output");
  told.dataset.name = this.download;
  told.textContent = this.href;
  document.querySelector("main").append(told);
};
const wanted = '[data-save][data-of="damage"], [data-save="csv"][data-of="map"]';
for (const button of document.querySelectorAll(wanted)) button.click();
</script>"""


def test_a_chart_is_saved_as_picture_and_as_figures(text: str, page: Page, tmp_path: Path) -> None:
    """A PNG of twice the size drawn, a CSV of the table behind the chart; the map's of the shares it draws."""
    open_ = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    saved = look(tmp_path, open_.replace("</body>", f"{SAVES}</body>"))
    files = {e.attributes["data-name"].rpartition("-")[2]: e.text for e in saved.found.of("output")}
    assert set(files) == {"damage.png", "damage.csv", "map.csv"} and saved.console == [] and saved.asked == set()
    picture = base64.b64decode(files["damage.png"].removeprefix("data:image/png;base64,"))
    width, height = struct.unpack(">II", picture[16:24])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and width > 500 and height > 150 and len(picture) > 3000
    rows = [
        list(csv.reader(StringIO(unquote(files[f"{name}.csv"]).partition(",\ufeff")[2]))) for name in ("damage", "map")
    ]
    (grid,) = [c.grid for section in page.sections for c in section.charts if c.key == "damage"]
    assert grid is not None and plain(rows[0]) == plain(saved.found.table(grid.caption))
    shares = {line[0]: [round(float(share), 2) for share in line[1:]] for line in rows[1][1:]}
    assert rows[1][0] == ["ore", "2026", "2027"] and shares == {"Land C": [1, 0.57], "Land B": [0, 0.43]}


def plain(rows: list[list[str]]) -> list[list[str]]:
    """Cells without the signs between thousands, which a file of figures does without."""
    return [[cell.replace(",", "") for cell in row] for row in rows]


def test_it_prints_without_cutting_a_picture(text: str, tmp_path: Path) -> None:
    """On paper: a PDF of a few pages (a picture that did not fit would make many)."""
    assert 3 <= pages_of(tmp_path, text) <= 12


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_brief_is_one_page_of_paper(text: str, tmp_path: Path, paper: str) -> None:
    """Decisions, figures and findings on one sheet; what comes behind is left out here, and makes more."""
    alone = f"@page {{ size: {paper}; }} main > section:not(#brief), footer {{ display: none !important; }}"
    assert pages_of(tmp_path, text.replace("</style>", f"{alone}</style>", 1)) == 1


def pages_of(folder: Path, text: str) -> int:
    """How many pages a browser prints."""
    page, target = folder / "page.html", folder / "page.pdf"
    page.write_text(text, encoding="utf-8")
    subprocess.run(  # noqa: S603 - as above
        [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", page.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))
