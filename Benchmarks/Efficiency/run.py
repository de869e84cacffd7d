"""Crawls the demo site on many hosts, each with its delay, by the real program, and says how near that is to the fastest polite crawl.

Twice: from the start pages, when the last pages are found where they are found, and with all pages known.

    run.py DEMO_SITE ANIMEMATCHER HOSTS PAGES DELAY

PAGES is how many there are on each host, about; DELAY in seconds. Needs MONGODB_URI. The bound is computed twice: by the program, from what it
asked and promised, and here, from the site's access log, by the same rule: of n requests to a host the last answer ends no earlier than
(n - 1) * DELAY plus the time of the answers. A gap below DELAY, or two figures that differ, end it with an error. Every host has a start page:
time in which a host is not known yet is the site's doing.
"""
import collections
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pymongo

demo_site, program = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
hosts, pages, delay = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
project = pathlib.Path(__file__).resolve().parents[2]
DATABASE = f"benchmark_efficiency_{hosts}"
# An entry has two pages on average, a member two; what else there is are lists.
anime, members = max(hosts, hosts * pages * 3 // 8), max(8, hosts * pages // 12)


def home(folder, port):
    """A project folder with the site's spider and configuration."""
    shutil.copytree(project / "schemas", folder / "schemas")
    shutil.copytree(project / "Spiders", folder / "Spiders")
    names = [f"h{number}.demo.test" for number in range(hosts)]
    starts = [f'  - {{url: "http://h{number % hosts}.demo.test/anime/{number}", page: anime}}' for number in range(1, hosts + 1)]
    (folder / "Spiders/spread.yaml").write_text("\n".join([
        "extends: demo", "site: spread", "name: Demo site on many hosts", f"hosts: [{', '.join(names)}]",
        "terms: {note: A made-up catalogue of this project.}",
        f"politeness: {{delay: {round(delay * 1000)}ms, connections: 1}}", "start:",
        '  - {url: "http://h0.demo.test/topanime.php", page: ranking, priority: 20}',
        '  - {url: "http://h0.demo.test/users.php?show=0", page: users}', *starts, ""]), encoding="utf-8")
    origins = [f'      "http://{name}": http://127.0.0.1:{port}' for name in names]
    (folder / "animematcher.yaml").write_text(
        "\n".join(["sites:", "  spread:", "    connect_to:", *origins, ""]), encoding="utf-8")


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def of_log(lines):
    """The bound in seconds, the time from the first request to the last answer, requests, and the smallest gap of a host."""
    log = [json.loads(line) for line in lines]
    by_host = collections.defaultdict(list)
    for entry in log:
        by_host[entry["host"]].append((seconds(entry["arrived"]), seconds(entry["finished"])))
    bound, smallest = 0.0, float("inf")
    for requests in by_host.values():
        requests.sort()
        bound = max(bound, (len(requests) - 1) * delay + sum(end - begin for begin, end in requests))
        smallest = min([smallest] + [later[0] - earlier[1] for earlier, later in zip(requests, requests[1:])])
    first, last = min(times[0][0] for times in by_host.values()), max(times[-1][1] for times in by_host.values())
    return bound, last - first, len(log), smallest


class Site:
    """The demo site while it runs, and a project folder to crawl it from."""

    def __init__(self, folder):
        self.folder, self.log, self.read = folder, folder / "access.jsonl", 0
        port_file = folder / "port"
        self.process = subprocess.Popen(
            [demo_site, "--anime", str(anime), "--users", str(members), "--hosts", str(hosts), "--port-file", port_file,
             "--access-log", self.log], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not port_file.exists():
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit("efficiency: the demo site does not start")
            time.sleep(0.05)
        home(folder, int(port_file.read_text(encoding="utf-8")))

    def run(self, *arguments):
        """Runs the program; what it printed and what it took."""
        environment = {**os.environ, "ANIMEMATCHER_HOME": str(self.folder), "ANIMEMATCHER_DATABASE": DATABASE}
        process = subprocess.Popen([program, *arguments], env=environment, cwd=self.folder, stdout=subprocess.PIPE)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"efficiency: {' '.join(arguments)} failed: {output.decode()}")
        return output, usage

    def new_log(self):
        """The lines of the log since the last time."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        new, self.read = lines[self.read:], len(lines)
        return new


def measure(site, benchmark, *arguments):
    """Crawls, and prints a line."""
    output, usage = site.run("crawl", "spread", "--json", *arguments)
    log = site.new_log()
    if "BENCHMARKS_LOG" in os.environ:
        pathlib.Path(os.environ["BENCHMARKS_LOG"]).write_text("\n".join(log) + "\n", encoding="utf-8")
    summary, (bound, span, requests, smallest) = json.loads(output.splitlines()[-1]), of_log(log)
    reached = summary["efficiency"]
    print(json.dumps({
        "benchmark": benchmark, "hosts": hosts, "delay_seconds": delay, "pages": summary["counters"]["pages"],
        "requests": requests, "bound_seconds": round(reached["bound_seconds"], 2), "seconds": round(reached["seconds"], 2),
        "efficiency": round(reached["reached"], 4), "bound_of_log_seconds": round(bound, 2),
        "span_of_log_seconds": round(span, 2), "efficiency_of_log": round(bound / span, 4),
        "smallest_gap_seconds": round(smallest, 4), "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "client_peak_mib": usage.ru_maxrss // 1024}), flush=True)
    if smallest < delay:
        sys.exit(f"efficiency: a host was asked {smallest:.4f} s after its last answer, promised were {delay} s")
    if abs(bound - reached["bound_seconds"]) > 0.02 * bound + 0.5:
        sys.exit(f"efficiency: the program's bound is {reached['bound_seconds']:.2f} s, the access log's {bound:.2f} s")


client = pymongo.MongoClient(os.environ["MONGODB_URI"])
client.drop_database(DATABASE)
with tempfile.TemporaryDirectory() as name:
    site = Site(pathlib.Path(name))
    try:
        measure(site, "efficiency")
        # Now that every page is known, nobody waits for links.
        for page in sorted(client[DATABASE].frontier.distinct("page")):
            site.run("frontier", "recrawl", "spread", "--page", page)
        measure(site, "efficiency, all known", "--resume")
    finally:
        site.process.terminate()
        site.process.wait()
client.drop_database(DATABASE)
