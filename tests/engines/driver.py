"""A driver to be killed: ``python -m tests.engines.driver ENGINE FOLDER LEDGER COUNT SECONDS``."""

from __future__ import annotations

import sys

from friendshore.optimizer.engines.choose import open_engine
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from tests.engines.work import SQUARES


def main() -> None:
    engine, folder, ledger, count, seconds = sys.argv[1:]
    with open_engine(engine, 2) as opened, Ledger(ledger) as kept:
        shared = {"folder": folder, "seconds": float(seconds)}
        answers = Runner(opened, kept).run(SQUARES, shared, list(range(int(count))))
    sys.stdout.write(f"{sum(answer['square'] for answer in answers)}\n")


if __name__ == "__main__":
    main()
