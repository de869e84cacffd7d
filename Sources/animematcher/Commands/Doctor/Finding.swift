import WebStandards

/// One thing that was looked at.
struct Finding {
    let name: String
    let isGood: Bool
    let detail: String
    /// What to do about it, where it is not good.
    var remedy: String?

    /// Something that is as it should be.
    static func good(_ name: String, _ detail: String) -> Finding {
        Finding(name: name, isGood: true, detail: detail)
    }

    /// Something to be done about.
    static func bad(_ name: String, _ detail: String, remedy: String? = nil) -> Finding {
        Finding(name: name, isGood: false, detail: detail, remedy: remedy)
    }

    /// What a question answers; bad where it throws.
    static func of(_ name: String, remedy: String? = nil, _ detail: () throws -> String) -> Finding {
        do { return good(name, try detail()) } catch { return bad(name, "\(error)", remedy: remedy) }
    }

    /// The first names it; further ones, which some remedies have, are to be copied.
    var lines: [String] {
        "\(isGood ? "ok     " : "missing") \(name): \(detail)\(remedy.map { isGood ? "" : "; \($0)" } ?? "")"
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var value: JSONValue {
        .object([
            "check": .string(name), "ok": .bool(isGood), "detail": .string(detail),
            "remedy": remedy.map { isGood ? .null : .string($0) } ?? .null,
        ])
    }
}
