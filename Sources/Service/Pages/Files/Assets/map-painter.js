// Draws the map: dots, rings and names. Colours are those of the page's style, so that light and dark are told in one place.

const titleScale = 2.6;
const mostTitles = 70;

export class Painter {
    constructor(canvas, map) {
        this.canvas = canvas;
        this.context = canvas.getContext("2d");
        this.map = map;
        this.sprites = new Map();
        this.readColours();
    }

    /** Reads the colours anew, as when the screen becomes dark. */
    readColours() {
        const style = getComputedStyle(this.canvas);
        this.colours = { text: style.color, ground: style.backgroundColor };
        for (const name of ["--surface", "--accent", "--focus", "--text"]) this.colours[name] = style.getPropertyValue(name).trim();
        this.topicColours = this.map.topics.map((_, number) => {
            const probe = document.querySelector(`label.t${number}`);
            if (!probe) return { dot: this.colours["--text"], ink: this.colours["--text"] };
            const own = getComputedStyle(probe);
            return { dot: own.getPropertyValue("--dot").trim(), ink: own.getPropertyValue("--ink").trim() };
        });
        this.sprites.clear();
    }

    /** A dot as a picture, which is copied faster than a circle is filled. */
    sprite(topic, radius, ratio) {
        const key = `${topic} ${radius} ${ratio}`;
        let sprite = this.sprites.get(key);
        if (!sprite) {
            if (this.sprites.size > 400) this.sprites.clear();
            sprite = document.createElement("canvas");
            sprite.width = sprite.height = Math.ceil((radius + 1) * 2 * ratio);
            const context = sprite.getContext("2d");
            context.scale(ratio, ratio);
            context.fillStyle = this.topicColours[topic].dot;
            context.beginPath();
            context.arc(radius + 1, radius + 1, radius, 0, Math.PI * 2);
            context.fill();
            this.sprites.set(key, sprite);
        }
        return sprite;
    }

    /**
     * @param view What is seen.
     * @param state Which topics are shown, which anime are liked, found, pointed at, and which topic stands out.
     */
    draw(view, state) {
        const { context } = this;
        // Before the page is laid out there is nothing to draw on; it is drawn when it has a size.
        if (!this.canvas.width || !this.canvas.height) return;
        const ratio = this.canvas.width / view.width;
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        context.clearRect(0, 0, view.width, view.height);
        this.drawDots(view, state, ratio);
        context.globalAlpha = 1;
        for (const index of state.found) this.ring(view, index, this.colours["--focus"], 7);
        for (const index of state.liked) this.ring(view, index, this.colours["--accent"], 7);
        if (state.pointed >= 0) this.ring(view, state.pointed, this.colours["--text"], 9);
        this.taken = [];
        this.edge = view.width;
        for (const index of [...state.liked, ...state.found]) this.title(view, index, true);
        if (view.scale < titleScale * 2.5) this.drawNames(view, state);
        if (view.scale > titleScale) this.drawTitles(view, state);
    }

    drawDots(view, state, ratio) {
        const { context, map } = this;
        const radius = Math.round(Math.min(1.5 + Math.sqrt(view.scale) * 0.9, 7) * 4) / 4;
        const size = (radius + 1) * 2;
        for (let step = map.xs.length - 1; step >= 0; step -= 1) {
            const topic = map.topic[step];
            if (!state.shown[topic]) continue;
            const [left, top] = view.toScreen(map.xs[step], map.ys[step]);
            if (left < -size || top < -size || left > view.width + size || top > view.height + size) continue;
            context.globalAlpha = state.topic >= 0 && state.topic !== topic ? 0.12 : 0.72;
            context.drawImage(this.sprite(topic, radius, ratio), left - radius - 1, top - radius - 1, size, size);
        }
    }

    ring(view, index, colour, radius) {
        const [left, top] = view.toScreen(this.map.xs[index], this.map.ys[index]);
        const { context } = this;
        for (const [width, stroke] of [[5, this.colours["--surface"]], [2.5, colour]]) {
            context.lineWidth = width;
            context.strokeStyle = stroke;
            context.beginPath();
            context.arc(left, top, radius, 0, Math.PI * 2);
            context.stroke();
        }
    }

    drawNames(view, state) {
        const bySize = this.map.topics.map((topic, number) => ({ ...topic, number })).filter((topic) => topic.count > 0)
            .sort((one, other) => other.count - one.count);
        for (const topic of bySize) {
            if (!state.shown[topic.number]) continue;
            const [left, top] = view.toScreen(topic.x / 10_000, topic.y / 10_000);
            const size = (12 + 6 * Math.sqrt(topic.count / bySize[0].count)) * (view.width < 500 ? 0.8 : 1);
            const alpha = state.topic >= 0 && state.topic !== topic.number ? 0.25 : 1;
            this.place(topic.words.slice(0, 2).join(" · "), left, top, size, 650, this.topicColours[topic.number].ink, alpha, 9);
        }
    }

    /** Titles of what most people know; the file has them in that order. */
    drawTitles(view, state) {
        let left = mostTitles;
        const { map } = this;
        for (let index = 0; index < map.xs.length && left > 0; index += 1) {
            if (!state.shown[map.topic[index]]) continue;
            const [x, y] = view.toScreen(map.xs[index], map.ys[index]);
            if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
            if (this.title(view, index, false)) left -= 1;
        }
    }

    title(view, index, isStrong) {
        const [left, top] = view.toScreen(this.map.xs[index], this.map.ys[index]);
        const whole = this.map.anime[index];
        const text = whole.length > 34 ? `${whole.slice(0, 33)}…` : whole;
        return this.place(text, left, top + (isStrong ? 20 : 16), isStrong ? 13 : 12, isStrong ? 700 : 450, this.colours["--text"], 1, 1);
    }

    /** Writes a text at a place, or up or down from it, where it covers no other; false where there is no room. */
    place(text, x, y, size, weight, colour, alpha, tries) {
        const { context } = this;
        context.font = `${weight} ${size}px system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif`;
        const half = context.measureText(text).width / 2 + 3;
        for (let attempt = 0; attempt < tries; attempt += 1) {
            const middle = y + Math.ceil(attempt / 2) * (attempt % 2 ? 1 : -1) * size * 1.2;
            x = Math.min(Math.max(x, half), this.edge - half);
            const box = [x - half, middle - size * 0.7, x + half, middle + size * 0.7];
            if (this.taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
            this.taken.push(box);
            context.globalAlpha = alpha;
            context.textAlign = "center";
            context.textBaseline = "middle";
            context.lineJoin = "round";
            context.lineWidth = 4;
            context.strokeStyle = this.colours["--surface"];
            context.strokeText(text, x, middle);
            context.fillStyle = colour;
            context.fillText(text, x, middle);
            context.globalAlpha = 1;
            return true;
        }
        return false;
    }
}
