"""Turns JSON lines of measurements on standard input into a table: ours first, each peer with how many times as fast we are.

What has no peer and is not so many things for each second of the processor is shown as it is, a column for each line.
"""
import json
import sys

rows = [json.loads(line) for line in sys.stdin if line.startswith("{")]


def compare(rows):
    print(f"{'benchmark':24} {'who':34} {'per CPU-second':>16}  {'ours is':>9}  {'result':>12} {'MiB':>5}")
    for benchmark in dict.fromkeys(row["benchmark"] for row in rows):
        some = [row for row in rows if row["benchmark"] == benchmark]
        ours = [row for row in some if row["who"].startswith("ours")]
        for row in sorted(some, key=lambda row: (not row["who"].startswith("ours"), -row["per_cpu_second"])):
            ratio = ""
            if ours and row not in ours:
                ratio = f"{ours[0]['per_cpu_second'] / row['per_cpu_second']:.1f} x"
            figure = f"{row['per_cpu_second']:,.0f} {row['unit']}"
            print(f"{benchmark:24} {row['who']:34} {figure:>16}  {ratio:>9}  {row['result']:>12,} {row['peak_mib']:>5}")


def show(rows):
    for benchmark in dict.fromkeys(row["benchmark"] for row in rows):
        some = [row for row in rows if row["benchmark"] == benchmark]
        for name in dict.fromkeys(name for row in some for name in row if name != "benchmark"):
            values = [row.get(name) for row in some]
            texts = ["-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.4g}" for value in values]
            print(f"{benchmark:24} {name:34} " + " ".join(f"{text:>14}" for text in texts))


compared = [row for row in rows if "per_cpu_second" in row]
if compared:
    compare(compared)
show([row for row in rows if "per_cpu_second" not in row])
