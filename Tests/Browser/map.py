"""The page Map: drawn on a canvas, gone through by keys, pointer and search; without script a picture and a list."""
import contextlib
import sys
import time
import urllib.request

from browser import Session, address, until

origin = sys.argv[1]


def wait_for_map():
    """The map is made a moment after the index."""
    for _ in range(600):
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(origin + "/map.json").status == 200:
                return
        time.sleep(0.05)
    raise AssertionError("no map is published")


def view(page):
    """Where the canvas stands: x, y, scale."""
    return [float(part) for part in page.locator("canvas").get_attribute("data-view").split()]


def colours(page):
    """How many different pixels the canvas has."""
    return page.evaluate("""() => {
        const canvas = document.querySelector("canvas");
        const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(bytes.buffer)).size;
    }""")


def changes(page, act):
    """Waits until the view is another one after an act, and returns both."""
    before = page.locator("canvas").get_attribute("data-view")
    act()
    until(page, "before => document.querySelector('canvas').dataset.view !== before", before)
    return [float(part) for part in before.split()], view(page)


def with_script(session, title):
    with session.page() as page:
        session.open(page, address("/map", like=title))
        canvas = page.locator("canvas")
        until(page, "() => document.querySelector('canvas')?.dataset.view")
        assert colours(page) > 20, "the canvas is blank"
        canvas.focus()
        (x, _, _), (moved, _, _) = changes(page, lambda: page.keyboard.press("ArrowLeft"))
        assert moved < x
        (_, _, scale), (_, _, larger) = changes(page, lambda: page.keyboard.press("+"))
        assert larger > scale
        frame = canvas.bounding_box()
        page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        changes(page, lambda: page.mouse.wheel(0, -300))
        page.get_by_role("button", name="None").click()
        until(page, "() => document.querySelectorAll('.map-topics input:checked').length === 0")
        page.get_by_role("button", name="All", exact=True).click()
        page.get_by_role("searchbox").fill(title[:6])
        page.locator("#map-found a", has_text=title).first.wait_for()
        session.check(page, "map-search")
        # The best known is in the middle of the view when it is looked for, and there it is clicked.
        page.get_by_role("searchbox").fill(title)
        page.get_by_role("searchbox").press("Enter")
        until(page, "() => document.querySelectorAll('#map-found a').length > 0")
        page.wait_for_timeout(100)
        canvas.focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowRight")
        page.locator(".map-card a").wait_for()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/anime/" in page.url, page.url
    with session.page() as page:
        session.open(page, address("/map", q=title))
        until(page, "() => document.querySelector('canvas')?.dataset.view")
        frame = page.locator("canvas").bounding_box()
        page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        page.locator(".map-card:not([hidden])").wait_for()
        with page.expect_navigation():
            page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        assert "/anime/" in page.url, page.url


def without_script(session, title):
    with session.page(script=False) as page:
        session.open(page, address("/map", like=title, q=title))
        assert page.locator("svg.map-picture").is_visible()
        topics = page.locator("svg.map-picture g.dots").count()
        assert topics > 1 and page.locator(".topic-list > li").count() == topics
        assert page.locator("svg .mark").count() > 0
        box = page.locator(".map-topics input").first
        layer = page.locator("svg.map-picture g.dots").first
        assert layer.is_visible()
        box.uncheck()
        assert not layer.is_visible()
        with page.expect_navigation():
            page.locator(".topic-list a").first.click()
        assert "/anime/" in page.url, page.url


with Session(origin) as session:
    wait_for_map()
    title = session.ask("/map")["anime"][0]["anime"]
    session.look_at_all({"map": "/map"})
    with_script(session, title)
    without_script(session, title)
print("ok")
