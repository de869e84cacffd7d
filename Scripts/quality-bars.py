#!/usr/bin/env python3
"""Compares what Scripts/quality has measured with the bars, and fails where one is missed that was reached before."""
import json
import pathlib
import sys

# Split, field of ours, which of its rows, bar, whether more is better. The bar of discovery is reached only with what people watched.
BARS = [
    ("weak", "liked_ndcg@10", "ours", 0.50, True), ("weak", "rmse", "ours", 1.10, False),
    ("strong", "liked_ndcg@10", "ours", 0.49, True), ("cold", "liked_ndcg@10", "ours", 0.40, True),
    ("history", "discovery_ndcg@10", "ours, for discovery", 0.36, True),
]


def main():
    folder = pathlib.Path(sys.argv[1])
    missed = 0
    for split, field, row, bar, is_more_better in BARS:
        object = json.loads((folder / f"{split}.json").read_text())
        rows = object["predictions" if field == "rmse" else "rankings"]
        found = [each[field] for each in rows if each["name"] == row]
        if not found:
            sys.exit(f"{split}: no row '{row}' with {field}; there are {[each['name'] for each in rows]}")
        is_reached = found[0] >= bar if is_more_better else found[0] <= bar
        missed += not is_reached
        print(f"{split:8} {field:18} {found[0]:.4f}  bar {bar}  {'reached' if is_reached else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
