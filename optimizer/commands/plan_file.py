"""Where ``solve`` writes its plan: a workbook of its own, or the planner's own workbook."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.guard import UsageFault
from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.places import default_plan, make_ready, refuse_input
from friendshore.optimizer.commands.schema.record import Notice, file_notice, notice
from friendshore.optimizer.system.files import FileFault

if TYPE_CHECKING:
    from friendshore.models.plan import Plan

_SHOWN = 5


@dataclass(frozen=True)
class PlanFile:
    """The workbook that was read, and the one that the plan goes to: the same where it is written in place.

    ``page`` is where its page goes as well, if one is asked for.
    """

    file: Path
    target: Path
    page: Path | None = None
    in_place: bool = False

    @classmethod
    def of(cls, file: Path, output: Path | None, *, in_place: bool, report: bool = False) -> PlanFile:
        """Where the plan of a workbook goes.

        Parameters
        ----------
        file
            The workbook that is read.
        output
            The file named by ``-o``, None where there is none.
        in_place
            Whether the plan goes into the workbook itself.
        report
            Whether its page is written too.

        Returns
        -------
        PlanFile
            The target is a file of its own name beside the workbook where none is named.

        Raises
        ------
        UsageFault
            Where the options do not fit.
        """
        if in_place:
            if output is not None:
                raise UsageFault("--in-place writes into FILE itself, -o into another file; give one of the two")
            page = file.with_name(f"{file.stem}.plan.html") if report else None
            return cls(file, file, page, in_place=True)
        target = output or default_plan(file)
        refuse_input(file, target)
        return cls(file, target, target.with_suffix(".html") if report else None)

    def make_ready(self) -> None:
        """Find out now whether the plan can be written; FileFault where it cannot."""
        if self.in_place:
            from friendshore.optimizer.reporting import refuse_plan_in_place

            refuse_plan_in_place(self.file)
        else:
            make_ready(self.target)
        if self.page:
            make_ready(self.page)

    def write(self, plan: Plan) -> Saved:
        """Write the plan and its page; a refusal is told with the figures, which took long to find.

        A plan that the planner's workbook no longer takes goes to a workbook of its own, so that it is not lost.
        """
        saved = self._in_place(plan) if self.in_place else _copy(plan, self.target)
        if self.page is None or saved.refused is not None:
            return saved
        from friendshore.optimizer.page import write_report

        try:
            write_report(plan, self.page)
        except FileFault as fault:
            return dataclasses.replace(saved, refused=fault)
        return dataclasses.replace(saved, page=self.page)

    def _in_place(self, plan: Plan) -> Saved:
        from friendshore.optimizer.reporting import write_plan_in_place

        try:
            return Saved(write_plan_in_place(plan, self.file))
        except FileFault as fault:
            return dataclasses.replace(_copy(plan, default_plan(self.file)), refused=fault)


def _copy(plan: Plan, target: Path) -> Saved:
    from friendshore.optimizer.reporting import write_plan

    try:
        written = write_plan(plan, target)
    except FileFault as fault:
        return Saved(None, refused=fault)
    return Saved(written.path, values=written.values, cut=written.cut)


@dataclass(frozen=True)
class Saved:
    """Where a plan and its page were written (None: nowhere), and what did not go as asked.

    ``refused`` is what was refused, ``values`` why the input came as values, ``cut`` where links were cut in the copy.
    """

    path: Path | None
    page: Path | None = None
    refused: FileFault | None = None
    values: str = ""
    cut: tuple[str, ...] = ()

    def tell(self, out: Output) -> tuple[Notice, ...]:
        """Say what did not go as asked; the same as ``problems`` of the JSON."""
        notices = []
        if self.refused is not None:
            out.refusal(self.refused)
            notices.append(file_notice(self.refused))
            if self.path is not None:
                out.error(f"The plan is in {self.path}.")
        if self.values:
            message = f"the plan carries the input sheets as values only: {self.values}"
            out.message(f"Note: {message}")
            notices.append(notice(message, "FS530", "warning"))
        if self.cut:
            more = f" and {len(self.cut) - _SHOWN} more" if len(self.cut) > _SHOWN else ""
            message = (
                f"links to the outside were cut in the plan's copy of the input: {', '.join(self.cut[:_SHOWN])}{more}"
            )
            out.message(f"Note: {message}")
            notices.append(notice(message, "FS531", "warning"))
        return tuple(notices)
