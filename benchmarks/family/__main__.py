"""The family of problems to cite: ``python -m benchmarks.family COMMAND``, ``--help`` for each."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.family.catalogue import NAMES
from benchmarks.family.measure import WAYS, measure
from benchmarks.family.run import GAP, SECONDS, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.family", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("one")
    one.add_argument("name"); one.add_argument("way", choices=list(WAYS))
    one.add_argument("--gap", type=float, default=GAP); one.add_argument("--seconds", type=float, default=SECONDS)
    runs = commands.add_parser("run")
    runs.add_argument("names", nargs="*", default=[]); runs.add_argument("--ways", default="ours,highs")
    runs.add_argument("--gap", type=float, default=GAP); runs.add_argument("--seconds", type=float, default=SECONDS)
    runs.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    if asked.command == "one":
        print(json.dumps(measure(asked.name, asked.way, asked.gap, asked.seconds).as_json()))
        return 0
    run(asked.names or NAMES, asked.ways.split(","), gap=asked.gap, seconds=asked.seconds, keep=asked.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
