"""Sources: where figures come from."""

from dataclasses import dataclass

from friendshore.models.schema import Choice, Identifier, Number, Record, Text, column, table


@table("Sources", "Publications that rows of other sheets cite by source_id.", key=("source_id",))
@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """One publication."""

    source_id: str = column(Identifier(), "Short name that other sheets cite.")
    title: str = column(Text(), "Title.")
    publisher: str = column(Text(), "Publisher.", default="")
    year: str = column(Text(), "Year of publication.", default="")
    url: str = column(Text(), "Address.", default="")
    confidence: str = column(Choice(("high", "medium", "low", "")), "How far to trust it.", default="")
    low: float | None = column(
        Number(maximum=1),
        "Least that its figures may be, as a multiple of what they are, such as 0.8; blank: by confidence.",
        default=None,
    )
    high: float | None = column(
        Number(minimum=1),
        "Most that its figures may be, as a multiple of what they are, such as 1.5; blank: by confidence.",
        default=None,
    )
