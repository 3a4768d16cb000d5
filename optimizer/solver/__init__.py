"""The only room that knows HiGHS: limits, progress, interrupts, honest status."""

from optimizer.interrupts import Abandoned
from optimizer.solver.answer import Answer, Basis, Found, Interrupt, Progress, SolverFault
from optimizer.solver.polish import fix_integers, polish, solve_lp
from optimizer.solver.run import left_running
from optimizer.solver.search import EXACT, LOOSE, USUAL, dual_bound, solve_program

__all__ = [
    "EXACT", "LOOSE", "USUAL", "Abandoned", "Answer", "Basis", "Found", "Interrupt", "Progress", "SolverFault",
    "dual_bound", "fix_integers", "left_running", "polish", "solve_lp", "solve_program",
]  # fmt: skip
