import Foundation
import Recommender
import WebStandards

/// Draws a story map as a scalable picture (SVG 1.1) for light and dark screens.
///
/// Everything from outside is escaped; a picture has at most ``maximumPoints`` points and titles of bounded length, so some four
/// megabytes.
public struct StoryMapDrawing: Sendable {
    /// Points beyond this are left out.
    public static let maximumPoints = 20_000
    private static let maximumTitle = 100
    private static let side = 1000.0
    private static let margin = 24.0
    private static let top = 76.0
    private static let legendWidth = 440.0

    private let map: StoryMap
    private let colour: StoryMap.Colour

    /// Makes a drawing.
    public init(_ map: StoryMap, colour: StoryMap.Colour = .topics) {
        self.map = map
        self.colour = colour
    }

    /// The picture.
    public var svg: String {
        let groups = map.groups(colour)
        let (width, height) = (
            Self.side + 3 * Self.margin + Self.legendWidth,
            max(Self.side, Double(groups.count) * 30) + Self.top + Self.margin
        )
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
                + "font-family=\"system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif\">",
            "<title>Story map of \(map.points.count) anime</title>", style(groups),
            "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>", heading(groups),
            "<g transform=\"translate(\(number(Self.margin)) \(number(Self.top)))\">",
        ]
        let drawn = Set(map.points.prefix(Self.maximumPoints).map(\.id))
        let isLarge = map.points.count > 2_000
        for group in groups {
            lines.append(
                "<g class=\"p c\(group.number)\" stroke-width=\"\(isLarge ? "5" : "8")\" stroke-linecap=\"round\">")
            for point in map.points(of: group, colour) where drawn.contains(point.id) { lines.append(mark(point)) }
            lines.append("</g>")
        }
        lines += labels(groups)
        lines.append("</g>")
        lines += legend(groups, x: Self.side + 2 * Self.margin)
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ groups: [StoryMap.Group]) -> String {
        let what = colour == .topics ? "topic each is most about" : "k-means cluster"
        return "<text class=\"ink\" x=\"\(number(Self.margin))\" y=\"36\" font-size=\"24\" font-weight=\"600\">"
            + "What anime are about</text><text class=\"faint\" x=\"\(number(Self.margin))\" y=\"60\" font-size=\"15\">"
            + "\(map.points.count) anime; stories that are alike lie together, coloured by the \(what)</text>"
    }

    /// A dot is a line of no length with round ends, which inherits its size and colour.
    private func mark(_ point: StoryMap.Point) -> String {
        let words = map.topics[point.topic].words.prefix(3).joined(separator: ", ")
        let share = Int((point.share * 100).rounded())
        return "<path d=\"M\(number(point.x * Self.side)) \(number(point.y * Self.side))h0\"><title>"
            + "\(escaped(point.id)) · \(escaped(words)) \(share) %</title></path>"
    }

    private func labels(_ groups: [StoryMap.Group]) -> [String] {
        var placement = LabelPlacement(width: Self.side, height: Self.side)
        let greatest = Double(groups.map(\.count).max() ?? 1)
        return groups.sorted { ($1.count, $0.number) < ($0.count, $1.number) }.flatMap { group -> [String] in
            guard let densest = StoryMap.densest(map.points(of: group, colour)) else { return [] }
            let anchor = PlanePoint(x: densest.x * Self.side, y: densest.y * Self.side)
            let size = 13 + 7 * (Double(group.count) / greatest).squareRoot()
            let text = group.words.prefix(2).map { String($0.prefix(20)) }.joined(separator: " · ")
            guard let label = placement.place(text, at: anchor, fontSize: size) else { return [] }
            let line =
                label.isAway
                ? "<path class=\"lead c\(group.number)\" d=\"M\(number(anchor.x)) \(number(anchor.y))"
                    + "L\(number(label.x)) \(number(label.y - size / 3))\"/>" : nil
            // A halo of its own, since not every program paints strokes before fills.
            let texts = ["halo", "t\(group.number)"].map { kind in
                "<text class=\"label \(kind)\" x=\"\(number(label.x))\" y=\"\(number(label.y))\" "
                    + "font-size=\"\(number(size))\">\(escaped(text))</text>"
            }
            return (line.map { [$0] } ?? []) + texts
        }
    }

    /// As many of the first words as there is room for.
    private static func legend(of words: [String]) -> String {
        let words = words.prefix(5)
        let count = (1...5).last { words.prefix($0).joined(separator: ", ").count <= 46 } ?? 1
        return String(words.prefix(count).joined(separator: ", ").prefix(46))
    }

    private func legend(_ groups: [StoryMap.Group], x: Double) -> [String] {
        groups.sorted { ($1.count, $0.number) < ($0.count, $1.number) }.enumerated().flatMap { rank, group in
            let y = Self.top + 14 + Double(rank) * 30
            let words = Self.legend(of: group.words)
            return [
                "<path class=\"c\(group.number)\" stroke-width=\"14\" stroke-linecap=\"round\" "
                    + "d=\"M\(number(x + 8)) \(number(y - 5))h0\"/>",
                "<text class=\"ink\" x=\"\(number(x + 24))\" y=\"\(number(y))\" font-size=\"15\">\(escaped(words))"
                    + "<tspan class=\"faint\" dx=\"8\">\(group.count)</tspan></text>",
            ]
        }
    }

    private func style(_ groups: [StoryMap.Group]) -> String {
        func colours(_ ground: MapPalette.Ground) -> String {
            let palette = MapPalette(ground)
            return groups.map { group in
                ".c\(group.number){stroke:\(palette.colour(group.number))}.t\(group.number){fill:\(palette.ink(group.number))}"
            }.joined()
        }
        return "<style>.ground{fill:#fbfbf9}.ink{fill:#222}.faint{fill:#777}.p path{opacity:.62}"
            + ".p path:hover{opacity:1;stroke-width:12}.lead{fill:none;stroke-width:1.2}"
            + ".label{text-anchor:middle;font-weight:650;pointer-events:none}"
            + ".halo{fill:#fbfbf9;stroke:#fbfbf9;stroke-width:4px;stroke-linejoin:round;opacity:.85}" + colours(.light)
            + "@media (prefers-color-scheme:dark){.ground{fill:#15171b}.ink{fill:#e8e8e8}.faint{fill:#9a9a9a}"
            + ".halo{fill:#15171b;stroke:#15171b}" + colours(.dark) + "}</style>"
    }

    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(Double(tenths) / 10)"
    }

    /// Without what XML forbids or could be read as markup, and no longer than a title may be.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(Self.maximumTitle) {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": continue
            case _ where scalar.properties.generalCategory == .control || scalar.properties.isBidiControl: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
