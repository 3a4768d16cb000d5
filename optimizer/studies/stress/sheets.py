"""The stress test as a workbook: the worst named, a heat map of removals, pairs, scenarios, and the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.new_workbook import write_pages
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
)
from friendshore.optimizer.studies.stress.stress import Stress
from friendshore.optimizer.studies.stress.words import (
    NOTHING,
    called,
    opening,
    outlasts,
    sample_finding,
    scenario_finding,
    survival_words,
    together_finding,
    worst,
)
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.shares import percent

MOST_BARS = 12
MOST_PAIRS = 500
MOST_WORST = 15

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
    title, names = study.problem.settings.title or study.problem.name, names_of(study.problem)
    shown = ((name, content(study)) for name, has, content in SHEETS if has(study))
    removed = {"removed": ("Name of what is removed", _names_of_removals(study))}
    write_pages(path, title, "Stress test", ((name, with_names(content, names, removed)) for name, content in shown))


def _names_of_removals(study: Stress) -> dict[str, str]:
    """What plants are called, by what stands in the cells of breaks: with their onset where a chart tells several."""
    names, named = names_of(study.problem), dict[str, str]()
    for one in (*study.singles, *study.together):
        said = " + ".join(
            f"plant {names.of('Plants', removal.name)}" if removal.kind == "plant" else removal.label
            for removal in one.removals
        )
        named |= {one.label: said, f"{one.label}, {one.onset}": f"{said}, {one.onset}"}
    return named


# -- sheets -----------------------------------------------------------------------------------------------------------


def summary(study: Stress) -> Content:
    """The worst by themselves, and what else was found."""
    felt = [one for one in study.singles if one.extra_cost > NOTHING]
    fields = removal_fields(study)
    frame = table((removal_row(study, one) for one in felt[:MOST_WORST]), fields, study.currency)
    said = [opening(study)]
    if study.together:
        said.append(f"{together_finding(study)}.")
    if study.scenarios:
        said.append(f"{scenario_finding(study)}.")
    if study.sample is not None:
        said.append(f"{sample_finding(study)}.")
    figures = [figure for figure in (_cost_figure(study), _survival_figure(study)) if figure is not None]
    return Content(
        " ".join(said), HOW, (Block("Stress_worst", "", frame, fields, heat=share_keys(study)),), tuple(figures)
    )


def _cost_figure(study: Stress) -> Figure | None:
    top = worst(study)
    if top is None:
        return None
    fields = (REMOVED, COST, DAMAGE)
    rows = [removal_row(study, one) for one in study.singles[:MOST_BARS] if one.extra_cost > NOTHING]
    several = len(study.onsets) > 1
    for row in rows:
        row["removed"] = f"{row['removed']}, {row['onset']}" if several else row["removed"]
    block = Block("Stress_cost", "Extra cost of the worst single removals", table(rows, fields, study.currency), fields)
    second = next((one for one in study.singles[1:] if one.extra_cost > NOTHING), None)
    title = f"{called(study, top)} costs most"
    if second is not None:
        other = called(study, second) + (f", {second.onset}" if several else "")
        title += f": {top.extra_cost / second.extra_cost:.1f} times as much as {other}"
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
    block = Block("Stress_times", "Time to survive against time to recover", table(rows, kept, study.currency), kept)
    first = short[0]
    title = f"{called(study, first)}: {survival_words(study, first)}"
    return Figure(title, "bar", block, "removed", ("recover", "least"), "years")


def heat_map(study: Stress) -> Content:
    """Every single removal, worst first."""
    fields = removal_fields(study)
    frame = table((removal_row(study, one) for one in study.singles), fields, study.currency)
    calm = [
        f"{tier}, {onset}: {share:.1%}"
        for onset, shares in study.calm.items()
        for tier, share in zip(study.tiers, shares, strict=True)
        if share > 0
    ]
    note = f"Unmet with nothing stopped: {', '.join(calm)}." if calm else "With nothing stopped no need goes unmet."
    return Content(
        opening(study), (note,), (Block("Stress_removals", "", frame, fields, heat=("cost", *share_keys(study))),)
    )


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
        else (f"Extra cost by onset, {study.currency}, discounted. Dearest: {called(study, top)} in {top.onset}.")
    )
    block = Block("Stress_onsets", "", table(rows, fields, study.currency), fields, heat=tuple(keys))
    return Content(finding, (), (block,))


def together(study: Stress) -> Content:
    """Breaks of several at once, worst first."""
    fields = pair_fields(study)
    shown = study.together[:MOST_PAIRS]
    frame = table((pair_row(study, one) for one in shown), fields, study.currency)
    notes = ["Beyond its parts: what the break costs more than its removals, each by itself, add up to."]
    if len(study.together) > MOST_PAIRS:
        notes.append(f"The {MOST_PAIRS:,} dearest of {len(study.together):,}.")
    joint = max(study.together, key=lambda one: one.beyond)
    said = f" Worse than its parts by most: {called(study, joint)}, {joint.onset}." if joint.beyond > NOTHING else ""
    block = Block("Stress_pairs", "", frame, fields, heat=("cost", *share_keys(study)))
    return Content(f"{together_finding(study)}.{said}", tuple(notes), (block,))


def scenarios(study: Stress) -> Content:
    """Every scenario at every onset that was asked for."""
    fields = scenario_fields(study)
    frame = table((scenario_row(study, one) for one in study.scenarios), fields, study.currency)
    note = (
        "A scenario that leaves another is struck together with it, as one disruption known from its onset. First "
        "shortage is counted from the onset, on the cheapest course; blank: none."
    )
    block = Block("Stress_scenarios", "", frame, fields, heat=("cost", *share_keys(study)))
    return Content(f"{scenario_finding(study)}.", (note,), (block,), _scenario_figure(study))


def _scenario_figure(study: Stress) -> tuple[Figure, ...]:
    shown = [one for one in study.scenarios if one.extra_cost > NOTHING][:MOST_BARS]
    if not shown:
        return ()
    fields = (Field("scenario", "Scenario"), COST)
    rows = [scenario_row(study, one) for one in shown]
    if len(study.onsets) > 1:
        rows = [{**row, "scenario": f"{row['scenario']}, {row['onset']}"} for row in rows]
    block = Block(
        "Stress_scenario_cost", "Extra cost of the worst scenarios", table(rows, fields, study.currency), fields
    )
    currency = study.currency
    return (Figure(scenario_finding(study), "bar", block, "scenario", ("cost",), currency),)


def sample(study: Stress) -> Content:
    """The plan beside the plan without resilience rules over the draws."""
    fields = sample_fields()
    count = 0 if study.sample is None else len(study.sample.draws)
    note = (
        f"{counted(count, 'scenario')} drawn around those of the workbook (seed {study.asks.seed}): by their "
        "probability, a period earlier or later, half to one and a half times as long and as deep. The worst are the "
        "worst 5% of the draws. The plan without rules keeps budgets and limits on emissions only."
    )
    frame = table(sample_rows(study), fields, study.currency)
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
    block = Block("Stress_sample_unmet", "Unmet on average over the draws", table(rows, fields, study.currency), fields)
    return (Figure(title, "column", block, "tier", ("plan", "without"), "Share of need", "share"),)


SHEETS: tuple[tuple[str, Callable[[Stress], bool], Callable[[Stress], Content]], ...] = (
    ("Stress Summary", lambda _: True, summary),
    ("Stress Heat map", lambda study: bool(study.singles), heat_map),
    ("Stress Onsets", lambda study: len(study.onsets) > 1, onsets),
    ("Stress Pairs", lambda study: bool(study.together), together),
    ("Stress Scenarios", lambda study: bool(study.scenarios), scenarios),
    ("Stress Sample", lambda study: study.sample is not None, sample),
)
"""Name, when there is anything to show, and what it says."""
