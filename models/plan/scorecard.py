"""What a plan keeps: where each policy stands, and what re-checking found."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.tables import POLICY_KINDS, PolicyKind


@dataclass(frozen=True)
class Binding:
    """One row of a policy that holds with equality.

    ``place`` names it (consumers, suppliers, commodity, period or scenario), ``value`` is where the plan stands there
    and ``shadow_price`` what the limit tighter by one unit costs at this place alone, with the integers fixed.
    """

    place: str
    value: float | None
    shadow_price: float | None


@dataclass(frozen=True)
class PolicyValue:
    """One line of the scorecard.

    ``value`` is where the plan stands in the unit of ``limit`` at its tightest place; ``place`` names that place, and
    ``limit`` is the one that holds there, where limits change with the years;
    ``shadow_price`` is what tightening the limit by one unit costs, from the LP with the integers fixed (None where
    the plan has no LP prices); ``rows`` counts the constraints of the policy and ``binding`` those that hold with
    equality, which ``binds`` lists, the dearest first; ``violation`` is what a policy with a penalty lacks, in the
    unit of its rows. Where the plan was also priced by solving again, ``step_price`` is the interval within which the
    cost of a limit tighter by ``step`` lies, whole units free to change, and ``step_note`` says why there is none. A
    policy that tests a stop has in
    ``asked_years`` how long the stop has to be survived, in ``survived_years`` how long it is (None where that was not
    looked at; ``survived_to_end``: the horizon holds no stop that is not survived), in ``weakest`` the members that
    a longer stop hurts most and in ``worst_onset`` the period in which that stop begins; ``unsurvived`` names the
    branches on which it does not hold yet, as the search was stopped before it could. ``holds`` says where the
    policy was asked to hold (the column ``scenario``; ``its own paths`` for one that tests stops), ``elsewhere``
    what the worst value was at the other nodes of its window and ``elsewhere_place`` where (None and blank where
    that means nothing).
    """

    policy: str
    kind: str
    limit: float
    value: float | None
    shadow_price: float | None
    place: str = ""
    rows: int = 0
    binding: int = 0
    violation: float = 0.0
    step: float | None = None
    step_price: tuple[float, float] | None = None
    step_note: str = ""
    asked_years: float | None = None
    survived_years: float | None = None
    survived_to_end: bool = False
    weakest: tuple[str, ...] = ()
    worst_onset: str = ""
    binds: tuple[Binding, ...] = ()
    unsurvived: tuple[str, ...] = ()
    holds: str = ""
    elsewhere: float | None = None
    elsewhere_place: str = ""

    @property
    def declared(self) -> PolicyKind:
        """What the kind of the policy says of itself."""
        return POLICY_KINDS[self.kind]


@dataclass(frozen=True)
class Certificate:
    """What re-checking the plan outside the solver found.

    ``max_violation`` is the worst violation of any constraint, relative to max(1, size of its terms);
    ``objective_difference`` the relative difference between the objective recomputed and reported; ``worst`` names
    the constraint that is worst, ``failures`` those that do not hold (the first of them, where there are many).
    """

    max_violation: float
    objective_difference: float
    worst: str = ""
    constraints: int = 0
    failures: tuple[str, ...] = ()

    def holds(self, tolerance: float = 1e-6) -> bool:
        """Whether both stay within the tolerance."""
        return self.max_violation <= tolerance and self.objective_difference <= tolerance
