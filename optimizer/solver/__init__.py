"""The only room that knows HiGHS: limits, progress, interrupts, honest status."""

from friendshore.optimizer.solver.answer import Answer, Interrupt, OnSolution, SolverFault
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.polish import fix_integers, polish, solve_lp
from friendshore.optimizer.solver.refine import refine
from friendshore.optimizer.solver.run import left_running
from friendshore.optimizer.solver.solve_program import EXACT, LOOSE, USUAL, solve_program
from friendshore.optimizer.system.interrupts import Abandoned

__all__ = [
    "EXACT",
    "LOOSE",
    "USUAL",
    "Abandoned",
    "Answer",
    "Basis",
    "Interrupt",
    "OnSolution",
    "SolverFault",
    "fix_integers",
    "left_running",
    "polish",
    "refine",
    "solve_lp",
    "solve_program",
]
