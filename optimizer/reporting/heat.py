"""Heat maps: cells that are the darker the larger their value, from white over pale to dark."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.optimizer.reporting.content import Block

WHITE, PALE, DARK = "#FFFFFF", "#F4D79A", "#D9622B"
_PALE_AT = 0.25
_LEAST = 1e-9
"""Money of a table without any is held against this, so that nothing of it is dark."""


def colour_scales(block: Block) -> Iterator[tuple[int, dict[str, object]]]:
    """Place of each column of a block that is a heat map, and its conditional format.

    Shares run from none to all; amounts from none to the largest of all columns of amounts, so that columns compare.
    """
    amounts = [key for key in block.heat if block.fields[block.column(key)].kind != "share"]
    largest = max([_LEAST, *(float(block.frame[key].max()) for key in amounts)])
    for key in block.heat:
        most = largest if key in amounts else 1.0
        yield (
            block.column(key),
            {
                "type": "3_color_scale",
                "min_type": "num",
                "min_value": 0,
                "min_color": WHITE,
                "mid_type": "num",
                "mid_value": most * _PALE_AT,
                "mid_color": PALE,
                "max_type": "num",
                "max_value": most,
                "max_color": DARK,
            },
        )
