"""Lays out the site that the pipeline benchmark crawls: /anime/1 … /anime/N, made of the recorded pages, precompressed.

    site.py WORKLOAD PAGES PORT

Every link of a page to another work leads to a page of the site. The same pages are written twice: `site-1` links within one host, as the
peers in ../shared/bench expect; `site-10` links to the host that a page belongs to, one of ten (a port each: PORT + 1 + number % 10).
"""
import gzip
import itertools
import pathlib
import random
import re
import sys

HOSTS = 10
# The text of the heading, which gets the page's number: 5,000 anime of 35 names would be one anime of 143 parts each.
TITLE = re.compile(r"<h1[^>]*>(?:\s*<[^>]*>)*[^<]+")
LINK = re.compile(r'href="(?:https?://myanimelist\.net)?/anime/(\d+)((?:/[^"]*)?)"')


def address(number, hosts, port):
    return f"/anime/{number}" if hosts == 1 else f"http://127.0.0.1:{port + 1 + number % HOSTS}/anime/{number}"


def page(text, number, count, hosts, port):
    """The page of a number: its links lead to two pages that make the site whole, and to others, the same ones every time."""
    chosen = random.Random(number)
    targets = itertools.chain((2 * number, 2 * number + 1), iter(lambda: chosen.randint(1, count), 0))
    known = {}

    def link(match):
        work, rest = match[1], match[2]
        if rest.count("/") > 1:
            return f'href="https://myanimelist.net/anime/{work}{rest}"'
        if work not in known:
            known[work] = next(target for target in targets if target <= count)
        return f'href="{address(known[work], hosts, port)}"'

    return TITLE.sub(rf"\g<0> {number}", LINK.sub(link, text), count=1)


def main(work, count, port):
    files = (work / "pages.txt").read_text(encoding="utf-8").split("\n")[:-1]
    texts = [pathlib.Path(file).read_text(encoding="utf-8", errors="replace") for file in files]
    stamp, wanted = work / "pipeline-site.txt", f"3: {count} pages, port {port}, of {' '.join(files)}\n"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"site: writing {count} pages twice, which takes a minute", file=sys.stderr)
    for hosts in (1, HOSTS):
        folder = work / f"site-{hosts}" / "anime"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, count + 1):
            text = page(texts[number % len(texts)], number, count, hosts, port)
            (folder / f"{number}.gz").write_bytes(gzip.compress(text.encode(), 6, mtime=0))
    stamp.write_text(wanted, encoding="utf-8")


main(pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
