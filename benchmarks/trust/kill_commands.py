"""The commands that are ended at random moments, and what each may leave in the planner's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BOOK, PLAN, OTHER = "book.xlsx", "book.plan.xlsx", "other.plan.xlsx"
"""The planner's workbook and two of its plans, of which the commands read what they need."""

OUT, PAGE, BACKUP = "out.xlsx", "out.html", f"{BOOK}.bak"


@dataclass(frozen=True)
class Command:
    """A command as it is typed.

    ``targets`` are the files that it makes, the first one the answer; ``more``: it makes plans beside the answer,
    whose number is not known before; ``ledger``: what is done is kept until the answer is there; ``solves``: once it
    has told that it polishes, it has a plan, and a signal must not lose it; ``reads``: what it is given.
    """

    typed: tuple[str, ...]
    targets: tuple[str, ...]
    reads: tuple[str, ...] = (BOOK,)
    more: bool = False
    ledger: bool = False
    solves: bool = False


COMMANDS: Mapping[str, Command] = {
    "solve": Command(("solve", BOOK, "-o", OUT, "--no-baselines"), (OUT,), solves=True),
    "solve --report": Command(("solve", BOOK, "-o", OUT, "--report"), (OUT, PAGE), solves=True),
    "solve --in-place": Command(("solve", BOOK, "--in-place", "--no-baselines"), (BOOK, BACKUP), solves=True),
    "solve --prices": Command(
        ("solve", BOOK, "-o", OUT, "--no-baselines", "--prices"), (OUT,), ledger=True, solves=True
    ),
    "report": Command(("report", PLAN, "-o", PAGE), (PAGE,), reads=(PLAN,)),
    "frontier": Command(
        ("frontier", BOOK, "--risk-aversion", "0:0.9", "--points", "3", "-o", OUT), (OUT,), more=True, ledger=True
    ),
    "stress": Command(("stress", PLAN, "-o", OUT), (OUT,), reads=(PLAN,), ledger=True),
    "vulnerabilities": Command(("vulnerabilities", BOOK, "-o", OUT), (OUT,), ledger=True),
    "worth": Command(("worth", BOOK, "-o", OUT), (OUT,), ledger=True),
    "compare": Command(("compare", PLAN, OTHER, "-o", OUT), (OUT,), reads=(PLAN, OTHER)),
    "replay": Command(("replay", PLAN), (), reads=(PLAN,)),
    "new": Command(("new", OUT, "--example", "tutorial", "--force"), (OUT,), reads=()),
}
"""By name. ``share``, which wants two allies with demand, writes by the same functions as the other studies."""
