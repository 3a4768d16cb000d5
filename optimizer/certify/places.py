"""Where each row of a table of the plan stands among the processes, lanes and releases of the network."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.frames import Frame
from friendshore.optimizer.certify.network import Network
from friendshore.optimizer.certify.numbers import Places, UnreadableError


def process_places(frame: Frame, network: Network) -> Places:
    """The process of each row: its plant, and the recipe that stands beside it where the plant has several."""
    at, runs = frame.places("plant", list(network.plants.index)), list(network.plants.processes)
    found = np.searchsorted(network.plants.at, at)  # the first of each plant, as they stand plant by plant
    several = np.bincount(network.plants.at, minlength=len(network.plants.rows)) > 1
    said = frame.words("recipe") if "recipe" in frame.frame.columns else [""] * len(at)
    for place in np.flatnonzero(several[at] | np.array([bool(recipe) for recipe in said], dtype=bool)):
        process = runs[found[place]][0], said[place]
        if not several[at[place]] or process not in network.plants.processes:
            raise UnreadableError(f"{frame.name}: {process[0]} does not run {process[1]!r}")
        found[place] = network.plants.processes[process]
    return np.asarray(found, dtype=np.intp)


def lane_places(sourcing: Frame, network: Network) -> Places:
    """The lane of each shipment."""
    countries, goods = len(network.country), len(network.commodity)
    ways = sorted({key[3] for key in network.lanes.keys})
    table = np.full((countries, countries, goods, len(ways)), -1, dtype=np.intp)
    for (origin, destination, commodity, way), place in network.lanes.index.items():
        ends = network.country[origin], network.country[destination]
        table[*ends, network.commodity[commodity], ways.index(way)] = place
    return np.asarray(
        table[
            sourcing.places("origin", list(network.country)),
            sourcing.places("destination", list(network.country)),
            sourcing.places("commodity", list(network.commodity)),
            sourcing.places("way", ways),
        ],
        dtype=np.intp,
    )


def pair_places(releases: Frame, network: Network) -> Places:
    """The pair of stockpile and destination, by its way, of each release."""
    pairs = network.pairs
    ways = sorted(set(pairs.way))
    table = np.full((len(network.stockpiles.rows), len(network.country), len(ways)), -1, dtype=np.intp)
    for place, (stockpile, destination, way) in enumerate(
        zip(pairs.stockpile, pairs.destination, pairs.way, strict=True)
    ):
        table[stockpile, network.country[destination], ways.index(way)] = place
    stockpiles = releases.places("stockpile", list(network.stockpiles.index))
    destinations = releases.places("destination", list(network.country))
    return np.asarray(table[stockpiles, destinations, releases.places("way", ways)], dtype=np.intp)
