// Makes the page Find answer at once. Without it every form and button of the page does the same by loading the page again.

const form = document.getElementById("find");
const input = document.getElementById("q");
const list = document.getElementById("titles");
const summary = () => document.getElementById("summary");

// Forms: sent in the background; the parts of the page that may have changed are exchanged.

let newest;
let shown = location.search;

async function send(data, keepsFocus) {
    newest?.abort();
    const own = (newest = new AbortController());
    document.body.classList.add("is-busy");
    const posts = form.method === "post";
    const query = new URLSearchParams(data);
    try {
        const response = await fetch(posts ? "/" : `/?${query}`, {
            method: posts ? "POST" : "GET", body: posts ? query : undefined, headers: { Accept: "text/html" }, signal: own.signal,
        });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (!page.getElementById("results")) throw new Error("another page");
        if (!posts) history.pushState(null, "", response.url);
        shown = location.search;
        document.title = page.title;
        exchange(page, keepsFocus);
    } catch (error) {
        if (error.name === "AbortError") return;
        if (posts) form.submit();
        else location.assign(`/?${query}`);
    } finally {
        if (newest === own) document.body.classList.remove("is-busy");
    }
}

function exchange(page, keepsFocus) {
    const inside = document.activeElement?.closest("[data-live]");
    for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (!fresh) continue;
        const status = part.querySelector("[role=status]");
        const text = fresh.querySelector("[role=status]")?.textContent;
        part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
        // A region is read out when it changes, not when it comes: so the old one stays, and is filled.
        if (status) {
            part.querySelector("[role=status]").replaceWith(status);
            status.textContent = "";
            setTimeout(() => (status.textContent = text), 100);
        }
    }
    if (keepsFocus) input.focus();
    else if (inside && document.activeElement === document.body) document.getElementById("results-heading").focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const isSearch = event.submitter?.id === "search";
    if (!isSearch) data.delete("q");
    close();
    send(data, event.submitter?.name === "remove");
    if (!isSearch) input.value = "";
});

form.addEventListener("change", (event) => {
    if (event.target === input || event.target.id === "user") return;
    const data = new FormData(form);
    data.delete("q");
    send(data, false);
});

// Also comes when only the part behind '#' changes, which is the skip link's doing.
addEventListener("popstate", () => location.search !== shown && location.reload());

// Completion, after the pattern "combobox with list" of the ARIA Authoring Practices Guide.

input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-expanded", "false");
input.setAttribute("aria-controls", list.id);

const pause = 150;
let timer, asked, active = -1;

const options = () => [...list.children];

function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
}

function choose(position) {
    const all = options();
    if (!all.length) return;
    active = (position + all.length) % all.length;
    for (const [index, option] of all.entries()) option.setAttribute("aria-selected", String(index === active));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
}

function show(anime) {
    list.replaceChildren(...anime.map((one, index) => {
        const option = document.createElement("li");
        option.id = `title-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.anime = one.anime;
        const facts = document.createElement("small");
        facts.textContent = [one.type, one.year, ...one.genres.slice(0, 2)].filter(Boolean).join(" · ");
        option.append(one.anime, facts);
        return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !anime.length;
    input.setAttribute("aria-expanded", String(anime.length > 0));
    summary().textContent = anime.length === 1 ? "1 title" : `${anime.length} titles`;
}

async function ask(text) {
    asked?.abort();
    asked = new AbortController();
    try {
        const response = await fetch(`/api/v1/search?${new URLSearchParams({ q: text, count: 8 })}`, { signal: asked.signal });
        if (response.ok && input.value.trim() === text) show(await response.json());
    } catch (error) {
        if (error.name !== "AbortError") close();
    }
}

function mark(option) {
    const data = new FormData(form);
    data.delete("q");
    data.append("add_like", option.dataset.anime);
    input.value = "";
    close();
    send(data, true);
}

input.addEventListener("input", () => {
    const text = input.value.trim();
    clearTimeout(timer);
    if (!text) close();
    else timer = setTimeout(() => ask(text), pause);
});

input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden && input.value.trim()) ask(input.value.trim());
        choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
        mark(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
        close();
    } else return;
    event.preventDefault();
});

list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) mark(option);
});
input.addEventListener("blur", () => close());
