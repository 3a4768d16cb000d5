"""FS3xx: what sheets must agree on."""

from friendshore.models.codes.entry import error

RELATIONS = (
    error(
        "FS301",
        "Probabilities sum to 1 or more",
        "The base path, on which nothing happens, has what is left of 1; nothing is left for it.",
        "Lower the probabilities until they sum to less than 1; 0 makes a scenario a stress test.",
    ),
    error(
        "FS302",
        "The onset is not after the parent's",
        "A scenario leaves its parent's path, so it can only begin later than the parent did.",
        "Choose a later onset, or the parent base.",
    ),
    error(
        "FS303",
        "Scenarios that are each other's parents",
        "Following the parents leads round in a circle and never to base.",
        "Give one of them the parent base.",
    ),
    error(
        "FS304",
        "A positive probability below a scenario of probability 0",
        "A path that cannot happen has no branches that can.",
        "Give the parent a probability, or the child probability 0.",
    ),
    error(
        "FS305",
        "Steps that do not fit",
        "step_months must divide every period that meets an event, so that steps are equally long and end with it.",
        "Choose months that divide the length of those periods, or leave the cell blank.",
    ),
    error(
        "FS306",
        "Not exactly one of recipe and commodity",
        "A plant either runs a recipe or makes one commodity from nothing.",
        "Fill one of the two cells and clear the other.",
    ),
    error(
        "FS307",
        "A recipe without output",
        "The recipe takes inputs and makes nothing.",
        "Add a row with the role output.",
    ),
    error(
        "FS308",
        "Recipes that make something from nothing",
        "Run together, these recipes give back all they take and something on top, so the plan would be free.",
        "Check the amounts of the recipes in the message: what comes out of the circle must not exceed what goes in.",
    ),
    error(
        "FS309",
        "The first period comes after the last",
        "The two periods of the row leave no time between them.",
        "Exchange the two, or leave one blank for the end of the horizon.",
    ),
    error(
        "FS310",
        "Expansions that require each other",
        "Following requires leads round in a circle.",
        "Clear requires in one of them.",
    ),
    error(
        "FS311",
        "More stock than the stockpile can hold",
        "initial, min_level or final_min is above max_level.",
        "Raise max_level, or lower the other.",
    ),
    error(
        "FS312",
        "Stock to be refilled without a price",
        "At the end of a scenario each unit below final_min (initial where blank) is charged at the commodity's price, "
        "which is 0, so that emptying the stock would be free.",
        "Give the commodity a price on Commodities, or the stockpile a final_min of 0.",
    ),
    error(
        "FS313",
        "A route event without a route",
        "An event of kind route acts on the lanes that carry a tag; the tag is missing.",
        "Name the tag in the column route.",
    ),
    error(
        "FS314",
        "An event that does not say what is left",
        "remaining is required, except where an export event has a quota; both together contradict each other.",
        "Fill exactly one of remaining and quota.",
    ),
    error(
        "FS315",
        "A quota that cannot be read",
        "A quota is a number of units a year, so it needs the kind export and exactly one commodity.",
        "Name one commodity; write one row for each.",
    ),
    error(
        "FS316",
        "Two rows of Lanes for the same lane",
        "Both rows name equally much, so that neither wins.",
        "Delete one, or let one of them name more: single names win over groups, groups over *. Where both stand, as "
        "sea and air, or within and beyond a tariff quota, give each a name in the column way.",
    ),
    error(
        "FS317",
        "Demand without a quantity",
        "Neither per_year nor any period column is filled.",
        "Fill per_year, or the columns of the periods.",
    ),
    error(
        "FS318",
        "More lanes than can be listed",
        "A group or * in Lanes stands for each of its members: from 200 countries to 200 countries 100 goods have four "
        "million lanes.",
        "Name the countries and goods that move; a bloc or a stage: is often enough.",
    ),
    error(
        "FS319",
        "A problem too large for the memory",
        "What the sheets stand for is counted before it is built: what is at a node of the tree, times its nodes. "
        "More than the memory holds would bring the machine to a stop.",
        "Make smaller what the message names: lanes by name in place of groups, fewer scenarios or longer steps "
        "(step_months), fewer periods. Or allow more, on a larger machine: "
        "--memory-limit, or memory_limit in Settings.",
    ),
    error(
        "FS320",
        "A scenario without one kind of chance",
        "per_year makes a row a danger that may begin in any period; probability makes it a scenario of a known date, "
        "or the sequel of a danger. A row with both, or with neither, is none of them.",
        "Fill one of the two cells and clear the other.",
    ),
    error(
        "FS321",
        "An onset that does not fit the kind of scenario",
        "A danger begins in any period (blank or any) or within a span (2028..2032); a dated scenario in one period; a "
        "sequel so many years after its parent (+1).",
        "Write the onset as the message says, or change what the row is: per_year for a danger, else probability.",
    ),
    error(
        "FS322",
        "A parent that does not fit the kind of scenario",
        "A danger strikes the base path or dated scenarios, of which it may name several; a dated scenario and a "
        "sequel leave one path. One danger at a time is modelled: what follows a danger is a sequel.",
        "Name base or a dated scenario, or make the row a sequel: probability, and an onset +N.",
    ),
    error(
        "FS323",
        "Sequels that sum to more than 1",
        "Of the sequels of one parent at most one follows, so their chances sum to at most 1.",
        "Lower their probabilities.",
    ),
    error(
        "FS324",
        "Period labels that contradict their lengths",
        "Labels that are years tell how long a period lasts; column years says otherwise, or they run backwards.",
        "Correct years (the distance to the next label) or the order of the rows, or use labels that are no years.",
    ),
    error(
        "FS325",
        "Look-ahead periods that do not stand last",
        "Periods with look_ahead come after what is planned, and something has to be planned.",
        "Set look_ahead to no, or move the periods to the end.",
    ),
    error(
        "FS326",
        "A horizon at whose end money is worth nothing",
        "Discounting makes next to nothing of what is paid at the end, so that no plan can tell costs there apart.",
        "Lower discount_rate (0.05 is 5 % a year), or plan fewer years.",
    ),
    error(
        "FS330",
        "Demand too small to compute with",
        "Nobody demands as much of the commodity as a plan can tell from what rounding leaves.",
        "Measure the commodity in a smaller unit, such as kg in place of t, everywhere.",
    ),
    error(
        "FS331",
        "Two numbers too great together",
        "Each is fine, but they are multiplied with each other, and numbers of 1e15 and more are dropped by solvers or "
        "drown all others.",
        "Correct one of the two cells, or measure in larger units.",
    ),
    error(
        "FS340",
        "Any of an expansion that need not be whole",
        "One unit of what is required opens all the rest. Where units need not be whole, a small part of one would.",
        "Set integer of the required expansion to yes, or write its name without any: then as many units are required.",
    ),
    error(
        "FS341",
        "Not exactly one of plant and stockpile",
        "An expansion adds capacity to a plant, or room to a stockpile.",
        "Fill one of the two cells and clear the other.",
    ),
    error(
        "FS342",
        "A store that holds less later than before",
        "When a store wears out within the horizon, or its ramp falls, what it held would have to go somewhere at "
        "once, on every path, whatever is wanted then.",
        "Leave life_years blank or let it reach the horizon, and let the shares of ramp rise.",
    ),
    error(
        "FS343",
        "Opened by what is no dated scenario that may come true",
        "An expansion that a scenario opens is decided on its path: there must be one such path, and it may come true.",
        "Name a scenario with a probability above 0 and one onset.",
    ),
    error(
        "FS344",
        "An expansion that closes before it opens",
        "It may be decided from the onset of the scenario that opens it, and its latest period is before that.",
        "Choose a later period, or leave latest blank.",
    ),
    error(
        "FS345",
        "Committed, and cannot be decided at the start",
        "What stands or is on order already is decided at the start of the first period in any case, so that its row "
        "must allow that; only what is committed whole may have served before the start (lead_years below 0).",
        "Give what is committed a row of its own: max_units as many as are committed, latest the first period.",
    ),
    error(
        "FS346",
        "A plant that may close and has expansions",
        "A closing takes all that existed; what has been built there, or would be, has no rule of its own.",
        "Give the expansions a plant of their own (capacity 0) in the same country.",
    ),
    error(
        "FS347",
        "Two costs of one recipe",
        "unit_cost is that of the recipe, whatever row of it says so, and two rows say otherwise.",
        "Say it on one row of the recipe and leave the others blank.",
    ),
    error(
        "FS350",
        "A number that does not change with the years",
        "Profiles change numbers of rows that have a name; times, counts of units, probabilities and what holds at one "
        "moment only (initial, final_min, salvage, size) stay as they are.",
        "Name one of the columns in the message, or delete the row.",
    ),
    error(
        "FS351",
        "A limit by period of what is summed over periods",
        "The policy holds one sum over several periods against one limit (a budget, shortage over events, paths or "
        "all paths), so that no period has a limit or penalty of its own.",
        "Write a policy for each period, with from_period and to_period; or, for max_shortage, leave over blank.",
    ),
    error(
        "FS352",
        "A penalty by period of a policy that must hold",
        "A policy whose penalty is blank has to be kept, whatever it costs.",
        "Give the policy a penalty on Policies, or delete the profile.",
    ),
    error(
        "FS355",
        "A capacity of several lanes that may be shared",
        "A row of Lanes with a capacity, or a least quantity, stands for several lanes: several pairs of countries, or "
        "several commodities. It may hold for all of them together (a port, a strait, an import quota), or for each.",
        "Write yes or no in the column shared.",
    ),
    error(
        "FS356",
        "A least quantity that no plan can meet",
        "least is above the capacity of its own row, or nothing can move over the lane at all.",
        "Lower it, raise the capacity, or name a lane from where the commodity is made, or held, to where it is used.",
    ),
)
