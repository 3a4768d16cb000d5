"""Workbooks: new ones, examples, what is wrong with one, and the problem that it states."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from friendshore.models.findings import Finding
    from friendshore.models.problem import Problem

Rows = Sequence[Mapping[str, object]]


def examples() -> tuple[str, ...]:
    """Names of the example workbooks, for ``new``.

    Returns
    -------
    tuple of str
        The names, in alphabetical order.

    Examples
    --------
    >>> import friendshore as fs
    >>> "tutorial" in fs.examples()
    True
    """
    from friendshore.optimizer.workbook.examples import example_names

    return example_names()


def new(path: str | Path, example: str | None = None, *, smallest: bool = False, replace: bool = False) -> None:
    """Write a workbook to begin with: blank, with drop-downs, units and help in it; the smallest; or an example.

    Parameters
    ----------
    path
        The workbook to write; its name ends in ``.xlsx``.
    example
        One of ``examples()``; None: a blank workbook.
    smallest
        Only the six sheets that a plan needs, filled so that it solves.
    replace
        Whether a file that is there already is replaced.

    Raises
    ------
    ValueError
        Where the name does not end in ``.xlsx``, or an example is asked for and the smallest.
    FileExistsError
        Where there is a file already that is not to be replaced.
    FileFault
        Where there is no example of that name (FS008), or the file cannot be written (FS006, FS007).

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.new("mine.xlsx")
    >>> fs.new("first_steps.xlsx", example="tutorial")
    >>> fs.new("first_steps.xlsx")
    Traceback (most recent call last):
    FileExistsError: first_steps.xlsx is there already; replace=True replaces it
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"{path} does not end in .xlsx")
    if path.exists() and not replace:
        raise FileExistsError(f"{path} is there already; replace=True replaces it")
    if smallest and example is not None:
        raise ValueError("an example and the smallest are two workbooks; wanted one of them")
    if example is None:
        from friendshore.optimizer.workbook.template import write_blank, write_smallest

        (write_smallest if smallest else write_blank)(path)
    else:
        from friendshore.optimizer.workbook.examples import copy_example

        copy_example(example, path)


def check(path: str | Path, settings: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Every error and warning of a workbook, each with its cell; nothing is solved.

    Parameters
    ----------
    path
        The workbook; it is only read.
    settings
        Rows of Settings to override, as text: ``{"discount_rate": "0.03"}``.

    Returns
    -------
    tuple of Finding
        Errors before warnings, both in the order of the cells; empty where there are none. ``explain(finding.code)``
        tells more about each.

    Raises
    ------
    FileFault
        Where the file cannot be read: there is none (FS001), it is no workbook (FS002), it is encrypted (FS003) …

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.check("inputs/tutorial.xlsx")
    ()
    >>> for finding in fs.check("inputs/tutorial.xlsx", {"discount_rate": "low"}):
    ...     print(finding)
    FS103 error --set: found the text 'low'; wanted a number of at least 0
    """
    from friendshore.optimizer.workbook.read import check_workbook

    return check_workbook(path, settings)


def read_workbook(path: str | Path, settings: Mapping[str, str] | None = None) -> Problem:
    """The planning problem that a workbook states.

    Parameters
    ----------
    path
        The workbook; it is only read.
    settings
        Rows of Settings to override, as text: ``{"discount_rate": "0.03"}``.

    Returns
    -------
    Problem
        Valid and frozen. Quantities are in the unit of their commodity, rates per year, durations in years, shares
        fractions, money in the currency of Settings; what the checks warn of is in ``warnings``.

    Raises
    ------
    InvalidProblem
        Where the workbook has errors; ``findings`` has all of them, and the warnings.
    FileFault
        Where the file cannot be read.

    Examples
    --------
    >>> import friendshore as fs
    >>> problem = fs.read_workbook("inputs/tutorial.xlsx", {"discount_rate": "0.03"})
    >>> problem.settings.discount_rate, list(problem.countries)
    (0.03, ['Friend', 'Home', 'Rival'])
    """
    from friendshore.optimizer.workbook.read import read_workbook as read

    return read(path, settings)


def problem_from_frames(frames: Mapping[str, pd.DataFrame | Rows], name: str = "") -> Problem:
    """The planning problem that DataFrames state, in place of the sheets of a workbook: same checks, same messages.

    Parameters
    ----------
    frames
        By the name of the sheet (``Periods``, ``Countries``, …; ``inputs/README.md`` lists them with their columns and
        units): a DataFrame, or rows as dicts. Columns go by the headers of the sheet and the labels of periods, as text
        or as numbers; a named index counts as columns; missing values are blank cells.
    name
        What the problem is called.

    Returns
    -------
    Problem
        As ``read_workbook`` gives it.

    Raises
    ------
    InvalidProblem
        Where the frames have errors; ``findings`` has all of them. Row 2 of a finding is the first row of a frame, as
        under the headers of a sheet.

    Examples
    --------
    >>> import friendshore as fs
    >>> import pandas as pd
    >>> works = {"plant": "works", "country": "Home", "commodity": "magnets", "capacity": 10, "unit_cost": 3}
    >>> frames = {
    ...     "Settings": pd.DataFrame({"setting": ["coalition", "discount_rate"], "value": ["us", 0]}),
    ...     "Periods": pd.DataFrame({"period": [2026, 2027]}),
    ...     "Countries": pd.DataFrame({"country": ["Home"], "bloc": ["us"]}),
    ...     "Commodities": pd.DataFrame({"commodity": ["magnets"], "unit": ["t"]}),
    ...     "Plants": pd.DataFrame([works]),
    ...     "Demand": pd.DataFrame(
    ...         {"country": ["Home"], "commodity": ["magnets"], "shortage_cost": [100], 2026: [5], 2027: [6]}
    ...     ),
    ... }
    >>> fs.solve(fs.problem_from_frames(frames)).objective
    33.0
    >>> frames["Plants"]["capacity"] = "ten"
    >>> fs.problem_from_frames(frames)
    Traceback (most recent call last):
    friendshore.models.findings.InvalidProblem: 1 error(s):
    FS103 error Plants!2 (capacity): found the text 'ten'; wanted a number of at least 0
    """
    import pandas as pd

    from friendshore.models.examine import problem_from_grids
    from friendshore.models.parsing import grids_of

    rows = grids_of({sheet: rows for sheet, rows in frames.items() if not isinstance(rows, pd.DataFrame)})
    grids = {sheet: _grid(rows) if isinstance(rows, pd.DataFrame) else () for sheet, rows in frames.items()}
    return problem_from_grids({**grids, **rows}, name)


def _grid(frame: pd.DataFrame) -> tuple[tuple[object, ...], ...]:
    """A frame as rows under their headers, its named index among the columns; blank where a value is missing."""
    from friendshore.models.parsing import plain_value
    from friendshore.models.parsing.folding import label

    indexed = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    plain = indexed.astype(object).where(indexed.notna(), None)
    rows = (tuple(map(plain_value, row)) for row in plain.itertuples(index=False, name=None))
    return tuple(map(label, plain.columns)), *rows
