"""The stress test as a workbook: the worst named, a heat map of removals, pairs, scenarios, and the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.layout import Page
from friendshore.optimizer.reporting.opened import opened_at
from friendshore.optimizer.studies.stress.rows import (
    COST,
    DAMAGE,
    ONSET,
    REMOVED,
    onset_key,
    pair_fields,
    pair_row,
    removal_fields,
    removal_row,
    sample_fields,
    sample_rows,
    scenario_fields,
    scenario_row,
    share_keys,
    table,
)
from friendshore.optimizer.studies.stress.stress import Stress
from friendshore.optimizer.studies.stress.words import (
    NOTHING,
    opening,
    outlasts,
    sample_finding,
    scenario_finding,
    survival_words,
    together_finding,
    worst,
)
from friendshore.optimizer.wording.shares import percent

MOST_BARS = 12
MOST_PAIRS = 500
MOST_WORST = 15
WHITE, PALE, DARK = "#FFFFFF", "#F4D79A", "#D9622B"

HOW = (
    "A break leaves the base plan at the start of its onset. What was built and bought, and the stock held then, "
    "stand; the rest is decided anew at least cost, the length of the stop known. Extra cost is discounted, against "
    "the same path with nothing stopped: damage from shortage and dearer supply, less what is not bought.",
    "A country that is stopped sells nothing to the coalition; one of the coalition makes nothing either. A plant "
    "makes nothing, over a route nothing goes. Unmet is a share of what the coalition needs while the stop lasts.",
    "Time to recover is how long the stop lasts. Time to survive is the longest stop that leaves a tier, and those "
    "that hurt more, no shorter than with nothing stopped, lesser tiers and money giving way (Simchi-Levi et al. "
    "2015), at the ends of the steps: the true value lies between it and the next end.",
)


def write_stress(study: Stress, path: Path | str) -> None:
    """Write the study as a workbook at ``path``; what stood there is whole until the new file is.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    with opened_at(path, study.problem.settings.title or study.problem.name, "Stress test") as book:
        for name, wanted, content, keys in SHEETS:
            if wanted(study):
                page, filled = book.page(name), content(study)
                page.fill(filled)
                _heat(page, filled, keys(study))


def _heat(page: Page, content: Content, keys: tuple[str, ...]) -> None:
    """Colour the cells of the first table: shares from none to all, money from none to the most in the whole table."""
    block = content.left[0]
    if not isinstance(block, Block) or not len(block.frame):
        return
    first = 4 + len(content.notes) + bool(content.right)  # title, finding, notes, a gap, the header of the table
    last = first + len(block.frame) - 1
    columns = {key: block.column(key) for key in keys}
    money = [key for key, column in columns.items() if block.fields[column].kind != "share"]
    dearest = max((float(block.frame[key].max()) for key in money), default=0.0)
    for key, column in columns.items():
        most = max(dearest, NOTHING) if key in money else 1.0
        page.sheet.conditional_format(
            first,
            column,
            last,
            column,
            {
                "type": "3_color_scale",
                "min_type": "num",
                "min_value": 0,
                "min_color": WHITE,
                "mid_type": "num",
                "mid_value": most / 4,
                "mid_color": PALE,
                "max_type": "num",
                "max_value": most,
                "max_color": DARK,
            },
        )


# -- sheets -----------------------------------------------------------------------------------------------------------


def summary(study: Stress) -> Content:
    """The worst by themselves, and what else was found."""
    felt = [one for one in study.singles if one.extra_cost > NOTHING]
    fields = removal_fields(study)
    frame = table(study, (removal_row(study, one) for one in felt[:MOST_WORST]), fields)
    said = [opening(study)]
    if study.together:
        said.append(f"{together_finding(study)}.")
    if study.scenarios:
        said.append(f"{scenario_finding(study)}.")
    if study.sample is not None:
        said.append(f"{sample_finding(study)}.")
    figures = [figure for figure in (_cost_figure(study), _survival_figure(study)) if figure is not None]
    return Content(" ".join(said), HOW, (Block("Stress_worst", "", frame, fields),), tuple(figures))


def _cost_figure(study: Stress) -> Figure | None:
    top = worst(study)
    if top is None:
        return None
    fields = (REMOVED, COST, DAMAGE)
    rows = [removal_row(study, one) for one in study.singles[:MOST_BARS] if one.extra_cost > NOTHING]
    several = len(study.onsets) > 1
    for row in rows:
        row["removed"] = f"{row['removed']}, {row['onset']}" if several else row["removed"]
    block = Block("Stress_cost", "Extra cost of the worst single removals", table(study, rows, fields), fields)
    second = rows[1] if len(rows) > 1 else None
    title = f"{top.label} costs most" + (
        f": {top.extra_cost / float(str(second['cost'])):.1f} times as much as {second['removed']}" if second else ""
    )
    return Figure(title, "bar", block, "removed", ("cost",), study.currency)


def _survival_figure(study: Stress) -> Figure | None:
    short = [one for one in study.singles if outlasts(study, one)]
    if not short:
        return None
    short.sort(key=lambda one: (min(one.survives) / one.recover_years, -one.extra_cost))
    fields = removal_fields(study)
    kept = (fields[0], *(field for field in fields if field.key in ("recover", "least")))
    rows = []
    for one in short[:MOST_BARS]:
        row = removal_row(study, one)
        rows.append({**row, "removed": f"{one.label}, {one.onset}" if len(study.onsets) > 1 else one.label})
    block = Block("Stress_times", "Time to survive against time to recover", table(study, rows, kept), kept)
    first = short[0]
    title = f"{first.label}: {survival_words(study, first)}"
    return Figure(title, "bar", block, "removed", ("recover", "least"), "years")


def heat_map(study: Stress) -> Content:
    """Every single removal, worst first."""
    fields = removal_fields(study)
    frame = table(study, (removal_row(study, one) for one in study.singles), fields)
    calm = [
        f"{tier}, {onset}: {share:.1%}"
        for onset, shares in study.calm.items()
        for tier, share in zip(study.tiers, shares, strict=True)
        if share > 0
    ]
    note = f"Unmet with nothing stopped: {', '.join(calm)}." if calm else "With nothing stopped no need goes unmet."
    return Content(opening(study), (note,), (Block("Stress_removals", "", frame, fields),))


def onsets(study: Stress) -> Content:
    """Extra cost of each removal at each onset."""
    by_name: dict[str, dict[str, object]] = {}
    for one in study.singles:
        by_name.setdefault(one.label, {"removed": one.label})[onset_key(study, one.onset)] = one.extra_cost
    keys = [onset_key(study, onset) for onset in study.onsets]
    rows = sorted(by_name.values(), key=lambda row: (-max(float(str(row[key])) for key in keys), str(row["removed"])))
    fields = (REMOVED, *(ONSET(study, onset) for onset in study.onsets))
    top = worst(study)
    finding = (
        "No removal costs anything at any onset."
        if top is None
        else (f"Extra cost by onset, {study.currency}, discounted. Dearest: {top.label} in {top.onset}.")
    )
    return Content(finding, (), (Block("Stress_onsets", "", table(study, rows, fields), fields),))


def together(study: Stress) -> Content:
    """Breaks of several at once, worst first."""
    fields = pair_fields(study)
    shown = study.together[:MOST_PAIRS]
    frame = table(study, (pair_row(study, one) for one in shown), fields)
    notes = ["Beyond its parts: what the break costs more than its removals, each by itself, add up to."]
    if len(study.together) > MOST_PAIRS:
        notes.append(f"The {MOST_PAIRS:,} dearest of {len(study.together):,}.")
    joint = max(study.together, key=lambda one: one.beyond)
    said = f" Worse than its parts by most: {joint.label}, {joint.onset}." if joint.beyond > NOTHING else ""
    return Content(f"{together_finding(study)}.{said}", tuple(notes), (Block("Stress_pairs", "", frame, fields),))


def scenarios(study: Stress) -> Content:
    """Every scenario at every onset that was asked for."""
    fields = scenario_fields(study)
    frame = table(study, (scenario_row(study, one) for one in study.scenarios), fields)
    note = (
        "A scenario that leaves another is struck together with it, as one disruption known from its onset. First "
        "shortage is counted from the onset, on the cheapest course; blank: none."
    )
    return Content(
        f"{scenario_finding(study)}.", (note,), (Block("Stress_scenarios", "", frame, fields),), _scenario_figure(study)
    )


def _scenario_figure(study: Stress) -> tuple[Figure, ...]:
    shown = [one for one in study.scenarios if one.extra_cost > NOTHING][:MOST_BARS]
    if not shown:
        return ()
    fields = (Field("scenario", "Scenario"), COST)
    rows = [scenario_row(study, one) for one in shown]
    if len(study.onsets) > 1:
        rows = [{**row, "scenario": f"{row['scenario']}, {row['onset']}"} for row in rows]
    block = Block("Stress_scenario_cost", "Extra cost of the worst scenarios", table(study, rows, fields), fields)
    currency = study.currency
    return (Figure(scenario_finding(study), "bar", block, "scenario", ("cost",), currency),)


def sample(study: Stress) -> Content:
    """The plan beside the plan without resilience rules over the draws."""
    fields = sample_fields()
    count = 0 if study.sample is None else len(study.sample.draws)
    note = (
        f"{count:,} scenarios drawn around those of the workbook (seed {study.asks.seed}): by their probability, a "
        "period earlier or later, half to one and a half times as long and as deep. The worst are the worst 5% of the "
        "draws. The plan without rules keeps budgets and limits on emissions only."
    )
    frame = table(study, sample_rows(study), fields)
    return Content(
        f"{sample_finding(study)}.", (note,), (Block("Stress_sample", "", frame, fields),), _sample_figure(study)
    )


def _sample_figure(study: Stress) -> tuple[Figure, ...]:
    if study.sample is None or not study.tiers:
        return ()
    mine, other = study.sample.courses
    if other is None:
        return ()
    fields = (Field("tier", "Tier"), Field("plan", "The plan", "share"), Field("without", "Without rules", "share"))
    rows = [
        {"tier": tier, "plan": one, "without": two}
        for tier, one, two in zip(study.tiers, mine.mean_share, other.mean_share, strict=True)
    ]
    most = max(rows, key=lambda row: abs(float(str(row["without"])) - float(str(row["plan"]))))
    title = (
        f"{most['tier']}: {percent(float(str(most['plan'])))} unmet on average, "
        f"{percent(float(str(most['without'])))} without the rules"
    )
    block = Block("Stress_sample_unmet", "Unmet on average over the draws", table(study, rows, fields), fields)
    return (Figure(title, "column", block, "tier", ("plan", "without"), "Share of need", "share"),)


SHEETS: tuple[
    tuple[str, Callable[[Stress], bool], Callable[[Stress], Content], Callable[[Stress], tuple[str, ...]]], ...
] = (
    ("Stress Summary", lambda _: True, summary, share_keys),
    ("Stress Heat map", lambda study: bool(study.singles), heat_map, lambda study: ("cost", *share_keys(study))),
    (
        "Stress Onsets",
        lambda study: len(study.onsets) > 1,
        onsets,
        lambda study: tuple(onset_key(study, onset) for onset in study.onsets),
    ),
    ("Stress Pairs", lambda study: bool(study.together), together, lambda study: ("cost", *share_keys(study))),
    ("Stress Scenarios", lambda study: bool(study.scenarios), scenarios, lambda study: ("cost", *share_keys(study))),
    ("Stress Sample", lambda study: study.sample is not None, sample, lambda _: ()),
)
