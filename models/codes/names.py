"""FS2xx: names that refer to other sheets."""

from friendshore.models.codes.entry import error

NAMES = (
    error(
        "FS201",
        "An unknown name",
        "The sheet that defines these names has none like it.",
        "Correct the spelling (the message names the nearest), or add it there.",
    ),
    error(
        "FS202",
        "A name that differs only in case",
        "Names are case-sensitive: ore and Ore are two names.",
        "Write it as it is defined.",
    ),
    error(
        "FS203",
        "An unknown bloc",
        "No country on Countries belongs to the bloc.",
        "Correct the word after @, or the coalition on Settings, or give a country that bloc.",
    ),
    error(
        "FS204",
        "An unknown stage",
        "No commodity on Commodities has the stage.",
        "Correct the word after stage:, or give a commodity that stage.",
    ),
    error(
        "FS205",
        "Outside the horizon",
        "The period is not on Periods, so it is not part of the horizon.",
        "Use a label that Periods has, or add the period there.",
    ),
    error("FS206", "An unknown tier", "No row of Demand has the tier.", "Use a tier that Demand has, or *."),
    error(
        "FS207",
        "An unknown route",
        "No row of Lanes carries the tag.",
        "Correct the spelling, or add the tag to the routes of the lanes that use it.",
    ),
    error(
        "FS208",
        "An empty group",
        "The group has no member: no country belongs to the coalition, or the list holds no name.",
        "Name at least one country, or set the coalition on Settings to a bloc that has members.",
    ),
    error(
        "FS209",
        "'each' is not read here",
        "each makes one constraint for each member, on Policies alone; elsewhere a group stands for each member.",
        "Leave out 'each'.",
    ),
    error(
        "FS210",
        "Plants or routes are not read here",
        "plant: and route: may stand in the suppliers of survive and survive_any, and not together with countries.",
        "Name countries, or use a policy of kind survive.",
    ),
    error(
        "FS211",
        "A word with another meaning",
        "A bloc, stage or tier has a word that groups need for themselves: coalition, *, or one that holds a comma.",
        "Choose another word.",
    ),
    error(
        "FS212",
        "A name that may be a country",
        "The name may stand for several countries, for one that is only part of a row of Countries, or for one that is "
        "not there. It is not guessed which is meant.",
        "Write the id of the country that is meant, or add it to Countries. iso3 on Countries makes names certain.",
    ),
)
