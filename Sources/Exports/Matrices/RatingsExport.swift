public import Storage

/// Takes people's ratings out: the rows of their lists with a score above 0.
public struct RatingsExport: Sendable {
    private let store: ExportStore

    /// Reads from a store.
    public init(from store: ExportStore) {
        self.store = store
    }

    /// Writes `user,item,rating`, and puts the file in its place.
    ///
    /// Since a change, a person's rows take the place of all that were theirs before; one without ratings is a row without item and rating.
    ///
    /// - Parameter site: Only this site's, with its own names and numbers as `import ratings` reads them; keys of all sites when nil.
    public func writeTable(site: String? = nil, since: Int? = nil, to file: OutputFile) async throws -> ExportSummary {
        var summary = ExportSummary(what: "ratings", format: "csv", file: file.name, site: site)
        try file.write("user,item,rating\n")
        var bytes: [UInt8] = []
        let prefix = site.map { "\($0):" } ?? ""
        func name(_ key: String) -> CSVCell { .text(String(key.dropFirst(key.hasPrefix(prefix) ? prefix.count : 0))) }
        summary.extent = try await read(site: site, since: since) { person, key in
            let ratings = person?.ratings.filter { $0.entry.hasPrefix(prefix) } ?? []
            let user = name(key)
            for rating in ratings {
                CSVWriter.append([user, name(rating.entry), .plain(String(rating.score))], to: &bytes)
            }
            if ratings.isEmpty, since != nil { CSVWriter.append([user, .empty, .empty], to: &bytes) }
            summary.documents += ratings.isEmpty ? 0 : 1
            summary.deleted += person == nil ? 1 : 0
            summary.rows += ratings.count
            try file.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try file.commit()
        summary.bytes = file.bytes
        return summary
    }

    /// Writes the matrix of people and entries, and puts the files in their places: the matrix last.
    ///
    /// Rows are people with a rating, in the order of their keys; columns are entries that were rated, in the order of theirs.
    ///
    /// - Parameters:
    ///   - users: Takes the keys of the rows, one a line.
    ///   - items: Takes the keys of the columns, one a line.
    public func writeMatrix(
        _ format: MatrixFormat, site: String? = nil, to file: OutputFile, users: OutputFile, items: OutputFile
    ) async throws -> ExportSummary {
        var summary = ExportSummary(what: "ratings", format: format.rawValue, file: file.name, site: site)
        var spool = try RatingSpool()
        summary.extent = try await read(site: site, since: nil) { person, key in
            guard let ratings = person?.ratings, !ratings.isEmpty else { return }
            try users.write(Self.line(key))
            try spool.append(ratings)
            summary.documents += 1
            summary.rows += ratings.count
        }
        let matrix = try spool.finish()
        for item in matrix.items { try items.write(Self.line(item)) }
        try matrix.write(format, to: file)
        try users.commit()
        try items.commit()
        try file.commit()
        summary.bytes = file.bytes
        summary.beside = [users.name, items.name]
        return summary
    }

    private func read(
        site: String?, since: Int?, _ body: (_ person: PersonRatings?, _ key: String) throws -> Void
    ) async throws -> ExportExtent {
        try await store.read(.users, site: site, since: since, fields: PersonRatings.fields) { row in
            switch row {
            case .document(let document):
                if let person = PersonRatings(document) { try body(person, person.user) }
            case .deleted(let key): try body(nil, key)
            }
        }
    }

    /// A key on a line of its own, whatever it holds.
    private static func line(_ key: String) -> String {
        key.unicodeScalars.map {
            $0.value < 0x20 ? "\\u00" + ($0.value < 16 ? "0" : "") + String($0.value, radix: 16) : String($0)
        }
        .joined() + "\n"
    }
}
