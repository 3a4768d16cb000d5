"""The workbook of a comparison: plans side by side, a sheet for each question."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure, Kind
from friendshore.optimizer.reporting.frames import most_rows
from friendshore.optimizer.reporting.named import with_names
from friendshore.optimizer.reporting.new_workbook import write_pages
from friendshore.optimizer.studies.compare.comparison import Comparison
from friendshore.optimizer.studies.compare.resilience import PARTS, is_share
from friendshore.optimizer.studies.compare.sections import Section
from friendshore.optimizer.studies.compare.words import all_names, findings, input_lines
from friendshore.optimizer.wording.counts import counted

INPUT_FIELDS = (
    Field("plan", "Plan"),
    Field("sheet", "Sheet"),
    Field("what", "What"),
    Field("key", "Row"),
    Field("row", "Row number", "number"),
    Field("column", "Column"),
    Field("before", "Before", "mixed"),
    Field("after", "After", "mixed"),
)
FINDING_FIELDS = (Field("plan", "Plan"), Field("topic", "About"), Field("text", "What changed"))
_TOPICS = {
    "inputs": "inputs",
    "cost": "cost",
    "built": "what is built",
    "short": "shortages",
    "policy": "policies",
    "supply": "where supply comes from",
    "stock": "stock",
}
_ONLY_CHANGED = "Only what differs between the plans is listed."


def write_comparison(found: Comparison, path: Path | str) -> None:
    """Write the comparison as a workbook at ``path``; what stood there is whole until the new file is.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    names = all_names(found)
    sheets = ((name, with_names(content, names)) for name, content in _sheets(found))
    write_pages(path, " and ".join(found.names), "Plans side by side", sheets)


def _sheets(found: Comparison) -> Iterator[tuple[str, Content]]:
    yield "Compare Summary", _summary(found)
    yield "Compare Inputs", _inputs(found)
    closings = (found.closings,) if len(found.closings.frame) else ()
    yield "Compare Built", _changes(found, found.investments, found.protections, *closings)
    yield "Compare Costs", _costs(found)
    yield "Compare Scorecard", _scorecard(found)
    yield "Compare Shortages", _changes(found, found.shortages, found.survival)
    yield "Compare Supply", _changes(found, found.sourcing)
    yield "Compare Stock", _changes(found, found.stocks)
    yield "Compare Scenarios", _all(found, found.paths)


def _summary(found: Comparison) -> Content:
    rows = []
    for pair in found.pairs:
        name = found.names[pair.place]
        rows += [(name, _TOPICS["inputs"], line) for line in input_lines(found, pair.place)]
        rows += [(name, _TOPICS[change.topic], change.text) for change in findings(found, pair.place, most=10)]
    frame = pd.DataFrame(rows, columns=[field.key for field in FINDING_FIELDS])
    left = Block("Findings", "", frame, FINDING_FIELDS)
    right = tuple(block(found, section) for section in (found.figures, found.gaps) if len(section.frame))
    said = f"{' against '.join((_others(found), found.names[0]))}: {_headline(found)}"
    return Content(said, (*found.scope.refused, *found.scope.remarks), (left,), right)


def _others(found: Comparison) -> str:
    return ", ".join(found.names[1:])


def _headline(found: Comparison) -> str:
    """The first change of the first pair in which there is one."""
    for pair in found.pairs:
        for change in findings(found, pair.place, most=1):
            return f"{change.text}."
    return "the plans are the same in all that is compared."


def _inputs(found: Comparison) -> Content:
    rows = [{"plan": found.names[pair.place], **vars(change)} for pair in found.pairs for change in pair.inputs]
    frame, cut = most_rows(pd.DataFrame(rows, columns=[field.key for field in INPUT_FIELDS]))
    counts = [f"{found.names[pair.place]}: {counted(len(pair.inputs), 'change')}" for pair in found.pairs]
    notes = (
        "Rows are compared as they are read: order, headers' spelling and defaults that are typed out make no "
        "difference. The row number is that on the sheet of the later plan, of the first for a removed row.",
        *cut,
    )
    return Content(f"{'; '.join(counts)} of what was asked.", notes, (Block("Inputs", "", frame, INPUT_FIELDS),))


def _changes(found: Comparison, *sections: Section) -> Content:
    """Only the rows that changed."""
    blocks, said = [], []
    for section in sections:
        kept = section.changed
        said.append(f"{section.title}: {counted(len(kept), 'difference')}")
        blocks.append(block(found, section, kept))
    if len(blocks) == 1:
        blocks = [_untitled(blocks[0])]
    return Content(f"{'. '.join(said)}.", (_ONLY_CHANGED, *found.scope.refused), tuple(blocks))


def _all(found: Comparison, section: Section) -> Content:
    said = f"{section.title}: {counted(len(section.changed), 'difference')} in {counted(len(section.frame), 'row')}."
    return Content(said, found.scope.refused, (_untitled(block(found, section)),))


def _costs(found: Comparison) -> Content:
    kinds = block(found, found.kinds)
    series = tuple(f"p{i}" for i, _ in enumerate(found.plans))
    figure = Figure("Expected cost by kind", "bar", kinds, "kind", series, value_axis=found.kinds.unit)
    payers = _untitled(block(found, found.payers))
    return Content(_headline(found), found.scope.refused, (payers,), (figure if len(kinds.frame) else kinds,))


def _scorecard(found: Comparison) -> Content:
    """Policy by policy: limit, where the plan stands, price and state, each for every plan."""
    base = found.scorecard["limit"].frame[["policy", "kind"]]
    shares = [is_share(kind) for kind in base["kind"]]
    fields, columns = [Field("policy", "Policy"), Field("kind", "Kind")], {}
    for part, words in PARTS:
        for i, name in enumerate(found.names):
            key = f"{part}{i}"
            columns[key] = found.scorecard[part].frame[f"p{i}"].tolist()
            fields.append(Field(key, f"{words}, {name}", "text" if part == "state" else "mixed"))
            if part in ("limit", "value"):
                columns[f"{key}_kind"] = ["share" if share else "number" for share in shares]
            elif part == "price":
                columns[f"{key}_kind"] = ["number"] * len(shares)
    changed = len(found.scorecard["state"].changed)
    said = f"{counted(changed, 'policy', 'policies')} of {len(base)} in another state."
    notes = ("A price is what one unit more of safety costs at the margin, with what is built unchanged.",)
    return Content(said, notes, (Block("Scorecard", "", base.assign(**columns), tuple(fields)),))


def block(found: Comparison, section: Section, frame: pd.DataFrame | None = None) -> Block:
    """A section as a table: its keys, a column for each plan, and the changes against the first.

    Parameters
    ----------
    found
        What differs between the plans.
    section
        The section.
    frame
        Its rows where they are not those of the section.

    Returns
    -------
    Block
        The table as it is written.
    """
    shown, _ = most_rows((section.frame if frame is None else frame).reset_index(drop=True))
    fields = [Field(key, words) for key, words in section.keys]
    kind: Kind = section.kind
    fields += [Field(f"p{i}", name, kind) for i, name in enumerate(found.names)]
    changes: Sequence[str] = [column for column in shown.columns if column[0] == "d" and column[1:].isdigit()]
    fields += [Field(column, f"Change, {found.names[int(column[1:])]}", kind) for column in changes]
    shown.attrs["units"] = {field.key: section.unit for field in fields[len(section.keys) :] if section.unit}
    return Block(section.name, section.title, shown, tuple(fields))


def _untitled(made: Block) -> Block:
    return dataclasses.replace(made, title="")
