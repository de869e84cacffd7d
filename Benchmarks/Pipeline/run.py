"""Crawls the prepared site with the real program, and with each peer, from an empty database to the end; one JSON line each.

    run.py WORKLOAD SHARED ANIMEMATCHER PAGES PORT

Needs MONGODB_URI. Counted are user and system seconds of the client's process and its peak memory, as the system kept them. Ours is counted
from the start of the program until the run is recorded as ended ("crawl"), and until the program ends ("and combined into anime").
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import pymongo

work, shared, program = map(pathlib.Path, sys.argv[1:4])
program = program.resolve()
count, port = int(sys.argv[4]), int(sys.argv[5])
project = pathlib.Path(__file__).resolve().parents[2]
uri = os.environ["MONGODB_URI"]
only = set(os.environ.get("BENCHMARKS_ONLY", "ours one peers").split())
DATABASE = "benchmark_pipeline"
TICKS = os.sysconf("SC_CLK_TCK")


def say(who, pages, cpu, wall, peak, benchmark="pipeline"):
    print(f"pipeline: {who}: {pages} pages, {cpu:.2f} s CPU, {wall:.2f} s, {peak} MiB", file=sys.stderr)
    print(json.dumps({
        "benchmark": benchmark, "who": who, "unit": "pages", "per_cpu_second": pages / cpu, "operations": pages, "rounds": 1,
        "result": pages, "peak_mib": peak, "wall_seconds": round(wall, 2)}), flush=True)


def home(folder, hosts, extra):
    """A project folder with the benchmark's spider only."""
    shutil.copytree(project / "schemas", folder / "schemas")
    (folder / "Spiders").mkdir()
    numbers = range(1, hosts + 1)
    starts = [f"http://127.0.0.1:{port if hosts == 1 else port + 1 + number % hosts}/anime/{number}" for number in numbers]
    start = ", ".join(f'"{url}"' for url in starts)
    (folder / "Spiders/pipeline.yaml").write_text(
        (project / "Benchmarks/Pipeline/pipeline.yaml").read_text(encoding="utf-8") + f"start: [{start}]\n{extra}", encoding="utf-8")


def cpu(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak(pid):
    """The most memory a process had so far, in MiB."""
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().split("\n")
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def until_recorded(pid, runs, found):
    """Notes what the process had used when its run was recorded as ended."""
    while (used := cpu(pid)) is not None:
        if runs.find_one({"state": {"$ne": "running"}}):
            found.append((used, time.perf_counter(), peak(pid)))
            return
        time.sleep(0.01)


def ours(who, hosts, extra=""):
    client = pymongo.MongoClient(uri)
    client.drop_database(DATABASE)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        home(folder, hosts, extra)
        environment = {**os.environ, "ANIMEMATCHER_HOME": name, "ANIMEMATCHER_DATABASE": DATABASE}
        start, found = time.perf_counter(), []
        process = subprocess.Popen([program, "crawl", "pipeline", "--json"], env=environment, cwd=name, stdout=subprocess.PIPE)
        watch = threading.Thread(target=until_recorded, args=(process.pid, client[DATABASE].runs, found))
        watch.start()
        summary = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        watch.join()
    if status or not found:
        sys.exit(f"pipeline: our crawl failed: {summary.decode()}")
    stored = client[DATABASE].entries.count_documents({})
    if stored != count:
        sys.exit(f"pipeline: {stored} entries were stored of {count}: {summary.decode()}")
    used, ended, most = found[0]
    say(f"ours, {who}", stored, used, ended - start, most)
    say(f"ours, {who}, anime too", stored, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024)


def peer(who, *arguments):
    environment = {**os.environ, "BASE": f"http://127.0.0.1:{port}"}
    arguments = [argument.format(count) for argument in arguments]
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=shared / "bench", capture_output=True, text=True)
    figures = re.search(r"n=(\d+) wall ([\d.]+)s cpu ([\d.]+)s .* rss (\d+)MB", done.stdout)
    if not figures:
        sys.exit(f"pipeline: {who} failed: {done.stdout}{done.stderr[-2000:]}")
    stored = pymongo.MongoClient(uri).spike.anime_py.count_documents({})
    if stored != count:
        sys.exit(f"pipeline: {who} stored {stored} of {count}")
    say(who, stored, float(figures[3]), float(figures[2]), int(figures[4]))


if "ours" in only:
    ours("10 hosts", 10)
if "one" in only:
    ours("1 host", 1)
if "peers" in only:
    if (shared / "bench/scrapy_tuned.py").exists():
        peer("Scrapy, tuned, bulk writes", "scrapy_tuned.py", "{}", "64", "--uv")
        peer("aiohttp + lexbor, bulk writes", "aio.py", "selectolax", "{}", "64", "--uv")
        peer("aiohttp + lxml, bulk writes", "aio.py", "lxml", "{}", "64", "--uv")
    else:
        print(f"pipeline: no peers: {shared}/bench is not there", file=sys.stderr)
