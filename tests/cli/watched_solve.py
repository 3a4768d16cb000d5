"""A solve that searches until it is interrupted, and then has no plan; a second interrupt ends it at once."""

import json
import sys
import time

try:
    print("searching", file=sys.stderr, flush=True)  # noqa: T201
    time.sleep(60)
except KeyboardInterrupt:
    print(json.dumps({"status": "no_plan", "plan": None, "problems": []}))  # noqa: T201
    sys.exit(6)
