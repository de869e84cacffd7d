// Asks for the live part of the page every few seconds and takes over what has changed, element by element: what has the focus keeps it,
// what was opened stays open, what is being typed stays. Stops while nobody looks, and says when nobody answers.

const every = 3000, longest = 30000;
const live = document.getElementById("crawl-live");
const said = document.getElementById("crawl-say");
const lost = document.getElementById("crawl-lost");
const updated = document.getElementById("crawl-updated");
const toggle = document.getElementById("crawl-toggle");
let tag = `W/"${live.dataset.tag}"`, timer = 0, pause = every, heard = new Date(), isStopped = false, request = null;

const clock = (date) => date.toLocaleTimeString([], { hour12: false });

function same(old, fresh) {
    return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");
}

function sync(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
        if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
        return;
    }
    // Whether something is open is the reader's to say.
    const isKept = (name) => name === "open" && old.nodeName === "DETAILS";
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !isKept(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) {
        if (old.getAttribute(name) !== value && !isKept(name)) old.setAttribute(name, value);
    }
    children(old, fresh);
}

function children(old, fresh) {
    let at = old.firstChild;
    for (const child of [...fresh.childNodes]) {
        let match = at;
        // Something that is named is looked for further on, so that others coming and going before it leave it alone.
        if (child.id) while (match && match.id !== child.id) match = match.nextSibling;
        if (match && same(match, child)) {
            if (match === at) at = at.nextSibling; else old.insertBefore(match, at);
            sync(match, child);
        } else if (at && !at.id && at.nodeName !== child.nodeName || !at || at.id || child.id) {
            old.insertBefore(child, at);
        } else {
            const next = at.nextSibling;
            old.replaceChild(child, at);
            at = next;
        }
    }
    while (at) {
        const next = at.nextSibling;
        at.remove();
        at = next;
    }
}

function take(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("crawl-part");
    const part = document.getElementById("crawl-part");
    if (!fresh || !part) return;
    if (fresh.dataset.states !== part.dataset.states) said.textContent = fresh.dataset.states;
    sync(part, fresh);
}

async function look() {
    request = new AbortController();
    const patience = setTimeout(() => request.abort(), 15000);
    try {
        const answer = await fetch("/crawl/live", { headers: { "If-None-Match": tag }, cache: "no-store", signal: request.signal });
        if (answer.status !== 304) {
            if (!answer.ok) throw new Error(`status ${answer.status}`);
            take(await answer.text());
            tag = answer.headers.get("ETag") ?? "";
        }
        heard = new Date();
        pause = every;
        lost.hidden = true;
        updated.textContent = `Live. Updated at ${clock(heard)}.`;
    } catch {
        if (isStopped || document.hidden) return;
        pause = Math.min(longest, pause * 2);
        lost.textContent = `The connection is lost: no answer since ${clock(heard)}. What you see is of then; it is tried again.`;
        lost.hidden = false;
        updated.textContent = `Updated at ${clock(heard)}.`;
    } finally {
        clearTimeout(patience);
        request = null;
        wait();
    }
}

function wait() {
    clearTimeout(timer);
    if (!isStopped && !document.hidden) timer = setTimeout(look, pause);
}

function goOn() {
    clearTimeout(timer);
    if (!isStopped && !document.hidden && !request) look();
}

document.addEventListener("visibilitychange", goOn);
addEventListener("online", () => { pause = every; goOn(); });
toggle.addEventListener("click", () => {
    isStopped = !isStopped;
    toggle.textContent = isStopped ? "Update again" : "Stop updating";
    if (isStopped) {
        request?.abort();
        updated.textContent = `Stopped. Updated at ${clock(heard)}.`;
    }
    goOn();
});
toggle.hidden = false;
updated.textContent = "Live.";

// What was said is said once: a reload, or a link that is passed on, does not say it again.
const message = document.getElementById("crawl-message");
if (message) {
    history.replaceState(null, "", "/crawl");
    message.focus({ preventScroll: true });
}
wait();
