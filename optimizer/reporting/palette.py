"""Colours: told apart by colour-blind eyes by hue, and in black and white by their lightness, dark to light."""

from __future__ import annotations

INK = "#1B1F24"
MUTED = "#57606A"
RULE = "#57606A"
SOFT = "#D0D7DE"
BAND = "#E8EDF2"

# Blue and orange by turns, each lighter than the one before.
SERIES = ("#12304F", "#9A3B12", "#2F7FB8", "#E08E2B", "#8FC3E0", "#F4D79A")


def lightness(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2), 0 black to 1 white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def spread(count: int) -> tuple[str, ...]:
    """Colours for so many series, as far apart as they go; they begin again where there are more than colours."""
    if count <= 1:
        return SERIES[2:3]
    if count == 2:
        return SERIES[0], SERIES[3]
    return tuple(SERIES[i % len(SERIES)] for i in range(count))
