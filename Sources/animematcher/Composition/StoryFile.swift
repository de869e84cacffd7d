import Indexing
import Terminal
import WebStandards

/// A file of anime with descriptions: JSON lines with `title` (or `_id`) and `synopsis` (or `description`, a text or a list of texts).
struct StoryFile {
    private static let maximumBytes = 512 << 20
    /// As in the catalogue, a shorter text is no description.
    private static let shortestDescription = 140

    private let name: String

    init(_ name: String) { self.name = name }

    /// All anime that have a description.
    func sources() throws -> [StorySource] {
        var sources: [StorySource] = []
        for (index, line) in try InputFile(name).bytes(limit: Self.maximumBytes).split(separator: 10).enumerated() {
            let value: JSONValue
            do {
                value = try JSONValue(parsing: Array(line))
            } catch {
                throw Failure("\(name), line \(index + 1): no JSON; expected an object with title and synopsis")
            }
            guard let title = (value["_id"] ?? value["title"])?.stringValue else {
                throw Failure("\(name), line \(index + 1): no title; expected a text in the field title or _id")
            }
            let field = value["description"] ?? value["synopsis"]
            let texts = field?.arrayValue?.compactMap(\.stringValue) ?? [field?.stringValue ?? ""]
            let long = texts.filter { $0.unicodeScalars.count >= Self.shortestDescription }
            if !long.isEmpty { sources.append(StorySource(id: title, descriptions: long)) }
        }
        return sources
    }
}
