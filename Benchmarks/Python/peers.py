"""Measures the PyPI peers on the prepared workload; one JSON line each, in the form of ours.

    peers.py WORKLOAD [NAME…]
"""
import asyncio
import json
import pathlib
import resource
import sys
from importlib.metadata import version

work, names = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
MINIMUM_ROUNDS, MINIMUM_SECONDS, MAXIMUM_SECONDS = 5, 1.5, 20.0


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(benchmark, who, unit, work_round):
    """Repeats rounds until the fastest is known, as ours does."""
    best, spent, rounds = float("inf"), 0.0, 0
    while rounds < MINIMUM_ROUNDS or spent < MINIMUM_SECONDS:
        start = cpu()
        operations, result = work_round()
        seconds = cpu() - start
        spent, best, rounds = spent + seconds, min(best, seconds), rounds + 1
        if spent > MAXIMUM_SECONDS:
            break
    print(json.dumps({
        "benchmark": benchmark, "who": who, "unit": unit, "per_cpu_second": operations / best, "operations": operations,
        "rounds": rounds, "result": result, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)


def lines(name):
    return (work / name).read_text(encoding="utf-8").split("\n")[:-1]


def pages(name):
    return [pathlib.Path(file).read_bytes() for file in lines(name)]


XPATHS = [
    (False, "//h1[contains(@class,'title-name')]/strong/text()"), (False, "//p[contains(@class,'title-english')]/text()"),
    (True, "//p[@itemprop='description']//text()"), (False, "//span[@itemprop='ratingValue']/text()"),
    (False, "//span[@itemprop='ratingCount']/text()"), (False, "//img[@itemprop='image']/@data-src"),
    (False, "//span[@class='dark_text'][.='Type:']/following-sibling::a/text()"),
    (False, "//span[@class='dark_text'][.='Episodes:']/following-sibling::text()"),
    (False, "//span[@class='dark_text'][.='Aired:']/following-sibling::text()"),
    (False, "//span[@class='dark_text'][.='Members:']/following-sibling::text()"),
    (True, "//span[@class='dark_text'][.='Studios:']/following-sibling::a/text()"), (True, "//span[@itemprop='genre']/text()"),
    (True, "//table[@class='anime_detail_related_anime']//a/@href"), (True, "//li[contains(@class,'btn-anime')]/a/@href"),
    (True, "//h3[@class='h3_characters_voice_actors']/a/text()"), (True, "//a[starts-with(@href,'/anime/')]/@href"),
]


def count(all_wanted, strings):
    if all_wanted:
        return len(strings)
    return 1 if any(string.strip() for string in strings) else 0


def parse():
    from lxml import etree
    from parsel import Selector
    from selectolax.lexbor import LexborHTMLParser

    compiled = [(wanted, etree.XPath(path, smart_strings=False)) for wanted, path in XPATHS]
    parser = etree.HTMLParser(encoding="utf-8")

    def with_lxml(page):
        tree = etree.HTML(page, parser=parser)
        return sum(count(wanted, path(tree)) for wanted, path in compiled)

    def with_parsel(page):
        selector = Selector(text=page.decode("utf-8", "replace"))
        return sum(count(wanted, selector.xpath(path).getall()) for wanted, path in XPATHS)

    single = ["h1[class*=title-name] strong", "p[class*=title-english]", "span[itemprop=ratingValue]", "span[itemprop=ratingCount]"]
    several = [
        ("p[itemprop=description]", None), ("span[itemprop=genre]", None), ("table.anime_detail_related_anime a", "href"),
        ("li[class*=btn-anime] > a", "href"), ("h3.h3_characters_voice_actors a", None), ("a[href^='/anime/']", "href")]
    labels = {"Type:", "Episodes:", "Aired:", "Members:", "Studios:"}

    def with_lexbor(page):
        tree = LexborHTMLParser(page)
        found = sum(1 for query in single if (node := tree.css_first(query)) and node.text().strip())
        image = tree.css_first("img[itemprop=image]")
        found += 1 if image and image.attributes.get("data-src") else 0
        for query, attribute in several:
            found += len([node.attributes.get(attribute) if attribute else node.text() for node in tree.css(query)])
        for span in tree.css("span.dark_text"):
            if span.text().strip() in labels and span.parent.text().split(":", 1)[1].strip():
                found += 1
        return found

    for name, listed in (("parse+16", "pages.txt"), ("parse+16, all pages", "all-pages.txt")):
        some = pages(listed)
        for who, read in ((f"lxml {version('lxml')}", with_lxml), (f"parsel {version('parsel')}", with_parsel),
                          (f"selectolax {version('selectolax')} (lexbor)", with_lexbor)):
            measure(name, who, "pages", lambda read=read: (len(some), sum(read(page) for page in some)))
    some = pages("pages.txt")
    measure("parse", f"lxml {version('lxml')}", "pages",
            lambda: (len(some), sum(len(etree.HTML(page, parser=parser)) for page in some)))
    measure("parse", f"selectolax {version('selectolax')} (lexbor)", "pages",
            lambda: (len(some), sum(1 for page in some if LexborHTMLParser(page).root)))


def fetch():
    import aiohttp
    urls = lines("fetch-urls.txt")

    async def run():
        total, waiting = 0, iter(urls)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=32)) as session:
            async def worker():
                nonlocal total
                for url in waiting:
                    async with session.get(url) as response:
                        total += len(await response.read())
            await asyncio.gather(*(worker() for _ in range(32)))
        return total

    measure("fetch+gunzip", f"aiohttp {version('aiohttp')}", "pages", lambda: (len(urls), asyncio.run(run())))


def robots():
    from protego import Protego
    sites = [json.loads(line) for line in lines("robots.jsonl")]
    parsed = [(Protego.parse(site["robots_txt"]), site["probes"]) for site in sites]
    probes = sum(len(site["probes"]) for site in sites)
    who = f"protego {version('protego')}"
    measure("robots match", who, "URLs",
            lambda: (probes, sum(rules.can_fetch(url, agent) for rules, asked in parsed for agent, url in asked)))
    measure("robots parse", who, "files",
            lambda: (len(sites), sum(len(set(Protego.parse(site["robots_txt"]).sitemaps)) for site in sites)))


def canonicalise():
    from w3lib.url import canonicalize_url
    for name, listed in (("canonicalise", "urls.txt"), ("canonicalise odd ones", "odd-urls.txt")):
        urls = lines(listed)
        measure(name, f"w3lib {version('w3lib')}", "URLs", lambda: (len(urls), sum(len(canonicalize_url(url)) for url in urls)))


def url():
    from urllib.parse import urlsplit
    from yarl import URL
    urls = lines("urls.txt")
    urlsplit_cached = getattr(urlsplit, "cache_clear", None)

    def standard():
        if urlsplit_cached:
            urlsplit_cached()
        return len(urls), sum(len(urlsplit(text).geturl()) for text in urls)

    measure("URL parse", "urllib.parse.urlsplit", "URLs", standard)

    def with_yarl():
        from yarl import cache_clear
        cache_clear()
        return len(urls), sum(len(str(URL(text))) for text in urls)

    measure("URL parse", f"yarl {version('yarl')}", "URLs", with_yarl)


def selectors():
    from cssselect import HTMLTranslator
    from cssselect.parser import SelectorError
    from cssselect.xpath import ExpressionError
    from lxml import etree
    sources = lines("selectors.txt")

    def translate(compiling):
        done = 0
        translator = HTMLTranslator()
        for source in sources:
            try:
                xpath = translator.css_to_xpath(source)
            except (SelectorError, ExpressionError):
                continue
            if compiling:
                try:
                    etree.XPath(xpath)
                except etree.XPathError:
                    continue
            done += 1
        return len(sources), done

    measure("compile selector", f"cssselect {version('cssselect')}, to text", "selectors", lambda: translate(False))
    measure("compile selector", f"cssselect + lxml {version('lxml')}", "selectors", lambda: translate(True))


def encoding():
    from w3lib.encoding import html_to_unicode
    for name in ("utf-8", "windows-1251", "shift_jis"):
        some = pages(f"pages-{name}.txt")
        measure(f"decode {name}", f"w3lib {version('w3lib')}", "pages",
                lambda: (len(some), sum(len(html_to_unicode(None, page)[1].encode()) for page in some)))


def sitemap():
    from lxml import etree
    data = (work / "sitemap.xml").read_bytes()

    def read():
        # As Scrapy's Sitemap: a dictionary of each url's children.
        root = etree.fromstring(data, parser=etree.XMLParser(recover=True, remove_comments=True, resolve_entities=False))
        found = 0
        for element in root.getchildren():
            entry = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element.getchildren()}
            found += "loc" in entry
        return found, found

    measure("sitemap", f"lxml {version('lxml')}", "addresses", read)


BENCHMARKS = [parse, fetch, robots, canonicalise, url, selectors, encoding, sitemap]
for benchmark in BENCHMARKS:
    if not names or benchmark.__name__ in names:
        benchmark()
