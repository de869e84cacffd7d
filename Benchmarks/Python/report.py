"""Turns JSON lines of measurements on standard input into a table: ours first, each peer with how many times as fast we are."""
import json
import sys

rows = [json.loads(line) for line in sys.stdin if line.startswith("{")]
order = list(dict.fromkeys(row["benchmark"] for row in rows))
print(f"{'benchmark':24} {'who':34} {'per CPU-second':>16}  {'ours is':>9}  {'result':>12} {'MiB':>5}")
for benchmark in order:
    some = [row for row in rows if row["benchmark"] == benchmark]
    ours = [row for row in some if row["who"].startswith("ours")]
    for row in sorted(some, key=lambda row: (not row["who"].startswith("ours"), -row["per_cpu_second"])):
        ratio = ""
        if ours and row not in ours:
            ratio = f"{ours[0]['per_cpu_second'] / row['per_cpu_second']:.1f} x"
        figure = f"{row['per_cpu_second']:,.0f} {row['unit']}"
        print(f"{benchmark:24} {row['who']:34} {figure:>16}  {ratio:>9}  {row['result']:>12,} {row['peak_mib']:>5}")
