import Foundation
import Recommender

/// Puts labels near what they name, so that no two overlap and none leaves the picture.
struct LabelPlacement {
    /// A text with the middle of its base line.
    struct Placed: Equatable {
        let text: String
        let fontSize: Double
        let x: Double
        let y: Double
        /// What it names.
        let anchor: PlanePoint

        /// Whether it stands so far off that a line has to say what it names.
        var isAway: Bool { hypot(x - anchor.x, y - fontSize / 3 - anchor.y) > fontSize * 1.4 }
    }

    /// A mean letter is this part of the font size wide; a little too much, since nobody knows the font.
    private static let letterWidth = 0.58
    private static let gap = 3.0

    private let width: Double
    private let height: Double
    private var taken: [Box] = []

    init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    /// The nearest free place to an anchor; nil when the picture is full.
    mutating func place(_ text: String, at anchor: PlanePoint, fontSize: Double) -> Placed? {
        let (wide, high) = (Double(text.count) * fontSize * Self.letterWidth, fontSize * 1.15)
        guard wide + 2 * Self.gap <= width else { return nil }
        // An Archimedean spiral, wider than high as the labels are.
        for step in 0..<900 {
            let angle = Double(step) * 0.45
            let radius = Double(step) * 0.55
            let x = min(max(anchor.x + cos(angle) * radius * 1.6, wide / 2 + Self.gap), width - wide / 2 - Self.gap)
            let y = min(max(anchor.y + sin(angle) * radius, high / 2 + Self.gap), height - high / 2 - Self.gap)
            let box = Box(left: x - wide / 2, top: y - high / 2, right: x + wide / 2, bottom: y + high / 2)
            guard !taken.contains(where: { $0.isNear(box, Self.gap) }) else { continue }
            taken.append(box)
            return Placed(text: text, fontSize: fontSize, x: x, y: y + fontSize * 0.35, anchor: anchor)
        }
        return nil
    }

    private struct Box: Equatable {
        let left, top, right, bottom: Double

        func isNear(_ other: Box, _ gap: Double) -> Bool {
            left < other.right + gap && other.left < right + gap && top < other.bottom + gap
                && other.top < bottom + gap
        }
    }
}
