"""Lays out the workload: the same files for us and for every peer.

    prepare.py SHARED WORKLOAD PORT

SHARED holds recorded pages and other projects' suites, where there are any. Without it pages are taken from the fixtures, which
are small: the figures then say little, and this says so.
"""
import gzip
import json
import pathlib
import re
import sys
from urllib.parse import urljoin

CHOSEN = 35
PAGE_BYTES = 100_000
FETCHES = 1_400

shared, work, port = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
project = pathlib.Path(__file__).resolve().parents[2]
work.mkdir(parents=True, exist_ok=True)


def write(name, lines):
    (work / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def recorded():
    """Anime pages, the newest desktop ones of full size first."""
    rows = [json.loads(line) for line in (shared / "pages/index.jsonl").open(encoding="utf-8")]
    rows = [row for row in rows if row["file"].startswith("myanimelist/anime/")]
    rows.sort(key=lambda row: (row["layout"] == "desktop" and row["size"] >= PAGE_BYTES, row["date"], row["file"]), reverse=True)
    return [(str(shared / "pages" / row["file"]), row["mal_id"] or 1) for row in rows]


def fixtures():
    print("prepare: no recorded pages; the fixtures are small, so figures say little", file=sys.stderr)
    folder = project / "Tests/Fixtures/spiders/myanimelist"
    return [(str(file), 90001) for file in sorted(folder.glob("anime*.html"))]


has_pages = (shared / "pages/index.jsonl").exists()
pages = recorded() if has_pages else fixtures()
for name, some in (("pages", pages[:CHOSEN]), ("all-pages", pages)):
    write(f"{name}.txt", [file for file, _ in some])
    write(f"{name}-urls.txt", [f"https://myanimelist.net/anime/{number}/x" for _, number in some])
chosen = [file for file, _ in pages[:CHOSEN]]

# Compressed once, as a site would send them.
(work / "site").mkdir(exist_ok=True)
for index, file in enumerate(chosen):
    (work / f"site/{index}.html.gz").write_bytes(gzip.compress(pathlib.Path(file).read_bytes(), 6, mtime=0))
write("fetch-urls.txt", [f"http://127.0.0.1:{port}/{index % len(chosen)}.html" for index in range(FETCHES)])

# The same pages in other encodings, declaring them.
for encoding in ("utf-8", "windows-1251", "shift_jis"):
    files = []
    for index, file in enumerate(chosen):
        text = pathlib.Path(file).read_text(encoding="utf-8", errors="replace")
        text = re.sub(r"(?i)charset=[\"']?utf-8", f"charset={encoding}", text)
        target = work / f"page-{index}-{encoding}.html"
        target.write_bytes(text.encode(encoding, "xmlcharrefreplace"))
        files.append(target)
    write(f"pages-{encoding}.txt", files)

# URLs as they stand in links.
urls = set()
for file, number in pages:
    text = pathlib.Path(file).read_text(encoding="utf-8", errors="replace")
    for href in re.findall(r'href="([^"#\s][^"\n]*)"', text):
        url = urljoin(f"https://myanimelist.net/anime/{number}", href.replace("&amp;", "&"))
        if url.startswith("http"):
            urls.add(url)
write("urls.txt", sorted(urls)[:20_000])

odd = {"http://x.com/do?c=3&b=5&b=2&a=50", "http://x.com/a%20b/../c?q=%C3%A9&a=+%2B", "http://USER:pw@X.com:80/%7Ea/%2f?B=1&b=&c#f"}
suite = shared / "suites/w3lib/canonicalize_url.jsonl"
if suite.exists():
    odd |= {row["url"] for row in map(json.loads, suite.open(encoding="utf-8")) if isinstance(row["url"], str) and "://" in row["url"]}
write("odd-urls.txt", [url for url in sorted(odd) if "\n" not in url])

rows = []
suite = shared / "suites/robots-unified/real_robots_differential.jsonl.gz"
if suite.exists():
    for line in gzip.open(suite, "rt", encoding="utf-8"):
        row = json.loads(line)
        if row.get("robots_txt"):
            rows.append({"robots_txt": row["robots_txt"], "probes": [probe[:2] for probe in row["probes"]]})
else:
    text = "User-agent: *\nDisallow: /private/\nAllow: /private/x*y$\nDisallow: /*.php\nCrawl-delay: 2\n"
    rows = [{"robots_txt": text, "probes": [["AnimeMatcher", f"https://a.example/{path}/1"] for path in ("private", "b", "c.php")]}]
write("robots.jsonl", [json.dumps(row, ensure_ascii=False) for row in rows])

selectors = set(
    "h1.title-name > strong;p[itemprop='description'];span[class='dark_text'] ~ a;a[href^='/anime/'];div#content td.borderClass;"
    "ul li:first-child;table.anime_detail_related_anime tr > td:nth-child(2) a;:not(.ad) > img[data-src]".split(";"))
suite = shared / "suites/cssselect/select_html.jsonl"
if suite.exists():
    # `:contains` and namespaces are left to both, `:scope` and relative ones are not cssselect's.
    selectors |= {row["css"] for row in map(json.loads, suite.open(encoding="utf-8")) if "\n" not in row["css"]}
write("selectors.txt", sorted(selectors))

entries = "".join(
    f"<url><loc>https://anime.example/anime/{n}/Some_Title_{n}?a=1&amp;b={n}</loc><lastmod>2026-01-0{n % 9 + 1}</lastmod>"
    f"<changefreq>weekly</changefreq><priority>0.{n % 10}</priority></url>\n" for n in range(20_000))
(work / "sitemap.xml").write_text(
    f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n')
print(f"prepare: {len(chosen)} pages of {sum(pathlib.Path(f).stat().st_size for f in chosen) // len(chosen)} bytes, {len(pages)} in all, "
      f"{len(urls)} URLs, {len(rows)} robots.txt, {len(selectors)} selectors", file=sys.stderr)
