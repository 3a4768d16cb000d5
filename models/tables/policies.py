"""Policies: the guarantees a plan must give."""

from dataclasses import dataclass

from friendshore.models.schema import (
    Choice,
    CommoditySelection,
    Group,
    Identifier,
    Number,
    Record,
    Reference,
    References,
    Whole,
    Word,
    column,
    name_column,
    table,
)
from friendshore.models.tables.policy_kinds import POLICY_KINDS, PolicyKind


@table("Policies", "What the plan must guarantee, or what a breach costs.", key=("policy",))
@dataclass(frozen=True, kw_only=True)
class Policy(Record):
    """One policy; ``consumers`` blank means ``each @coalition`` for shares and concentration, else ``@coalition``."""

    policy: str = column(Identifier(), "Short name of the policy.")
    name: str = name_column()
    kind: str = column(Choice(POLICY_KINDS), "What must hold.")
    limit: float = column(
        Number(), "The limit, in the kind's own unit (a share, days, currency, t CO2e/year).", varies=True
    )
    consumers: str = column(Group(each=True), "Whose supply it is about.", default="")
    suppliers: str = column(
        Group(each=True, prefixes=("plant:", "route:")), "Whose share or loss it is about.", default=""
    )
    commodity: str = column(CommoditySelection(), "One constraint for each of these.", default="*")
    tier: str = column(Word(), "Tier of demand.", default="*")
    scenario: str = column(
        References("Scenarios", also=("base", "normal", "each", "expected", "cvar"), every=False),
        "Where it holds: base, normal (in normal times), each (every path), or scenarios; blank: as its kind says.",
        default="",
    )
    over: str = column(
        Choice(("step", "event", "path")),
        "max_shortage: over every step by itself, over the steps that meet an event, or over the whole path.",
        default="step",
    )
    from_period: str = column(Reference("Periods"), "First period of the window.", default="")
    to_period: str = column(Reference("Periods"), "Last period of the window.", default="")
    years: float | None = column(Number(above=True), "How long the tested stop lasts.", default=None, unit="years")
    k: int | None = column(Whole(minimum=1), "How many members are lost at once.", default=None)
    step_months: int | None = column(
        Whole(minimum=1), "Steps of the tested stop; blank: 3.", default=None, unit="months"
    )
    penalty: float | None = column(
        Number(),
        "Price of a unit of violation; blank: the policy must hold.",
        default=None,
        unit="currency/unit of limit",
        varies=True,
    )

    @property
    def declared(self) -> PolicyKind:
        """What its kind says of itself."""
        return POLICY_KINDS[self.kind]

    @property
    def consumer_text(self) -> str:
        """``consumers`` with the default of the kind filled in."""
        return self.consumers or self.declared.consumers

    @property
    def where(self) -> str:
        """Where it holds: ``scenario`` where it is filled and its kind reads it, else where its kind says."""
        return (self.scenario if "scenario" in self.declared.columns else "") or self.declared.scenario

    @property
    def places(self) -> tuple[str, ...]:
        """The words of ``where``: base and scenarios, or one that stands by itself."""
        return tuple(name.strip() for name in self.where.split(","))

    @property
    def over_paths(self) -> bool:
        """Whether it holds over whole paths together, at no place of its own."""
        return self.where in ("expected", "cvar")

    @property
    def at_single_steps(self) -> bool:
        """Whether each of its constraints is about one step of one path by itself."""
        by_step = "over" not in self.declared.reads or self.over == "step"
        return self.declared.stops or ("scenario" in self.declared.reads and not self.over_paths and by_step)

    @property
    def on_base_path(self) -> bool:
        """Whether it holds on the base path, whatever else there is."""
        return not self.declared.stops and self.where in ("base", "normal", "each")
