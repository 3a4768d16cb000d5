"""PolicyKind: what a kind of policy says of itself, said once; and the kinds that there are.

A rule (models/rules) declares its kind beside its mathematics, and everyone who speaks of policies asks the
declaration: the reader and the template for its columns, checks for its limits, the scorecard, prices, studies and the
page for its words. Nobody else names a kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import inf

WINDOW = ("from_period", "to_period")
"""The columns of the window in which a policy holds."""

COALITION = "@coalition"
EACH_OF_THE_COALITION = "each @coalition"


@dataclass(frozen=True)
class LimitUnit:
    """What the limits of a kind are in, and how a step of them is told.

    Parameters
    ----------
    unit_words
        One unit of tightening in words; ``{currency}`` stands for that of Settings.
    step
        That unit in the unit of the limit: 0.01 of a share is a percentage point.
    most
        The largest limit that means anything.
    percent
        Whether limits are read in per cent.
    digits
        Digits behind the point in which they are read; None where that follows their size.
    by_hundredths
        Whether a step of solving again is a hundredth of the limit, and not one unit, which would be too small to
        matter.
    bare
        Whether an amount is told as its number alone, as that of an index.
    """

    unit_words: str
    step: float = 1.0
    most: float = inf
    percent: bool = False
    digits: int | None = None
    by_hundredths: bool = False
    bare: bool = False

    def words(self, currency: str) -> str:
        """One unit of tightening in words."""
        return self.unit_words.format(currency=currency)

    def step_of(self, limit: float) -> float:
        """One step of solving again, in the unit of the limit."""
        return 0.01 * limit if self.by_hundredths else self.step


SHARE = LimitUnit("percentage point", step=0.01, most=1.0, percent=True)
INDEX = LimitUnit("hundredth of the index", step=0.01, most=1.0, digits=3, bare=True)
DAYS_OF_USE = LimitUnit("day")
MONEY = LimitUnit("{currency}", by_hundredths=True)
EMISSIONS = LimitUnit("t CO2e a year", by_hundredths=True)


@dataclass(frozen=True, kw_only=True)
class PolicyKind:
    """A kind of policy.

    Parameters
    ----------
    name
        The word in the column ``kind``.
    place
        Where it stands in lists of kinds, the smallest first; kinds of the same place by name.
    sentence
        What must hold, as the scorecard says it: ``Share of demand not met, at most``.
    unit
        What its limits are in.
    needs, reads
        Columns of Policies that must be filled, and those it reads besides; ``policy``, ``kind``, ``limit`` and
        ``penalty`` are read by every kind.
    floor
        Whether the limit is the least, and not the most, that may be.
    consumers
        What a blank cell in ``consumers`` stands for.
    scenario
        Where a policy holds whose column ``scenario`` is blank or not read: ``base``, the base path, ``normal``, in
        normal times, or ``each``, on every path.
    stops
        Whether it tests stops of ``years`` on branches of its own.
    shortage
        Whether the limit is a share of demand that is not met.
    of_data
        Whether what its limit is multiplied by stands on the sheets (demand, a budget), not in the plan (intake, use).
    resilience
        Whether it is about resilience: a plan without resilience rules keeps those that are not.
    """

    name: str
    sentence: str
    unit: LimitUnit
    place: int = 1000
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    floor: bool = False
    consumers: str = COALITION
    scenario: str = "base"
    stops: bool = False
    shortage: bool = False
    of_data: bool = False
    resilience: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it needs, then those it reads besides."""
        return self.needs + self.reads

    def tightened(self, limit: float, step: float) -> float | None:
        """A limit tighter by ``step``, in the unit of the limit; None where it is as tight as can be."""
        tighter = limit + step if self.floor else limit - step
        return None if tighter < 0 or (self.floor and tighter > self.unit.most) else tighter

    def slack(self, value: float, limit: float) -> float:
        """How far a value is on the right side of a limit; below 0 where it is beyond."""
        return value - limit if self.floor else limit - value


class PolicyKinds(Collection[str]):
    """The kinds of policies by name, in the order of their places; models/rules enters them when it is imported."""

    def __init__(self) -> None:
        self._kinds: dict[str, PolicyKind] = {}

    def enter(self, kinds: Iterable[PolicyKind]) -> None:
        """Make kinds known; ValueError where a name is taken."""
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"two rules declare the kind {kind.name!r}")
            self._kinds[kind.name] = kind
        self._kinds = dict(sorted(self._kinds.items(), key=lambda entry: (entry[1].place, entry[0])))

    def __getitem__(self, name: str) -> PolicyKind:
        """The kind ``name``; KeyError where no rule declares it."""
        if name not in self._known:
            raise KeyError(f"no rule declares the kind {name!r}; known are {', '.join(self)}")
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    @property
    def _known(self) -> dict[str, PolicyKind]:
        if not self._kinds:
            raise RuntimeError("kinds of policies are known once friendshore.models.rules has been imported")
        return self._kinds


POLICY_KINDS = PolicyKinds()
