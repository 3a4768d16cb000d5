"""A solve that searches until it is interrupted, and then has no plan; a second interrupt ends it at once."""

import sys
import time

from friendshore.optimizer.commands.output import json_text
from friendshore.optimizer.commands.schema.outcome import without_plan

try:
    print("searching", file=sys.stderr, flush=True)  # noqa: T201
    time.sleep(60)
except KeyboardInterrupt:
    print(json_text(without_plan("no_plan"), indent=2))  # noqa: T201
    sys.exit(6)
