import Indexing
import WebStandards

extension IndexVerification {
    /// What is said on a terminal.
    var lines: [String] {
        ["equal to a rebuild, up to change \(change) (version \(version))"]
            + parts.map { part in
                let note = part.source == .history ? "  as of when it was fitted" : ""
                return "  \(part.name.padding(to: 8)) \(part.published)\(note)"
            }
            + ["  matrix, however anime are numbered: \(String(gramDigest, radix: 16))"]
    }

    /// The same for programs.
    var json: JSONValue {
        .object([
            "equal": .bool(different.isEmpty), "version": .int(Int64(version)), "change": .int(Int64(change)),
            "gram_digest": .string(String(gramDigest, radix: 16)),
            "parts": .object(
                JSONObject(
                    parts.map { part in
                        (
                            part.name,
                            .object([
                                "function_of": .string(part.source.rawValue), "published": .string(part.published),
                                "rebuilt": part.rebuilt.map(JSONValue.string) ?? .null,
                                "equal": part.isEqual.map(JSONValue.bool) ?? .null,
                            ])
                        )
                    })),
        ])
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
