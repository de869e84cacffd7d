extension DataDictionary {
    /// The page `docs/data.md`.
    public var markdown: String {
        let product = collections.filter(\.isProduct)
        let state = collections.filter { !$0.isProduct }
        return """
            # The data

            Made from `schemas/` by `animematcher schema docs > docs/data.md`; a test holds it equal. Every collection is in the database \
            `anime_recommend` (or the one that is configured), and the server refuses documents that break these rules. A field in **bold** \
            is always there. Where the page of a site had nothing, a field is null or an empty list. Whole numbers are `int` where they fit, \
            else `long`. Dates without a time zone are texts in ISO 8601, as precise as the site states them; `date` is a moment, in UTC. \
            Examples are MongoDB's extended JSON, shortened.

            **To read:** \(Self.links(product)).
            **How the program keeps its state:** \(Self.links(state)).

            \(collections.map(\.markdown).joined(separator: "\n\n"))

            """
    }

    private static func links(_ collections: [Collection]) -> String {
        collections.map { "[\($0.name)](#\($0.name))" }.joined(separator: ", ")
    }
}

extension DataDictionary.Collection {
    /// A heading, what it holds, its fields, indexes and examples.
    public var markdown: String {
        let rows = fields.map { field in
            let path = field.isRequired ? "**`\(field.path)`**" : "`\(field.path)`"
            let values = field.values.isEmpty ? "" : " One of: \(field.values.joined(separator: ", "))."
            return "| \(path) | \(field.type) | \((field.meaning + values).inTable) |"
        }
        let indexed = indexes.map { index in
            "- \(index.keys)" + (index.notes.isEmpty ? "" : " (\(index.notes.joined(separator: "; ")))")
        }
        let parts: [String?] = [
            "## \(name)", meaning, "| field | type | |\n|---|---|---|\n" + rows.joined(separator: "\n"),
            indexed.isEmpty ? nil : "Indexes besides that of `_id`:\n" + indexed.joined(separator: "\n"),
        ]
        return (parts.compactMap(\.self) + examples.map { "```json\n\($0)\n```" })
            .joined(separator: "\n\n")
    }
}

extension String {
    fileprivate var inTable: String { replacing("|", with: "\\|").replacing("\n", with: " ") }
}
