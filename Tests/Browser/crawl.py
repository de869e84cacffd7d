"""The page Crawl while a crawl runs: it is kept up by itself, disturbs nobody, says when nobody answers, and has buttons for who signed in."""
import sys

from browser import PHONE, Session, until

origin, token = sys.argv[1:3]


def pages(page):
    """The pages of the run under way, as the page shows them."""
    return page.locator("#site-demo tr[id^=run-]").first.locator("td[data-label=Pages]").inner_text()


def changes(page, before):
    until(page, "before => document.querySelector('#site-demo tr[id^=run-] td[data-label=Pages]').innerText !== before", before)


def watched(session):
    with session.page(expected_errors=1) as page:
        session.open(page, "/crawl")
        page.get_by_text("Crawls under way").first.wait_for()
        assert page.locator("#site-demo button").count() == 0
        page.evaluate("window.kept = document.querySelector('#site-demo tbody tr')")
        page.get_by_text("As a list").first.click()
        page.evaluate("scrollTo(0, 200)")
        scrolled = page.evaluate("scrollY")
        changes(page, pages(page))
        # The rows are the same rows, what was opened is open, nothing has moved.
        assert page.evaluate("window.kept === document.querySelector('#site-demo tbody tr')")
        assert page.locator("#site-demo .site-grid details").first.get_attribute("open") is not None
        assert page.evaluate("scrollY") == scrolled
        assert page.locator("#crawl-say").inner_text() == "", "numbers alone are not announced"

        page.get_by_role("button", name="Stop updating").click()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_role("button", name="Update again").click()
        until(page, "document.getElementById('crawl-updated').textContent.startsWith('Live. Updated')")
        assert asked and asked[0] == origin + "/crawl/live", asked

        page.context.set_offline(True)
        until(page, "!document.getElementById('crawl-lost').hidden")
        assert "The connection is lost" in page.locator("#crawl-lost").inner_text()
        page.context.set_offline(False)
        until(page, "document.getElementById('crawl-lost').hidden")


def steered(session):
    with session.page() as page:
        session.open(page, "/crawl")
        page.get_by_role("link", name="Sign in to steer").click()
        session.check(page, "crawl-sign-in")
        page.get_by_label("Token").fill(token)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Sign out").wait_for()
        assert page.evaluate("document.cookie") == "", "scripts cannot read the session"

        field = page.locator("#url-demo")
        field.press_sequentially("http://127")
        changes(page, pages(page))
        assert field.input_value() == "http://127" and field.evaluate("e => e === document.activeElement")

        page.get_by_role("button", name="Pause demo").click()
        page.get_by_text("demo is paused: it is asked nothing").wait_for()
        assert page.locator("#crawl-message").evaluate("e => e === document.activeElement")
        page.wait_for_url(origin + "/crawl")
        session.check(page, "crawl-paused")
        page.emulate_media(color_scheme="dark")
        session.check(page, "crawl-dark")
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        session.check(page, "crawl-phone")
        page.get_by_role("button", name="Resume demo").click()
        page.get_by_text("demo goes on.").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("link", name="Sign in to steer").wait_for()


def without_script(session):
    with session.page(script=False) as page:
        session.open(page, "/crawl")
        page.get_by_role("link", name="Sign in to steer").click()
        page.get_by_label("Token").fill(token)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Stop the crawl of demo").click()
        page.get_by_text("1 crawl of demo ends").wait_for()


with Session(origin) as session:
    session.look_at_all({"crawl": "/crawl"})
    watched(session)
    steered(session)
    without_script(session)
print("ok")
