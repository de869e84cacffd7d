"""Loads the service and its peer with wrk; prints a table, and writes JSON where wanted.

    run.py SHARED WORK BIN --seconds S --minutes M --connections C [--rate R] [--peer] [--json FILE]

Needs MONGODB_URI of a server that was started for this. Three loads: the service at rest; while lists are written, the index follows and a crawl
writes, as fast as it goes and at a steady rate; the same for a long time with memory noted. People are picked uniformly, by Zipf's law,
and uniformly with questions that never come twice, so that no held answer serves. CPU is what the system counted for each process, so
that requests per second of the service's own CPU can be told on a machine that has something else to do.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("shared", type=pathlib.Path)
parser.add_argument("work", type=pathlib.Path)
parser.add_argument("bin", type=pathlib.Path)
parser.add_argument("--seconds", type=float, default=20)
parser.add_argument("--minutes", type=float, default=2)
parser.add_argument("--rate", type=float, default=0)
parser.add_argument("--connections", type=int, default=16)
parser.add_argument("--peer", action="store_true")
parser.add_argument("--json", type=pathlib.Path)
options = parser.parse_args()
here = pathlib.Path(__file__).resolve().parent
project = here.parents[1]
people = options.work / "people.txt"
names = people.read_text(encoding="utf-8").split()
environment = {**os.environ, "ANIMEMATCHER_DATABASE": "load", "ANIMEMATCHER_HOME": str(options.work / "home")}
# Requests a second that are asked for where latency is looked at; what connections wait for answers comes off it.
STEADY = 6500
TICKS = os.sysconf("SC_CLK_TCK")
results, started, faults = [], [], []


def say(text):
    print(f"load: {text}", file=sys.stderr, flush=True)


def program(name, *arguments, **others):
    return [str(options.bin / name), *map(str, arguments)]


def start(name, command, **others):
    process = subprocess.Popen(command, env=environment, cwd=options.work, **others)
    started.append(process)
    watched[name] = process.pid
    return process


def end(process, number=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(number)
    process.wait()
    started.remove(process)


watched = {}


def used(pid):
    """Seconds of CPU so far, and MiB of memory; nothing for a process that is gone."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return None


def mongod():
    """The server that MONGODB_URI names, by the port in its arguments."""
    port = os.environ["MONGODB_URI"].split("127.0.0.1:")[1].split("/")[0]
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"mongod" in words[0] and port.encode() in words:
                return int(entry.name)
    return None


def load(who, origin, mode, seconds, notes=None, rate=0):
    """One run of wrk, of `rate` requests a second at most unless that is 0; memory is noted every ten seconds where `notes` is a list."""
    out = options.work / "wrk.json"
    out.unlink(missing_ok=True)
    before = {name: used(pid) for name, pid in dict(watched).items()}
    wrk = subprocess.Popen(
        ["wrk", "-t1", f"-c{options.connections}", f"-d{max(1, round(seconds))}s", "-s", str(here / "users.lua"), origin, "--", str(people), mode, str(options.connections / rate if rate else 0)],
        env={**environment, "LOAD_OUT": str(out)}, stdout=subprocess.DEVNULL)
    begin = time.monotonic()
    while wrk.poll() is None:
        if notes is not None and time.monotonic() - begin >= 10 * len(notes):
            notes.append(used(watched[who])[1])
        time.sleep(0.2)
    after = {name: used(pid) for name, pid in dict(watched).items()}
    result = json.loads(out.read_text())
    cpu = {name: round(after[name][0] - (before.get(name) or (0,))[0], 2) for name in after if after[name]}
    result.update(
        who=who, mode=mode, connections=options.connections, cpu_seconds=cpu,
        rss_mib={name: round(after[name][1]) for name in after if after[name]},
        per_second=round(result["requests"] / result["seconds"]), per_cpu_second=round(result["requests"] / max(cpu[who], 0.01)))
    failures = sum(result[key] for key in ("not_ok", "connect_errors", "read_errors", "write_errors", "timeouts"))
    result["errors"] = failures
    results.append(result)
    say(f"{who:8} {result.get('load', ''):8} {mode:8} {result['per_second']:6} requests/s, p50 {result['p50_us'] / 1000:.2f} ms, p99 {result['p99_us'] / 1000:.2f} ms, "
        f"{result['per_cpu_second']} per CPU second of its own, {failures} errors, {result['rss_mib'][who]} MiB; CPU s {cpu}")
    return result


def ready(url, process, seconds=180):
    for _ in range(seconds * 10):
        if process.poll() is not None:
            sys.exit(f"load: {url}: the program has ended")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return answer.read()
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"load: {url} does not answer")


class Writers:
    """Changed lists, and crawls of the demo site, until they are told to end.

    Each crawl finds a site composed anew, with as many anime: after the first one the catalogue changes all the time and grows no more.
    """

    def __init__(self):
        self.ended, self.lists, self.crawls, self.failures = threading.Event(), 0, 0, 0
        # Daemons: an error elsewhere must not leave a program that never ends.
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.write_lists, self.crawl)]
        for thread in self.threads:
            thread.start()

    def write_lists(self):
        chance, number = random.Random(5), 0
        rated = [line.split(",") for line in (options.work / "ratings.csv").read_text().split("\n")[1:] if line]
        items = [row[1] for row in rated]
        while not self.ended.wait(1):
            number += 1
            file = options.work / f"changed-{number}.csv"
            changed = chance.sample(names, 50)
            file.write_text("user,item,rating\n" + "".join(
                f"{name},{chance.choice(items)},{chance.randint(1, 10)}\n" for name in changed for _ in range(3)))
            process = start("lists", program("animematcher", "import", "ratings", file, "--json"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            errors = process.communicate()[1]
            started.remove(process)
            file.unlink()
            if process.returncode == 0:
                self.lists += 50
            elif not self.ended.is_set():
                self.failures += 1
                say(f"an import failed: {errors.strip()}")

    def crawl(self):
        while not self.ended.is_set():
            port = options.work / f"site-port-{self.crawls}"
            site = start(
                "site", program("demo-site", "--port", 0, "--port-file", port, "--anime", 600, "--users", 100, "--crawl-delay", "0.1",
                                "--seed", self.crawls + 1), stdout=subprocess.DEVNULL)
            process = start(
                "crawl", program("animematcher", "crawl", "demo", "--start", f"http://127.0.0.1:{port_of(port, site)}/topanime.php?limit=0", "--json"),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while process.poll() is None and not self.ended.wait(0.2):
                pass
            self.crawls += process.poll() == 0
            end(process)
            end(site)

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=60)


def port_of(file, process):
    while not file.exists() or not file.read_text().strip():
        if process.poll() is not None:
            sys.exit("load: a program has ended before it listened")
        time.sleep(0.05)
    return file.read_text().strip()


def seen_after(origin):
    """Seconds from the end of a write until the answer is another one."""
    name = names[0]
    url = f"{origin}/api/v1/users/{name}/recommendations"

    def ask():
        with urllib.request.urlopen(url) as answer:
            return json.load(answer)

    best = ask()[0]["anime"]
    import_file = options.work / "seen.csv"
    meta = (json.loads(line) for line in open(options.shared / "data/anime_meta.jsonl", encoding="utf-8"))
    item = next((row["mal_id"] for row in meta if row["title"] == best), None)
    if item is None:
        return None
    import_file.write_text(f"user,item,rating\n{name},{item},9\n")
    subprocess.run(program("animematcher", "import", "ratings", import_file), env=environment, cwd=options.work, check=True, capture_output=True)
    written = time.monotonic()
    while ask()[0]["anime"] == best:
        if time.monotonic() - written > 10:
            return None
    return time.monotonic() - written


def entries(origin):
    """Entries stored: what only crawls add while lists are written."""
    with urllib.request.urlopen(f"{origin}/metrics", timeout=15) as answer:
        for line in answer.read().decode().split("\n"):
            if line.startswith('animematcher_documents{collection="entries"}'):
                return int(float(line.rsplit(" ", 1)[1]))
    sys.exit("load: /metrics does not tell how many entries there are")


def ours():
    serve_port = options.work / "serve-port"
    serve = start("serve", program("animematcher-serve", "--roles", "index,http", "--port", 0, "--port-file", serve_port), stderr=open(options.work / "serve.log", "w"))
    origin = f"http://127.0.0.1:{port_of(serve_port, serve)}"
    ready(f"{origin}/readyz", serve)
    for mode in ("uniform", "uniform", "fresh", "zipf"):
        load("serve", origin, mode, options.seconds)["load"] = "rest"
    seen = seen_after(origin)
    say(f"a changed list is answered from {seen:.3f} s after its write" if seen is not None else "a changed list was not seen")
    if seen is None:
        faults.append("a changed list was not seen")
    first = json.loads(ready(f"{origin}/readyz", serve))["index"]
    known = entries(origin)
    writers = Writers()
    try:
        time.sleep(3)
        for mode in ("uniform", "fresh", "zipf"):
            load("serve", origin, mode, options.seconds)["load"] = "writes"
        load("serve", origin, "uniform", options.seconds, rate=STEADY)["load"] = "steady"
        notes = []
        soak = load("serve", origin, "uniform", options.minutes * 60, notes, options.rate)
        soak.update(load="soak", memory_mib=[round(note) for note in notes], seen_after_seconds=seen)
    finally:
        writers.stop()
    added = entries(origin) - known
    last = json.loads(ready(f"{origin}/readyz", serve))["index"]
    soak.update(versions=last - first, lists_written=writers.lists, crawls=writers.crawls, entries_added=added)
    if last <= first:
        faults.append("no index version was published under writes")
    if added <= 0:
        faults.append("the crawl has written nothing")
    if not writers.crawls and options.minutes >= 5:
        faults.append("no crawl has come to its end")
    if writers.failures or not writers.lists:
        faults.append(f"{writers.failures} imports failed, {writers.lists} lists were written")
    say(f"{last - first} index versions, {writers.lists} changed lists, {writers.crawls} whole crawls, {added} new entries; MiB every ten seconds: {soak['memory_mib']}")
    end(serve)


def peer():
    environment.update(LOAD_SHARED=str(options.shared.resolve()), LOAD_WORK=str(options.work.resolve()))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("peer", [
        sys.executable, "-m", "uvicorn", "--app-dir", str(here), "peer:app", "--port", str(port), "--no-access-log", "--log-level", "warning"])
    origin = f"http://127.0.0.1:{port}"
    ready(f"{origin}/api/v1/users/{names[0]}/recommendations", process, 600)
    for mode in ("uniform", "zipf"):
        load("peer", origin, mode, options.seconds)["load"] = "rest"
    end(process)


def main():
    home = options.work / "home"
    home.mkdir()
    shutil.copytree(project / "schemas", home / "schemas")
    shutil.copytree(project / "Spiders", home / "Spiders")
    watched["mongod"] = mongod()
    for arguments in (("import", "entries", options.shared / "data/anime_meta.jsonl"), ("import", "ratings", options.work / "ratings.csv"), ("index", "build")):
        say("animematcher " + " ".join(map(str, arguments[:2])))
        subprocess.run(program("animematcher", *arguments), env=environment, cwd=options.work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ours()
    for name in ("serve", "lists", "crawl", "site"):
        watched.pop(name, None)
    if options.peer:
        peer()
    rest = {(r["who"], r["mode"]): r for r in results if r["load"] == "rest"}
    for mode in ("uniform", "zipf"):
        if ("peer", mode) in rest:
            own, other = rest["serve", mode], rest["peer", mode]
            print(f"{mode}: {own['per_second'] / other['per_second']:.1f} times the requests/s of FastAPI, {own['per_cpu_second'] / other['per_cpu_second']:.1f} times per CPU second")
    errors = sum(result["errors"] for result in results)
    if errors:
        faults.append(f"{errors} requests failed")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


try:
    main()
    for fault in faults:
        say(fault)
    if faults:
        sys.exit(1)
finally:
    for process in list(started):
        process.kill()
        process.wait()
