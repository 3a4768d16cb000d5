"""The only room that knows HiGHS: limits, progress, interrupts, honest status."""

from friendshore.optimizer.solver.answer import Answer, Basis, Found, Interrupt, SolverFault
from friendshore.optimizer.solver.polish import fix_integers, polish, solve_lp
from friendshore.optimizer.solver.run import left_running
from friendshore.optimizer.solver.search import EXACT, LOOSE, USUAL, dual_bound, solve_program
from friendshore.optimizer.system.interrupts import Abandoned

__all__ = [
    "EXACT",
    "LOOSE",
    "USUAL",
    "Abandoned",
    "Answer",
    "Basis",
    "Found",
    "Interrupt",
    "SolverFault",
    "dual_bound",
    "fix_integers",
    "left_running",
    "polish",
    "solve_lp",
    "solve_program",
]
