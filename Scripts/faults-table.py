#!/usr/bin/env python3
"""Makes a Markdown table of the rows that the fault tests wrote.

    faults-table.py ROWS SCALE COMMIT
"""

import datetime
import json
import os
import sys


def gap(row):
    """The shortest gap in milliseconds and what was promised; a dash where nothing was."""
    if row["promise_ms"] <= 0 or row["gap_ms"] < 0 and row["promise_ms"] <= 0:
        return "–"
    return f"{row['gap_ms']:.1f} of {row['promise_ms']:.0f}"


def main():
    path, scale, commit = sys.argv[1:4]
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    day = datetime.date.today().isoformat()
    print(f"`Scripts/faults` ({scale}), {day}, commit {commit or 'unknown'}, {os.cpu_count()} processors.\n")
    print("| what happens | how often | pages | asked again | of those in flight | differences | shortest gap, ms | notes |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    for row in rows:
        again, flight = (row[name] if row[name] >= 0 else "–" for name in ("refetched", "in_flight"))
        print(
            f"| {row['test']} | {row['faults']} | {row['pages'] or '–'} | {again} | {flight} "
            f"| {row['differences']} | {gap(row)} | {row['note']} |"
        )
    return 0 if rows else 1


if __name__ == "__main__":
    sys.exit(main())
