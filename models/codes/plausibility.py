"""FS54x, FS550, FS56x: numbers out of proportion, which a slip of a thousand explains."""

from friendshore.models.codes.entry import warning

PLAUSIBILITY = (
    warning(
        "FS541",
        "A quantity far from what is used or made",
        "A capacity, a lane or a quota is out of all proportion to what is used of the good, or can be made of it: kg "
        "where tonnes are wanted is a slip of a thousand.",
        "Compare the two numbers of the message and their units; where the number is right, nothing has to be done.",
    ),
    warning(
        "FS542",
        "A price of capacity far from what the capacity makes",
        "Capex is usually between a hundredth and a hundred times what the capacity makes in a year, and the fixed "
        "cost of a year a small part of the capex.",
        "Check size and capex, and the currency of Settings: money where thousand money is wanted is a slip of a "
        "thousand.",
    ),
    warning(
        "FS543",
        "A shortage cost far from the price",
        "Below the price nobody would be supplied who can as well go short; far above it even the cheapest tier "
        "outweighs everything else.",
        "Check shortage_cost and price and the units of both. To forbid a shortage use a max_shortage policy.",
    ),
    warning(
        "FS544",
        "A stock far from what is used",
        "Room for more than a human life or for less than a day of what those whom the stockpile serves use, or stock "
        "and flows out of proportion to the room.",
        "Check the unit of the stockpile's columns against Demand and Plants.",
    ),
    warning(
        "FS545",
        "A limit far from what it bounds",
        "A budget that buys everything many times over or nothing at all, a cover of centuries or minutes, a cap on "
        "emissions that all plants together stay far below or far above.",
        "Check the unit of the limit: days, the currency of Settings, t CO2e a year.",
    ),
    warning(
        "FS546",
        "A cost far from the price",
        "A unit cost, freight, cost of holding, salvage, protection or penalty, or the inputs of a recipe, are out of "
        "all proportion to the reference prices.",
        "Compare the two numbers of the message: money for thousand money, or kg for t, is a slip of a thousand.",
    ),
    warning(
        "FS547",
        "A number that leaps from period to period",
        "The value of a period is more than fifty times that of the one before, or than the constant, or less than a "
        "fiftieth.",
        "Check the unit of the cell.",
    ),
    warning(
        "FS548",
        "A cap that makes a shortage before anything can be built",
        "The cap on the share of some suppliers holds at a time when others cannot fill it up, and no expansion can "
        "serve yet: less may be taken in than is needed.",
        "Let the cap begin later (from_period), or give it a penalty.",
    ),
    warning(
        "FS549",
        "A long first period without danger",
        "Scenarios begin at the start of a period. In a first period of many years none can, and what is decided there "
        "meets no danger for all that time.",
        "Cut the first period into shorter ones.",
    ),
    warning(
        "FS550",
        "A least stock that nothing can meet",
        "More is asked to be there at the end, or when a period ends, than is left of the start and can be filled in.",
        "Lower final_min (a blank one is the initial stock) or min_level, or add the plant or lane that fills the "
        "stockpile.",
    ),
    warning(
        "FS560",
        "A surplus that pays for making it",
        "What a plant makes brings more as surplus than running it costs, so it runs to its capacity whether anybody "
        "needs its goods or not.",
        "Lower surplus_value, or make it a row of Demand where only so much can be sold.",
    ),
    warning(
        "FS561",
        "A contract for more than can be used",
        "A least quantity on a lane is more than all that is needed and taken in where it arrives. What arrives has to "
        "be used, so that no plan can keep the contract.",
        "Lower least, by Profiles in the years in which less is used, or add the plant, the demand or the stockpile "
        "that takes it in.",
    ),
    warning(
        "FS562",
        "A way round a tariff",
        "Between two countries a commodity has two ways, and the one with the lower tariff is no dearer and has no "
        "capacity. All of it goes there, and the tariff of the other is never paid. A row for all countries with a way "
        "of its own opens such a way everywhere.",
        "Repeat the tariff on that row, give it a capacity (a quota), or name the countries that it is for.",
    ),
)
