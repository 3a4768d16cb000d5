"""Settings: the few numbers that hold for the whole problem."""

from dataclasses import dataclass

from friendshore.models.schema import Choice, Flag, Number, Record, Text, Word, column, table


@table("Settings", "What holds for the whole problem, one setting a row.", vertical=True)
@dataclass(frozen=True, kw_only=True)
class Settings(Record):
    """The settings of a problem; each field is one row of the sheet."""

    title: str = column(Text(), "Title of the plan.", default="")
    currency: str = column(Text(), "Unit of all money.", default="USD")
    discount_rate: float = column(Number(), "Discount rate a year.", default=0.05, unit="share/year", symbol="r")
    risk_aversion: float = column(
        Number(maximum=1, below=True), "Weight of CVaR against expected cost.", default=0.0, unit="share", symbol="λ"
    )
    cvar_alpha: float = column(
        Number(maximum=1, below=True),
        "CVaR looks at the worst 1 - α of outcomes.",
        default=0.95,
        unit="share",
        symbol="α",
    )
    branch_investment: str = column(
        Choice(("plan", "continuous", "integer")),
        "What may be built after a disruption: what the plan builds anyway, or anew in shares or in whole units.",
        default="plan",
    )
    tariffs_are_costs: bool = column(Flag(), "Whether tariffs count as a cost of the plan.", default=True)
    after_shock: str = column(
        Choice(("rejoin", "free")),
        "rejoin: in normal times a path holds the stock of the base path, or pays for what it lacks; free: nothing.",
        default="rejoin",
    )
    rejoin_years: float = column(
        Number(), "After its last event until a path counts as in normal times.", default=1.0, unit="years"
    )
    coalition: str = column(Word(), "The bloc that plans together.", default="ally")
    mip_gap: float = column(Number(), "Relative gap at which the search stops.", default=0.001, unit="share")
    time_limit: float | None = column(
        Number(above=True),
        "Longest search, counted from when the workbook is read; blank: none.",
        default=None,
        unit="seconds",
    )
    memory_limit: float | None = column(
        Number(above=True),
        "Memory that the problem may take, as estimated before it is built; blank: most of what the machine has free.",
        default=None,
        unit="GB",
    )
