"""Score records against gold.

usage: score.py GOLD RECORDS_JSONL [--json]
GOLD is a folder of gold; RECORDS_JSONL has one record a line, with the gold's ids.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from propos.errors import ProposError
from propos.evaluate import evaluate, load_gold, read_records


def main(arguments: list[str]) -> None:
    """Print the table, or JSON with ``--json``."""
    paths = [Path(argument) for argument in arguments if argument != "--json"]
    if len(paths) != 2:
        raise SystemExit(__doc__)
    try:
        report = evaluate(load_gold(paths[0]), tuple(read_records(paths[1])))
    except ProposError as error:
        raise SystemExit(str(error)) from error
    print(json.dumps(report.to_dict(), ensure_ascii=False) if "--json" in arguments else report.table())


if __name__ == "__main__":
    main(sys.argv[1:])
