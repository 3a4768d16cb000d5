"""Countries: who supplies, who needs, and on which side they stand."""

from dataclasses import dataclass

from friendshore.models.schema import Identifier, Number, Record, Tags, Text, Word, column, table


@table("Countries", "Every country of the problem and the bloc it belongs to.", key=("country",), required=True)
@dataclass(frozen=True, kw_only=True)
class Country(Record):
    """One country, or a union of states that is planned for as one."""

    country: str = column(Identifier(), "Short name used on all other sheets.", aliases=("id",))
    bloc: str = column(Word(), "ally, partner, neutral, concern, or any other word; @ally means all allies.")
    name: str = column(Text(), "Full name for reports.", default="")
    iso3: tuple[str, ...] = column(Tags(), "ISO 3166 code for maps; a list for a union of states.", default=())
    recover_years: float = column(
        Number(), "Time to recover from a stop, used by stress tests.", default=1.0, unit="years"
    )
