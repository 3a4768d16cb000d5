"""What all JSON answers have in common: how they are declared, their ``problems``, and the answer of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from friendshore.models.findings import Finding
    from friendshore.optimizer.system.files import FileFault


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object of JSON: each field is a key, in the order declared, and says what it means."""


class Notice(Record, frozen=True):
    """One error or warning."""

    sheet: Annotated[str, Meta(description="Sheet of the workbook; empty where it is not about a sheet.")]
    cell: Annotated[str, Meta(description="Cell, such as D7, or number of the row; empty where not known.")]
    severity: Annotated[Literal["error", "warning"], Meta(description="An error forbids an answer.")]
    message: Annotated[str, Meta(description="What was found and what is wanted.")]
    code: Annotated[
        str,
        Meta(
            pattern="^(FS[0-9]{3})?$",
            description="Stable code, which 'friendshore explain CODE' tells more about; empty where it has none.",
        ),
    ]


Notices = Annotated[tuple[Notice, ...], Meta(description="Errors and warnings.")]
Done = Annotated[
    Literal["done"],
    Meta(description="The command did what it was asked (exit code 0, or 7 where its workbook could not be written)."),
]
Elapsed = Annotated[float, Meta(ge=0, description="Elapsed time, in seconds.")]


class Failure(Record, frozen=True):
    """The command ended before it had an answer; problems say why."""

    status: Annotated[
        Literal["invalid", "no_plan", "error"],
        Meta(
            description="invalid: the workbook has errors (exit code 3); no_plan: stopped (6); error: any other "
            "(1, 2, 7, 130)."
        ),
    ]
    problems: Annotated[tuple[Notice, ...], Meta(min_length=1, description="Why.")]


FailureStatus = Literal["invalid", "no_plan", "error"]


def failure(status: FailureStatus, problems: tuple[Notice, ...]) -> Failure:
    """The answer of a command that has nothing to tell but how it ended."""
    return Failure(status=status, problems=problems)


def notice(message: str, code: str = "", severity: Literal["error", "warning"] = "error") -> Notice:
    """One of ``problems`` that is about no cell.

    Parameters
    ----------
    message
        What was found and what is wanted.
    code
        Its code in the catalogue, empty where it has none.
    severity
        ``error`` or ``warning``.

    Returns
    -------
    Notice
        With neither sheet nor cell.
    """
    return Notice(sheet="", cell="", severity=severity, message=message, code=code)


def file_notice(fault: FileFault) -> Notice:
    """A file that could not be read or written, as one of ``problems``."""
    return notice(f"{fault.path}: {fault.message}", fault.code)


def finding_notice(finding: Finding) -> Notice:
    """A finding about a workbook as one of ``problems``."""
    return Notice(
        sheet=finding.sheet,
        cell=finding.cell or (str(finding.row) if finding.row else ""),
        severity=finding.severity,
        message=finding.message,
        code=finding.code,
    )
