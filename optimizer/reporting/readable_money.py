"""Amounts of a table as people read them: in thousands, millions or billions of the currency, all in one unit."""

from __future__ import annotations

import dataclasses

from friendshore.optimizer.reporting.content import Block, Figure
from friendshore.optimizer.wording.money import readable

_BEYOND = 20.0
"""So many of a unit the largest amount has to be before it is taken, so that small amounts still read."""


def readable_unit(largest: float, currency: str) -> tuple[float, str]:
    """By what amounts in ``currency`` are divided so that those beside the largest read well too, and their unit.

    Parameters
    ----------
    largest
        The largest amount.
    currency
        As in Settings.

    Returns
    -------
    tuple
        Divisor, and ``million USD``.
    """
    return readable(largest / _BEYOND, currency)


def readable_block(block: Block, currency: str) -> Block:
    """The same table with its amounts of money divided so that the largest reads well, the unit in the headers.

    Parameters
    ----------
    block
        A table for people, which nobody reads back; fields whose unit is ``currency`` are in that of Settings.
    currency
        As in Settings.

    Returns
    -------
    Block
        As it is where it has no amounts.
    """
    keys = [field.key for field in block.fields if field.unit == "currency"]
    if not keys:
        return block
    amounts = block.frame[keys].astype(float)
    largest = float(amounts.abs().max().max()) if len(amounts) else 0.0
    size, unit = readable_unit(largest, currency)
    frame = block.frame.assign(**{key: amounts[key] / size for key in keys})
    frame.attrs = {**block.frame.attrs, "units": {**block.frame.attrs.get("units", {}), **dict.fromkeys(keys, unit)}}
    return dataclasses.replace(block, frame=frame)


def readable_figure(figure: Figure, currency: str) -> Figure:
    """The same chart over such a table, its axis in the unit of the table.

    Parameters
    ----------
    figure
        A chart of amounts of money.
    currency
        As in Settings.

    Returns
    -------
    Figure
        With the table as of ``readable_block``.
    """
    block = readable_block(figure.block, currency)
    unit = block.frame.attrs.get("units", {}).get(figure.series[0], figure.value_axis)
    return dataclasses.replace(figure, block=block, value_axis=unit)
