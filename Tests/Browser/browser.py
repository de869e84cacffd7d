"""What the browser tests share: Debian's Chromium driven by Playwright, the pages there are, and what every page must keep to.

A script imports this, opens a `Session` and states what it expects by `assert`. Run by BrowserTests.swift with the service's address as
first argument; screenshots go to the folder ANIMEMATCHER_SCREENSHOTS names, and nowhere without it.
"""
import contextlib
import json
import os
import pathlib
import time
import urllib.parse
import urllib.request

import axe_playwright_python
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("ANIMEMATCHER_CHROMIUM", "/usr/bin/chromium")
AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.glob("*axe.min.js")).read_text()
WIDE, PHONE = (1280, 900), (360, 740)
# How pages are looked at by `look_at_all`: colours do not depend on the width, so two views show all.
VIEWS = {"light": (WIDE, "light"), "phone-dark": (PHONE, "dark")}


def address(name, **values):
    """A page with these values in its query; lists are names that occur several times."""
    return name + ("?" + urllib.parse.urlencode(values, doseq=True, quote_via=urllib.parse.quote) if values else "")


def anime(title):
    """The page of an anime."""
    return "/anime/" + urllib.parse.quote(title, safe="")


def until(page, expression, argument=None):
    """Waits until an expression holds. By the debugger, as the page's policy forbids Playwright's own way, which evaluates in the page."""
    end = time.monotonic() + 30
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"never so: {expression}"
        page.wait_for_timeout(20)


class Session:
    """A browser, and the service it looks at."""

    def __init__(self, origin):
        self.origin = origin
        self.screenshots = os.environ.get("ANIMEMATCHER_SCREENSHOTS")

    def __enter__(self):
        self.wait_until_ready()
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def wait_until_ready(self):
        """The index is loaded a moment after the port is open."""
        for _ in range(600):
            with contextlib.suppress(OSError):
                if urllib.request.urlopen(self.origin + "/readyz").status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the service does not get ready")

    def ask(self, path):
        """What the API answers."""
        return json.load(urllib.request.urlopen(self.origin + "/api/v1" + path))

    @contextlib.contextmanager
    def page(self, size=WIDE, scheme="light", script=True, expected_errors=0):
        """A page in a profile of its own. Afterwards: nothing was complained of in the console, the policy was not broken, and nobody
        else was asked for anything but pictures."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=script, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(10_000)
        complaints, strangers = [], []
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append("dialog: " + dialog.message), dialog.dismiss()))
        page.on("request", lambda request: strangers.append(request.url)
                if request.resource_type != "image" and not request.url.startswith(self.origin + "/") else None)
        yield page
        context.close()
        assert len(complaints) <= expected_errors, f"console: {complaints}"
        assert not strangers, f"asked elsewhere: {strangers}"

    def open(self, page, path):
        return page.goto(self.origin + path, wait_until="load")

    def check(self, page, name):
        """Whether the page can be used by everybody (axe-core), and fits into its window; and takes a picture of it."""
        if self.screenshots:
            os.makedirs(self.screenshots, exist_ok=True)
            page.screenshot(path=f"{self.screenshots}/{name}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels wider than its window"
        # By the debugger: the page's policy lets no script in, and stays as it is.
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        told = [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes'][:3]]} {v['nodes'][0]['failureSummary']}" for v in found]
        assert not told, f"{name}: {told}"

    def look_at_all(self, pages):
        """Checks pages, given as name → path or (path, status), in every view."""
        for name, path in pages.items():
            path, status = path if isinstance(path, tuple) else (path, 200)
            for view, (size, scheme) in VIEWS.items():
                # The browser itself complains of a page that is answered by an error.
                with self.page(size, scheme, expected_errors=0 if status < 400 else 1) as page:
                    response = self.open(page, path)
                    assert response.status == status, f"{name}: {response.status}"
                    self.check(page, f"{name}-{view}")
