"""FS8xx: what has happened since a plan was made, told in a way that the plan cannot follow."""

from __future__ import annotations

from friendshore.models.codes.entry import error

ACTUALS = (
    error(
        "FS801",
        "as_of is no later period of the plan",
        "A plan is made again as of the start of one of its periods; as of the first nothing has passed yet.",
        "Write the label of the period at whose start you stand.",
    ),
    error(
        "FS802",
        "Actuals of what the plan does not know",
        "The row names an expansion, a scenario, a stockpile or a figure that the plan's sheets do not have.",
        "Correct the name (the message has the nearest), or add it to the workbook and solve that.",
    ),
    error(
        "FS803",
        "More units than may be built",
        "Together the rows of an expansion have more units than its max_units.",
        "Correct the units, or raise max_units in the workbook and solve it again.",
    ),
    error(
        "FS804",
        "A scenario that cannot have begun then",
        "It begins in other periods, or on another path; or two have begun of which neither follows the other.",
        "Correct the period, or leave the cell blank where the scenario has not begun.",
    ),
    error(
        "FS805",
        "More stock than there is room for",
        "The level is above max_level and the stores that serve.",
        "Correct the level, or the store's row on Built, or raise max_level in the workbook and solve it again.",
    ),
    error(
        "FS806",
        "Decided when nothing has been decided yet",
        "What is told was decided at as_of or later, so that it is still to be decided.",
        "Leave the row out, or choose a later as_of.",
    ),
)
