import Foundation
import WebStandards

/// What environment variables put into a spider's header fields, so that an answer that repeats it is not kept.
public struct SpiderSecrets: Sendable, CustomStringConvertible, CustomReflectable {
    /// As ``FoldedText`` reads them.
    private let values: [[UInt32]]

    /// What is shorter is no secret, and stands on most pages.
    private static let shortest = 6

    /// Makes them of the variables that are set.
    ///
    /// - Parameter environment: nil for this process's own.
    public init(of spider: Spider, environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let names = Set(spider.fields.flatMap(\.variables))
        values = names.compactMap { environment[$0]?.trimmed }.filter { $0.utf8.count >= Self.shortest }
            .map { FoldedText($0).units.map(\.scalar) }
    }

    /// Whether there are none.
    var isEmpty: Bool { values.isEmpty }

    /// Whether one of them stands in a text, as it is or escaped, letter case ignored.
    public func stand(in bytes: [UInt8]) -> Bool {
        guard !values.isEmpty else { return false }
        let scalars = FoldedText(bytes).units.map(\.scalar)
        return values.contains { value in
            scalars.indices.contains { scalars[$0] == value[0] && scalars[$0...].starts(with: value) }
        }
    }

    public var description: String { "\(values.count) secrets" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
