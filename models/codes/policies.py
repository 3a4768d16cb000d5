"""FS4xx: what policies need."""

from friendshore.models.codes.entry import error

POLICIES = (
    error(
        "FS402",
        "A cell that this kind of policy needs is blank",
        "Each kind of policy needs some of the columns.",
        "Fill the cell.",
    ),
    error(
        "FS403",
        "A share above 1",
        "The limit of this kind of policy is a share of something, so it lies between 0 and 1.",
        "Write 40% as 0.4.",
    ),
    error(
        "FS406",
        "max_shortage summed over what is not there",
        "over says what the shortage of a scenario is summed over: events and paths are those of scenarios, not of the "
        "base path or of normal times; expected and cvar are over whole paths by themselves.",
        "Name the scenarios, or write each; or leave over blank for every step by itself.",
    ),
    error(
        "FS407",
        "A place of a policy that stands by itself, in a list",
        "normal, each, expected and cvar say where a policy holds by themselves; base and scenarios may be listed.",
        "Write one of them alone, or one policy for each place.",
    ),
    error(
        "FS404",
        "k is more than the number of members",
        "survive_any takes k members of suppliers away at once, and the group has fewer.",
        "Lower k, or widen the group.",
    ),
    error(
        "FS405",
        "Suppliers of several sorts in one policy",
        "Suppliers are a group of countries, or one plant:NAME or plant:*, or one route:TAG or route:*; no mixture.",
        "Write one policy for each.",
    ),
)
