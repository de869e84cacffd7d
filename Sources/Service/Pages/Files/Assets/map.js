// The story map made explorable: the picture of the page is replaced by a canvas that is drawn from /map.json.

import { PointGrid, View } from "./map-view.js";
import { Painter } from "./map-painter.js";

const keyStep = 60;
const keyZoom = 1.3;
const dragThreshold = 4;
const pointerReach = 14;

const stage = document.getElementById("map-stage");
const search = document.getElementById("map-search");
const found = document.getElementById("map-found");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

const address = (title) => `/anime/${encodeURIComponent(title)}`;

class MapCanvas {
    constructor(map) {
        this.map = map;
        this.view = new View();
        this.state = { shown: map.topics.map(() => true), liked: [], found: [], pointed: -1, topic: -1 };
        this.canvas = element("canvas", { className: "map-canvas", tabIndex: 0 });
        this.canvas.setAttribute("role", "application");
        this.canvas.setAttribute("aria-label", "Map of anime by story");
        this.canvas.setAttribute("aria-describedby", "map-help");
        this.card = element("div", { className: "map-card", hidden: true });
        this.said = element("p", { className: "visually-hidden" });
        this.said.setAttribute("role", "status");
        this.grid = new PointGrid(map.xs, map.ys);
        this.pointers = new Map();
        stage.append(this.canvas, this.buttons(), this.help(), this.card, this.said);
        this.painter = new Painter(this.canvas, map);
        this.listen();
    }

    help() {
        return element("p", {
            id: "map-help", className: "map-help",
            textContent: "Drag to move, scroll to zoom. Keys: arrows, + and −, 0 for all; Enter opens what is ringed.",
        });
    }

    buttons() {
        const button = (text, label, action) => {
            const made = element("button", { type: "button", textContent: text, onclick: action });
            made.setAttribute("aria-label", label);
            return made;
        };
        const middle = (factor) => () => this.zoomBy(factor, this.view.width / 2, this.view.height / 2);
        return element("div", { className: "map-buttons" }, button("+", "Zoom in", middle(1.6)),
            button("−", "Zoom out", middle(1 / 1.6)), button("⤢", "Show all", () => this.goTo(0.5, 0.5, 1)));
    }

    listen() {
        new ResizeObserver(() => this.resize()).observe(stage);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
            this.painter.readColours();
            this.redraw();
        });
        const { canvas } = this;
        // Also over the card that is held there.
        stage.addEventListener("wheel", (event) => {
            event.preventDefault();
            const [left, top] = this.place(event);
            this.stopFlight();
            this.zoomNow(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), left, top);
        }, { passive: false });
        canvas.addEventListener("pointerdown", (event) => this.pressed(event));
        canvas.addEventListener("pointermove", (event) => this.moved(event));
        for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.released(event));
        canvas.addEventListener("pointerleave", () => { if (!this.isHeld) this.point(-1); });
        canvas.addEventListener("keydown", (event) => this.keyed(event));
        canvas.addEventListener("focus", () => { if (canvas.matches(":focus-visible")) this.pointMiddle(); });
    }

    place(event) {
        const frame = this.canvas.getBoundingClientRect();
        return [event.clientX - frame.left, event.clientY - frame.top];
    }

    resize() {
        const ratio = Math.min(devicePixelRatio || 1, 2);
        this.view.width = stage.clientWidth;
        this.view.height = stage.clientHeight;
        this.canvas.width = Math.round(this.view.width * ratio);
        this.canvas.height = Math.round(this.view.height * ratio);
        this.redraw();
    }

    redraw() {
        if (this.frame) return;
        this.frame = requestAnimationFrame(() => {
            this.frame = 0;
            const start = performance.now();
            this.painter.draw(this.view, this.state);
            this.placeCard();
            const { x, y, scale } = this.view;
            this.canvas.dataset.view = [x, y, scale].map((value) => value.toFixed(4)).join(" ");
            this.canvas.dataset.milliseconds = (performance.now() - start).toFixed(2);
        });
    }

    // Pointers: one moves, two enlarge.

    pressed(event) {
        this.stopFlight();
        this.canvas.setPointerCapture(event.pointerId);
        this.pointers.set(event.pointerId, this.place(event));
        this.isDragged = this.pointers.size > 1;
        [this.startLeft, this.startTop] = this.place(event);
    }

    moved(event) {
        const [left, top] = this.place(event);
        const before = this.pointers.get(event.pointerId);
        if (!before) {
            if (event.pointerType !== "touch") this.pointAt(left, top, pointerReach);
            return;
        }
        if (Math.hypot(left - this.startLeft, top - this.startTop) > dragThreshold) this.isDragged = true;
        const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
        if (other) {
            const factor = Math.hypot(left - other[0], top - other[1]) / Math.max(Math.hypot(before[0] - other[0], before[1] - other[1]), 1);
            this.view.zoom(factor, (left + other[0]) / 2, (top + other[1]) / 2);
            this.view.pan((left - before[0]) / 2, (top - before[1]) / 2);
        } else if (this.isDragged) {
            this.canvas.classList.add("dragging");
            this.view.pan(left - before[0], top - before[1]);
        }
        this.pointers.set(event.pointerId, [left, top]);
        this.redraw();
    }

    released(event) {
        const wasDown = this.pointers.delete(event.pointerId);
        this.canvas.classList.remove("dragging");
        if (!wasDown || this.isDragged || event.type === "pointercancel") return;
        const [left, top] = this.place(event);
        const isTouch = event.pointerType === "touch";
        const index = this.at(left, top, isTouch ? 24 : pointerReach);
        if (index < 0) return this.point(-1);
        // A finger shows first what it is on, and opens it by the card.
        if (isTouch) return this.point(index, true);
        if (event.button === 0) this.open(index, event.ctrlKey || event.metaKey);
    }

    keyed(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
        const step = event.shiftKey ? 10 : keyStep;
        const [middleLeft, middleTop] = [this.view.width / 2, this.view.height / 2];
        if (moves[event.key]) {
            this.stopFlight();
            this.view.pan(moves[event.key][0] * step, moves[event.key][1] * step);
        } else if (event.key === "+" || event.key === "=") this.view.zoom(keyZoom, middleLeft, middleTop);
        else if (event.key === "-" || event.key === "_") this.view.zoom(1 / keyZoom, middleLeft, middleTop);
        else if (event.key === "0") [this.view.x, this.view.y, this.view.scale] = [0.5, 0.5, 1];
        else if (event.key === "Enter" && this.state.pointed >= 0) return this.open(this.state.pointed, false);
        else if (event.key === "Escape") return this.point(-1);
        else return;
        event.preventDefault();
        this.pointMiddle();
        this.redraw();
    }

    // What is pointed at.

    at(left, top, reach) {
        const [x, y] = this.view.toPlane(left, top);
        return this.grid.nearest(x, y, reach / this.view.side, (index) => this.state.shown[this.map.topic[index]]);
    }

    pointAt(left, top, reach) { this.point(this.at(left, top, reach)); }

    /** The anime nearest to the middle, for those who move by keys. */
    pointMiddle() {
        const index = this.at(this.view.width / 2, this.view.height / 2, Math.max(this.view.width, this.view.height) / 3);
        this.point(index, true);
        if (index >= 0) this.said.textContent = `${this.map.anime[index]}. ${this.facts(index)}`;
    }

    facts(index) {
        const { map } = this;
        const facts = [map.types[map.type[index]], map.year[index] || ""].filter(Boolean).join(", ");
        const words = map.topics[map.topic[index]].words.slice(0, 3).join(", ");
        return `${facts}${facts ? " · " : ""}${words} ${map.share[index]} %`;
    }

    point(index, isHeld = false) {
        if (index === this.state.pointed && isHeld === this.isHeld) return;
        this.state.pointed = index;
        this.isHeld = isHeld && index >= 0;
        this.canvas.classList.toggle("pointing", index >= 0);
        this.card.hidden = index < 0;
        this.card.classList.toggle("is-held", this.isHeld);
        if (index >= 0) {
            const title = element("strong", {}, this.isHeld
                ? element("a", { href: address(this.map.anime[index]), textContent: this.map.anime[index] }) : this.map.anime[index]);
            this.card.replaceChildren(title, element("p", { textContent: this.facts(index) }));
        }
        this.redraw();
    }

    placeCard() {
        const index = this.state.pointed;
        if (index < 0) return;
        const [left, top] = this.view.toScreen(this.map.xs[index], this.map.ys[index]);
        const [width, height] = [this.card.offsetWidth, this.card.offsetHeight];
        const x = Math.min(Math.max(left - width / 2, 8), this.view.width - width - 8);
        const y = top - height - 16 > 8 ? top - height - 16 : top + 18;
        this.card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    }

    open(index, inNewTab) {
        if (inNewTab) window.open(address(this.map.anime[index]), "_blank", "noopener");
        else location.assign(address(this.map.anime[index]));
    }

    // Moving by itself.

    zoomNow(factor, left, top) {
        this.view.zoom(factor, left, top);
        this.redraw();
    }

    zoomBy(factor, left, top) {
        const [x, y] = this.view.toPlane(left, top);
        this.goTo(x, y, Math.min(Math.max(this.view.scale * factor, 0.8), 60));
    }

    stopFlight() { cancelAnimationFrame(this.flight); }

    goTo(x, y, scale) {
        this.stopFlight();
        const from = [this.view.x, this.view.y, Math.log(this.view.scale)];
        const to = [x, y, Math.log(scale)];
        const start = performance.now();
        const step = (now) => {
            const part = calm.matches ? 1 : Math.min((now - start) / 350, 1);
            const eased = 1 - (1 - part) ** 3;
            [this.view.x, this.view.y] = [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * eased);
            this.view.scale = Math.exp(from[2] + (to[2] - from[2]) * eased);
            this.redraw();
            if (part < 1) this.flight = requestAnimationFrame(step);
        };
        step(calm.matches ? start + 1 : start);
    }

    /** Shows some anime all at once. */
    show(indices) {
        if (!indices.length) return;
        const xs = indices.map((index) => this.map.xs[index]);
        const ys = indices.map((index) => this.map.ys[index]);
        const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        this.goTo((left + right) / 2, (top + bottom) / 2, Math.min(Math.max(0.75 / Math.max(right - left, bottom - top, 0.06), 1), 12));
    }
}

/** The legend switches topics on and off, and lets one stand out. */
function connectLegend(canvas) {
    const boxes = [...document.querySelectorAll(".map-topics input")];
    const read = () => {
        for (const box of boxes) canvas.state.shown[Number(box.value)] = box.checked;
        canvas.redraw();
    };
    const set = (value) => () => {
        for (const box of boxes) box.checked = value;
        read();
    };
    const list = document.querySelector(".map-topics");
    list.before(element("div", { className: "row" }, element("button", { type: "button", textContent: "All", onclick: set(true) }),
        element("button", { type: "button", textContent: "None", onclick: set(false) })));
    list.addEventListener("change", read);
    const standOut = (event) => {
        const box = event.target.closest("label")?.querySelector("input");
        canvas.state.topic = box?.checked ? Number(box.value) : -1;
        canvas.redraw();
    };
    const stop = () => {
        canvas.state.topic = -1;
        canvas.redraw();
    };
    list.addEventListener("pointerover", standOut);
    list.addEventListener("pointerleave", stop);
    list.addEventListener("focusin", standOut);
    list.addEventListener("focusout", stop);
    read();
}

/** What is looked for is ringed while it is typed. */
function connectSearch(canvas, indexOf) {
    let timer = 0;
    let asked = 0;
    const show = (titles, isSubmitted) => {
        canvas.state.found = titles.map((title) => indexOf.get(title)).filter((index) => index !== undefined);
        const tags = titles.filter((title) => indexOf.has(title))
            .map((title) => element("li", { className: "tag" }, element("a", { href: address(title), textContent: title })));
        if (tags.length) found.replaceChildren(element("ul", { className: "tags" }, ...tags));
        else found.replaceChildren(...(search.value.trim() ? [element("p", { className: "quiet", textContent: "Nothing of that name is on the map." })] : []));
        if (isSubmitted) canvas.show(canvas.state.found.slice(0, 1));
        canvas.redraw();
    };
    const look = async (isSubmitted) => {
        clearTimeout(timer);
        const words = search.value.trim();
        const number = asked += 1;
        if (!words) return show([], false);
        const answer = await fetch(`/api/v1/search?count=12&q=${encodeURIComponent(words)}`).catch(() => null);
        if (!answer?.ok || number !== asked) return;
        show((await answer.json()).map((anime) => anime.anime), isSubmitted);
    };
    search.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => look(false), 180);
    });
    search.form.addEventListener("submit", (event) => {
        event.preventDefault();
        look(true);
    });
}

async function begin() {
    const answer = await fetch(stage.dataset.source);
    if (!answer.ok) return;
    const map = await answer.json();
    map.xs = Float64Array.from(map.x, (value) => value / 10_000);
    map.ys = Float64Array.from(map.y, (value) => value / 10_000);
    const indexOf = new Map(map.anime.map((title, index) => [title, index]));
    const marked = (kind) => [...document.querySelectorAll(`.mark.${kind} title`)].map((title) => indexOf.get(title.textContent))
        .filter((index) => index !== undefined);
    const canvas = new MapCanvas(map);
    [canvas.state.liked, canvas.state.found] = [marked("liked"), marked("found")];
    connectLegend(canvas);
    connectSearch(canvas, indexOf);
    stage.classList.add("is-live");
    canvas.resize();
    if (canvas.state.found.length) canvas.show(canvas.state.found.slice(0, 1));
}

if (stage) begin();
