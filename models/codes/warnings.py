"""FS5xx: what does not forbid a plan, but is probably not meant."""

from friendshore.models.codes.entry import warning

WARNINGS = (
    warning(
        "FS501",
        "A stress test that no policy binds",
        "A scenario of probability 0 has no weight; without a policy it is reported and changes nothing.",
        "Name it in a max_shortage policy (or write each), or give it a probability, if it shall shape the plan.",
    ),
    warning(
        "FS502",
        "A rare scenario that may invest and carries a hard policy",
        "Costs on a path count by its probability, so that what is built there to meet the policy is almost free.",
        "Set branch_investment to plan, or give the policy a penalty.",
    ),
    warning(
        "FS503",
        "A supplier cap and a stockpile in a third country",
        "A delivery counts for the country it comes from: supplies may change their origin in the stockpile.",
        "Let the stockpile serve its own country only, or accept it knowingly.",
    ),
    warning(
        "FS504",
        "An event shorter than the steps that see it",
        "The event is averaged over a step, so that a short total stop becomes a longer partial one.",
        "Choose a smaller step_months for the scenario.",
    ),
    warning(
        "FS505",
        "Steps as long as the period",
        "step_months is blank and 3 months do not divide a period that meets an event, so the period is one step.",
        "Fill step_months with whole months that divide the period.",
    ),
    warning(
        "FS506",
        "Demand that nothing can reach",
        "No plant, stockpile or expansion can supply this demand over the lanes there are; it will be short.",
        "Add the missing lane, plant or recipe input, or accept the shortage.",
    ),
    warning(
        "FS507",
        "An event outside the horizon",
        "The event starts after the last period ends, so it has no effect.",
        "Check start_years: it counts from the onset of the scenario, in years.",
    ),
    warning(
        "FS508",
        "An event or protection that matches nothing",
        "No plant, lane or demand is of that country, commodity and name.",
        "Check the columns of the row: a plant must make one of the commodities and stand in one of the countries.",
    ),
    warning(
        "FS509",
        "Numbers of very different size",
        "The largest number of the column is more than a billion times the smallest; solvers lose the small ones.",
        "Measure in a larger unit, or check the row for a slip of the decimal point.",
    ),
    warning(
        "FS510", "A share that looks like a percentage", "Shares are fractions: 8 means 800%.", "Write 8% as 0.08."
    ),
    warning(
        "FS511",
        "A scenario without an event",
        "Neither the scenario nor its parents have an event, so its path is like its parent's.",
        "Add its events, or delete the scenario.",
    ),
    warning(
        "FS512",
        "A hazard without its counterpart",
        "A protection answers capacity events of its hazard, and no event has this one.",
        "Use the same word on Events and Protections.",
    ),
    warning(
        "FS513",
        "A policy about nothing",
        "There is no demand, stockpile or expansion that the policy could be about.",
        "Check its consumers, commodity and tier.",
    ),
    warning(
        "FS514",
        "An expansion that can never serve",
        "Decided as early as it may be, it would come into service after the horizon ends.",
        "Shorten lead_years, choose an earlier period, or delete it.",
    ),
    warning(
        "FS515",
        "A tariff on a commodity without a price",
        "A tariff is a share of Commodities.price, which is 0, so the tariff costs nothing.",
        "Give the commodity a price.",
    ),
    warning(
        "FS516",
        "A stock cover without a stockpile",
        "stock_cover asks for stock of a commodity that the consumers need, and none of them can hold any.",
        "Add a stockpile (initial may be 0), or name the commodities of the policy.",
    ),
    warning(
        "FS517",
        "A tested supplier that supplies nothing",
        "survive asks what happens when it is lost, and nothing that it makes, holds or carries reaches the coalition.",
        "Check the name; add its plant, its lanes or an expansion, or drop the test.",
    ),
    warning(
        "FS518",
        "An input whose origin is not tracked",
        "clean_origin follows the commodities it names; an input that is not among them is taken as clean.",
        "Name it in the commodity column as well, or a whole stage (stage:oxide), or leave it out knowingly.",
    ),
    warning(
        "FS530",
        "The plan carries the input sheets as values only",
        "A plan is a copy of the planner's workbook with the plan sheets joined in; where that cannot be promised, the "
        "message says why, and the plan has the input as values, without formulas, charts and formats.",
        "Nothing has to be done; to have the full copy, do what the message names and solve again.",
    ),
    warning(
        "FS531",
        "Links were cut in the plan",
        "A plan is passed on, so formulas of the planner's workbook that read another workbook, another program or the "
        "web have, in the plan's copy, the values that they last held; such names read #REF!. The input is untouched.",
        "Nothing has to be done. With --in-place the links stay where they are.",
    ),
    warning(
        "FS540",
        "Scenarios with single dates only",
        "A plan knows these dates: it prepares for them alone, and may hold nothing between them.",
        "For what may begin in any period fill per_year in place of probability and onset.",
    ),
    warning(
        "FS552",
        "Lead, life or a year of ramp that ends within a step",
        "A unit counts only in steps of the base path during the whole of which it serves, and by the least share of "
        "its ramp in them: it never works before it exists or after its life.",
        "Cut the period finer with steps on Periods, where that matters.",
    ),
    warning(
        "FS551",
        "A sequel past the horizon",
        "After every onset of its parent the sequel would begin when the horizon is over.",
        "Nothing has to be done; add periods, with look_ahead where they are not planned for, to see it.",
    ),
    warning(
        "FS553",
        "Stock without a price that need not come back after a shock",
        "With after_shock rejoin a path pays for what it holds less than the base path once its shock is over, at the "
        "price of the commodity, which is 0: so nothing is asked.",
        "Give the commodity a price on Commodities, or set after_shock to free, where that is meant.",
    ),
)
