"""The flows stage by stage: a chain from raw material to use, drawn as a Sankey diagram.

A column of the diagram holds countries; between two columns runs what moves at one stage, home supply included, as
shares of all that moves there (by worth at reference prices, or by quantity where goods have none). So each stage is
as high as the next whatever a tonne of it is worth. A country may stand in every column: it takes in what comes from
the left and sends, at the next stage, what goes to the right.
"""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import process_names
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.page.parts import Chart, Grid, cells, columns
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.wording.names import label
from friendshore.optimizer.wording.shares import percent_cell

Stage = tuple[str, str]
MOST_CHAINS = 6
MOST_ROWS = 150  # of a stage in the table
TINY = 1e-3  # of a stage; smaller flows are not drawn


def charts(tables: PlanTables) -> tuple[Chart, ...]:
    """The diagram of every chain, in one chart; none where nothing moves."""
    names = Names(tables.problem)
    flows = _flows(tables)
    made = {_key(chain[-1]): _drawn(names, flows, chain) for chain in chains(tables)}
    made = {key: drawn for key, drawn in made.items() if drawn}
    if not made:
        return ()
    alt = (
        "Flow diagram: columns of countries from raw material on the left to users on the right, linked by bands as "
        "wide as the share of each stage that moves between them. The table beneath has every flow."
    )
    title = "Who works on it: from raw material to use, stage by stage"
    chain_list = chains(tables)
    grid = _grid(names, flows, chain_list)
    note = (
        "Each stage adds up to 100 %, by worth at reference prices. A good that is worked on within its stage counts "
        "each time it is sent. " + _left_out(tables, chain_list)
    ).strip()
    return (Chart("flows", title, alt, "flows", {"chains": made}, grid, note=note),)


def finals(tables: PlanTables) -> list[tuple[str, str]]:
    """The chains to choose from: key and words of their last stage."""
    return [(_key(chain[-1]), _named(tables.problem, chain[-1])) for chain in chains(tables)]


# -- stages -------------------------------------------------------------------------------------------------------


def stage_of(problem: Problem, commodity: str) -> Stage:
    """Sector and stage of a good; by itself where the workbook names no stage."""
    row = problem.commodities[commodity]
    return row.sector, row.stage or commodity


def stage_links(tables: PlanTables) -> dict[Stage, set[Stage]]:
    """The stages that feed each stage, without those that would close a circle.

    Recycling closes circles; links are taken in the order of what flows through them on the base plan (worth of what
    plants take in), and one that leads back to where it came from is left out: the thinnest of a circle.
    """
    problem = tables.problem
    rows = tables["Production"]
    base = rows[rows["scenario"] == BASE]
    runs = base.assign(process=process_names(base)).groupby("process")["activity"].sum().to_dict()
    worth: dict[tuple[Stage, Stage], float] = {}
    for name, process in problem.processes.items():
        for needed, quantity in process.inputs.items():
            flow = quantity * float(runs.get(name, 0.0)) * (problem.commodities[needed].price or 1.0)
            for good in process.outputs:
                link = stage_of(problem, needed), stage_of(problem, good)
                worth[link] = worth.get(link, 0.0) + flow
    before: dict[Stage, set[Stage]] = {}
    for source, target in sorted(worth, key=lambda link: (-worth[link], link)):
        if source != target and target not in _upstream(before, source):
            before.setdefault(target, set()).add(source)
    return before


def _upstream(before: dict[Stage, set[Stage]], stage: Stage) -> set[Stage]:
    """The stage and all that feed it."""
    found, open_ = {stage}, [stage]
    while open_:
        new = before.get(open_.pop(), set()) - found
        found |= new
        open_ += new
    return found


def chains(tables: PlanTables) -> list[tuple[Stage, ...]]:
    """Stages from raw material to each stage that is in demand, that with the most worth first."""
    before = stage_links(tables)
    longest: dict[Stage, tuple[Stage, ...]] = {}

    def chain(stage: Stage) -> tuple[Stage, ...]:
        if stage not in longest:
            ways = [chain(source) for source in sorted(before.get(stage, ()))]
            longest[stage] = (*max(ways, key=len, default=()), stage)
        return longest[stage]

    return [chain(final) for final in _in_demand(tables.problem)[:MOST_CHAINS]]


def _in_demand(problem: Problem) -> list[Stage]:
    worth: dict[Stage, float] = {}
    for row in problem.demand:
        wanted = sum(problem.demand_per_year(row, i) for i in range(len(problem.periods)))
        stage = stage_of(problem, row.commodity)
        worth[stage] = worth.get(stage, 0.0) + wanted * (problem.commodities[row.commodity].price or 1.0)
    return sorted(worth, key=lambda stage: (-worth[stage], stage))


def _key(stage: Stage) -> str:
    return "/".join(stage)


def _named(problem: Problem, stage: Stage) -> str:
    sectors = {row.sector for row in problem.commodities.values()}
    return label(stage[1]) if len(sectors) < 2 else f"{label(stage[1])} ({label(stage[0])})"


def _left_out(tables: PlanTables, drawn: list[tuple[Stage, ...]]) -> str:
    kept = {stage for chain in drawn for stage in chain}
    rest = sorted(
        {
            _named(tables.problem, stage_of(tables.problem, c))
            for c in tables.problem.commodities
            if stage_of(tables.problem, c) not in kept
        }
    )
    return f"Not drawn, as no chain leads through it: {', '.join(rest)}." if rest else ""


# -- flows --------------------------------------------------------------------------------------------------------


def _flows(tables: PlanTables) -> pd.DataFrame:
    """stage, period, origin, destination, part: shares of all that moves at a stage in a period on the base plan."""
    problem = tables.problem
    rows = tables["Sourcing"]
    rows = rows[(rows["scenario"] == BASE) & (rows["quantity"] > 0)]
    priced = {good: problem.commodities[good].price for good in set(rows["commodity"])}
    whole: dict[Stage, bool] = {}
    for good, price in priced.items():
        stage = stage_of(problem, good)
        whole[stage] = whole.get(stage, True) and price > 0
    stages = [stage_of(problem, good) for good in rows["commodity"]]
    weights = [priced[c] if whole[s] else 1.0 for c, s in zip(rows["commodity"], stages, strict=True)]
    rows = rows.assign(stage=[_key(s) for s in stages], worth=rows["quantity"] * pd.Series(weights, rows.index))
    sums = rows.groupby(["stage", "period", "origin", "destination"], as_index=False, sort=False)[["worth"]].sum()
    total = sums.groupby(["stage", "period"])["worth"].transform("sum")
    return sums.assign(part=sums["worth"] / total)


def _drawn(names: Names, flows: pd.DataFrame, chain: tuple[Stage, ...]) -> dict[str, object]:
    """Heads of the columns, and nodes and links of each period."""
    parts = [flows[flows["stage"] == _key(stage)] for stage in chain]
    periods = {}
    for period in names.planned:
        own = [part[(part["period"] == period) & (part["part"] >= TINY)] for part in parts]
        if any(len(part) for part in own):
            periods[period] = {"nodes": _nodes(names, own), "links": _links(own)}
    words = [_named(names.problem, stage) for stage in chain]
    return {"heads": [f"{word} from" for word in words] + [f"{words[-1]} to"], "periods": periods} if periods else {}


def _links(own: list[pd.DataFrame]) -> list[list[object]]:
    return [
        [f"{i}/{row.origin}", f"{i + 1}/{row.destination}", exact(float(str(row.part)))]
        for i, part in enumerate(own)
        for row in part.itertuples(index=False)
    ]


def _nodes(names: Names, own: list[pd.DataFrame]) -> list[dict[str, object]]:
    """Countries by column, with the share they send, or in the last column take in; the largest first."""
    made: list[dict[str, object]] = []
    for i in range(len(own) + 1):
        sent = own[i].groupby("origin")["part"].sum() if i < len(own) else pd.Series(dtype=float)
        taken = own[i - 1].groupby("destination")["part"].sum() if i else pd.Series(dtype=float)
        told = sent if i < len(own) else taken
        countries = sorted({*sent.index, *taken.index}, key=lambda c: (-float(told.get(c, 0.0)), str(c)))
        made += [
            {
                "id": f"{i}/{c}",
                "column": i,
                "name": names.country(str(c)),
                "side": _side(names.problem, str(c)),
                "share": exact(float(told.get(c, 0.0))),
            }
            for c in countries
        ]
    return made


def _side(problem: Problem, country: str) -> str:
    if country in problem.coalition:
        return "ours"
    row = problem.countries.get(country)
    return "concern" if row is not None and row.bloc == "concern" else "other"


def _grid(names: Names, flows: pd.DataFrame, drawn: list[tuple[Stage, ...]]) -> Grid:
    labels = names.planned
    stages = list(dict.fromkeys(stage for chain in drawn for stage in chain))
    made, left = [], 0
    for stage in stages:
        rows = flows[flows["stage"] == _key(stage)]
        wide = rows.pivot_table(index=["origin", "destination"], columns="period", values="part", fill_value=0.0)
        wide = wide.reindex(columns=labels, fill_value=0.0)
        order = wide.max(axis=1).sort_values(ascending=False, kind="stable").index
        left += max(0, len(order) - MOST_ROWS)
        wide = wide.loc[order[:MOST_ROWS]]
        for key, values in wide.iterrows():
            origin, destination = key if isinstance(key, tuple) else (key, key)
            made.append(
                cells(
                    [
                        _named(names.problem, stage),
                        names.country(str(origin)),
                        names.country(str(destination)),
                        *(percent_cell(float(v)) for v in values),
                    ]
                )
            )
    heads = columns("Stage", "From", "To", *labels, text=3)
    cut = f"{left:,} smaller flows are left out; sheet Plan Sourcing has them." if left else ""
    return Grid("Flows as shares of each stage, base plan", heads, tuple(made), cut)
