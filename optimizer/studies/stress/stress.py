"""stress: a plan broken by every country, plant and route, by every pair, by every scenario, and by scenarios drawn.

A break is a branch of probability 0 that leaves the base path at an onset: what was invested and bought, and the stock
the base path holds, stand; the rest is decided anew at least cost, with the length of the stop known (formulation,
Decisions). Time to recover (TTR) and time to survive (TTS) are those of D. Simchi-Levi, W. Schmidt, Y. Wei,
P. Y. Zhang, K. Combs, Y. Ge, O. Gusikhin, M. Sanders and D. Zhang, Identifying risks and mitigating disruptions in the
automotive supply chain, Interfaces 45(5), 2015. The extra cost of a break is counted against the same branch with
nothing stopped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.saved.decisions import PlanDecisions
from friendshore.optimizer.studies.stress.breaks import Answers, Asked, break_all
from friendshore.optimizer.studies.stress.needs import tiers_of
from friendshore.optimizer.studies.stress.removals import KINDS, Removal, removals
from friendshore.optimizer.studies.stress.sample import Sample, course, draws
from friendshore.optimizer.studies.stress.setup import build_bench
from friendshore.optimizer.studies.stress.shocks import Weathered, shocks_by_name, weather
from friendshore.optimizer.studies.stress.unruled import plan_without_rules
from friendshore.optimizer.system.progress import OnProgress, Progress

EVERY = "every"
MOST_TOGETHER = 3


@dataclass(frozen=True)
class Asks:
    """What to break, how, and with what.

    ``k`` removals at once at most; ``over`` of countries, plants, routes; ``years`` of every stop instead of its time
    to recover; ``onset`` the label of a period, ``every``, or blank for the second (or only) period; ``sample`` draws
    with ``seed``; ``step_months`` the length of the steps while a stop lasts.
    """

    k: int = 1
    over: tuple[str, ...] = KINDS
    years: float | None = None
    onset: str = ""
    sample: int = 0
    seed: int = 0
    step_months: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.k <= MOST_TOGETHER:
            raise ValueError(f"{self.k} removals at once: wanted from 1 to {MOST_TOGETHER}")
        if not self.over or not set(self.over) <= set(KINDS):
            raise ValueError(f"removals of {', '.join(self.over) or 'nothing'}: wanted any of {', '.join(KINDS)}")
        if self.years is not None and not 0 < self.years < inf:
            raise ValueError(f"stops of {self.years} years: wanted a number above 0")
        if self.sample < 0:
            raise ValueError(f"{self.sample} draws: wanted 0 or more")


@dataclass(frozen=True)
class Break:
    """One break: what is removed at the start of ``onset``, and what it does.

    ``recover_years`` is the longest of the stops. ``extra_cost`` is discounted, ``damage`` of shortage is not;
    ``share`` is that of each tier's demand that is not met while the stop lasts. For a single removal ``survives``
    is the time to survive of each tier in years (inf: to the end of the horizon), else empty. ``beyond`` is what a
    larger break costs beyond its parts by themselves.
    """

    onset: str
    removals: tuple[Removal, ...]
    recover_years: float
    extra_cost: float
    damage: float
    share: tuple[float, ...]
    survives: tuple[float, ...] = ()
    beyond: float = 0.0

    @property
    def label(self) -> str:
        """What is removed, in words."""
        return " + ".join(removal.label for removal in self.removals)

    def ratio(self, tier: int) -> float:
        """TTS ÷ TTR of a tier: below 1 it goes short before what was stopped is back."""
        return self.survives[tier] / self.recover_years if self.recover_years > 0 else inf


@dataclass(frozen=True)
class Stress:
    """The study: breaks by single removals, by several at once, by scenarios, and the sample, worst first.

    ``calm`` is for each onset the shortage of each tier, as a share of its demand, with nothing stopped.
    """

    problem: Problem
    plan: PlanDecisions
    asks: Asks
    tiers: tuple[str, ...]
    onsets: tuple[str, ...]
    calm: dict[str, tuple[float, ...]]
    singles: tuple[Break, ...]
    together: tuple[Break, ...]
    scenarios: tuple[Weathered, ...]
    sample: Sample | None = None

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency


def onsets_of(problem: Problem, onset: str) -> tuple[int, ...]:
    """Positions of the periods at whose start a plan is broken.

    Raises
    ------
    ValueError
        For a period that does not exist.
    """
    labels = [period.period for period in problem.periods]
    if onset == EVERY:
        return tuple(range(len(labels)))
    if onset and onset not in labels:
        raise ValueError(f"there is no period {onset!r}; there are {', '.join(labels)}, and {EVERY!r} for all of them")
    return (problem.period_index(onset, min(1, len(labels) - 1)),)


def stress_plan(
    problem: Problem,
    plan: PlanDecisions,
    asks: Asks | None = None,
    *,
    runner: Runner | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Stress:
    """Break a plan of a problem.

    Parameters
    ----------
    problem, plan
        What the plan was made for, and what it decided.
    asks
        What to break and how.
    runner
        The engine that does the work, and the ledger of what is done; without, one unit after the other, here.
    time_limit
        Longest search in seconds for the plan without resilience rules, where there is a sample.
    on_progress
        Called with the phase, how much of it is ``done`` and of how much (``total``).

    Returns
    -------
    Stress
        Breaks by single removals, by several at once, by scenarios, and the sample, worst first.

    Raises
    ------
    ValueError
        For an onset that is no period.
    friendshore.optimizer.solver.SolverFault
        Where the solver gives up.
    friendshore.optimizer.engines.EngineFault
        Where the engine does.
    """
    asks, runner = asks or Asks(), runner or Runner()
    onsets = onsets_of(problem, asks.onset)
    chosen = removals(problem, asks.over, asks.years)
    calm: dict[str, tuple[float, ...]] = {}
    breaks: list[Break] = []
    for onset in onsets:
        label = problem.periods[onset].period
        answers = _break(problem, plan, asks, chosen, onset, runner, on_progress)
        calm[label] = answers.undisturbed.share
        breaks.extend(_breaks(label, chosen, answers))
    breaks.sort(key=lambda each: (-each.extra_cost, each.label, each.onset))
    scenarios = _scenarios(problem, plan, onsets, runner, on_progress)
    scenarios.sort(key=lambda each: (-each.extra_cost, each.shock.name, each.shock.onset))
    return Stress(
        problem,
        plan,
        asks,
        tiers_of(problem),
        tuple(calm),
        calm,
        tuple(each for each in breaks if len(each.removals) == 1),
        tuple(each for each in breaks if len(each.removals) > 1),
        tuple(scenarios),
        _sample(problem, plan, asks, time_limit, runner, on_progress),
    )


def _scenarios(
    problem: Problem, plan: PlanDecisions, onsets: Sequence[int], runner: Runner, on_progress: OnProgress | None
) -> list[Weathered]:
    """Every scenario of the workbook at every onset."""
    struck = [dataclasses.replace(shock, onset=onset) for onset in onsets for shock in shocks_by_name(problem)]
    return weather(problem, [plan], struck, runner, _phase(on_progress, "scenarios"))


def _phase(on_progress: OnProgress | None, phase: str) -> OnProgress:
    """Tell that a phase begins, and how far it has come."""

    def tell(progress: Progress) -> None:
        if on_progress is not None:
            on_progress(dataclasses.replace(progress, phase=phase))

    tell(Progress(phase, 0.0, total=1))
    return tell


def _break(
    problem: Problem,
    plan: PlanDecisions,
    asks: Asks,
    chosen: Sequence[Removal],
    onset: int,
    runner: Runner,
    on_progress: OnProgress | None,
) -> Answers:
    tell = _phase(on_progress, f"break {problem.periods[onset].period}")
    bench = build_bench(problem, plan, onset, chosen, asks.step_months)
    return break_all(bench, Asked(asks.k), runner, tell)


def _breaks(label: str, chosen: Sequence[Removal], answers: Answers) -> list[Break]:
    alone = {each.removal: each.breaks[0].extra_cost for each in answers.of}
    made = []
    for each in answers.of:
        for found in each.breaks:
            struck = tuple(chosen[i] for i in found.removals)
            single = len(struck) == 1
            made.append(
                Break(
                    label,
                    struck,
                    max(removal.recover_years for removal in struck),
                    found.extra_cost,
                    found.damage,
                    found.share,
                    each.survives if single else (),
                    0.0 if single else found.extra_cost - sum(alone[i] for i in found.removals),
                )
            )
    return made


def _sample(
    problem: Problem,
    plan: PlanDecisions,
    asks: Asks,
    time_limit: float | None,
    runner: Runner,
    on_progress: OnProgress | None,
) -> Sample | None:
    drawn = draws(problem, asks.sample, asks.seed)
    if not drawn:
        return None
    other = plan_without_rules(problem, time_limit, runner, _phase(on_progress, "plan without rules"))
    plans = [plan] if other is None else [plan, other]
    found = weather(problem, plans, drawn, runner, _phase(on_progress, "sample"))
    mine = tuple(each for each in found if each.plan == 0)
    theirs = tuple(each for each in found if each.plan == 1)
    unruled = None if other is None else course(theirs, other.expected_cost)
    return Sample(drawn, mine, theirs, (course(mine, plan.expected_cost), unruled))
