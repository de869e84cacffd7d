// What part of the plane is seen, and which anime lies where: numbers only, so that it can be told apart from the page.

const leastScale = 0.8;
const mostScale = 60;

/** A part of the plane (0 to 1 in both directions) on a surface of so many pixels. */
export class View {
    constructor() {
        this.x = 0.5;
        this.y = 0.5;
        this.scale = 1;
        this.width = 1;
        this.height = 1;
    }

    /** Pixels of the side of the plane. */
    get side() { return Math.min(this.width, this.height) * 0.94 * this.scale; }

    toScreen(x, y) {
        return [(x - this.x) * this.side + this.width / 2, (y - this.y) * this.side + this.height / 2];
    }

    toPlane(left, top) {
        return [(left - this.width / 2) / this.side + this.x, (top - this.height / 2) / this.side + this.y];
    }

    /** Moves by pixels; the middle of the surface stays on the plane. */
    pan(right, down) {
        this.x = Math.min(Math.max(this.x - right / this.side, 0), 1);
        this.y = Math.min(Math.max(this.y - down / this.side, 0), 1);
    }

    /** Enlarges, and leaves what is under a point of the surface where it is. */
    zoom(factor, left, top) {
        const [x, y] = this.toPlane(left, top);
        this.scale = Math.min(Math.max(this.scale * factor, leastScale), mostScale);
        const [newX, newY] = this.toPlane(left, top);
        this.x = Math.min(Math.max(this.x + x - newX, 0), 1);
        this.y = Math.min(Math.max(this.y + y - newY, 0), 1);
    }
}

/** Points in the squares of a grid, so that the nearest one is found without looking at all. */
export class PointGrid {
    constructor(xs, ys, cells = 64) {
        this.xs = xs;
        this.ys = ys;
        this.cells = cells;
        this.squares = Array.from({ length: cells * cells }, () => []);
        for (let index = 0; index < xs.length; index += 1) {
            this.squares[this.cell(ys[index]) * cells + this.cell(xs[index])].push(index);
        }
    }

    cell(value) { return Math.min(Math.max(Math.floor(value * this.cells), 0), this.cells - 1); }

    /** The index of the nearest point within a distance that a test allows; -1 without one. */
    nearest(x, y, reach, allows) {
        let best = -1;
        let least = reach * reach;
        for (let row = this.cell(y - reach); row <= this.cell(y + reach); row += 1) {
            for (let column = this.cell(x - reach); column <= this.cell(x + reach); column += 1) {
                for (const index of this.squares[row * this.cells + column]) {
                    const square = (this.xs[index] - x) ** 2 + (this.ys[index] - y) ** 2;
                    if (square < least && allows(index)) {
                        least = square;
                        best = index;
                    }
                }
            }
        }
        return best;
    }
}
