"""Whatever stands in the cells, the answer is a problem or a list of findings, never another error."""

import contextlib
import datetime
from math import nan

from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.parsing import UNCALCULATED
from tests.examples import examples
from tests.parsing.valid import valid

WORDS = [
    "",
    "*",
    "@",
    "@ally",
    "@coalition",
    "each",
    "each *",
    ",",
    "a,b",
    "stage:",
    "stage:ore",
    "plant:",
    "plant:*",
    "route:",
    "own",
    "base",
    "expected",
    "stop",
    "mine",
    "smelter",
    "line",
    "ore",
    "metal",
    "Alia",
    "Conc",
    "2026",
    "2028",
    "#N/A",
    "survive",
    "survive_any",
    "max_capex",
    "stock_cover",
    "capacity",
    "demand",
    "route",
    "input",
    "yes",
    "# x",
]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3000),
    st.floats(-1, 1e16),
    st.sampled_from(WORDS),
    st.text(max_size=5),
    st.sampled_from([nan, UNCALCULATED, datetime.datetime(2026, 1, 1), datetime.timedelta(days=1)]),
)


@given(st.data())
@settings(max_examples=examples(400), deadline=None)
def test_any_cells(data):
    sheets = valid()
    for _ in range(data.draw(st.integers(1, 6))):
        rows = sheets[data.draw(st.sampled_from(sorted(sheets)))]
        what = data.draw(st.sampled_from(["cell", "cell", "cell", "cell", "row", "column", "again"]))
        if not rows or what == "row":
            del rows[:1]
            continue
        row = data.draw(st.sampled_from(rows))
        if what == "again":
            rows.append(dict(row))
        elif row:
            column = data.draw(st.sampled_from(sorted(map(str, row))))
            if what == "column":
                for other in rows:
                    other.pop(column, None)
            else:
                row[column] = data.draw(CELLS)
    with contextlib.suppress(InvalidProblem):
        problem = problem_from_sheets(sheets)
        assert all(finding.severity == "warning" for finding in problem.warnings)
