/// A list as MyAnimeList exports it: `<myanimelist><myinfo>…</myinfo><anime>…</anime>…</myanimelist>`.
public struct AnimeListXML: Sendable {
    /// The person's name, as the file has it.
    public let userName: String?
    /// One record per anime, its elements as fields; manga are left out.
    public let records: [ImportRecord]

    /// Reads a whole file.
    ///
    /// - Throws: ``ImportError`` with the line, when it is no such list.
    public init(_ bytes: [UInt8]) throws(ImportError) {
        var reader = XMLReader(bytes)
        guard case .start("myanimelist") = try reader.nextElement() else {
            throw ImportError("line 1: expected <myanimelist>, as the export of MyAnimeList begins")
        }
        var (records, userName) = ([ImportRecord](), String?.none)
        while case .start(let name)? = try reader.nextElement() {
            let fields = try reader.fields(of: name)
            if name == "myinfo" { userName = fields["user_name"]?.trimmed }
            guard name == "anime" else { continue }
            guard records.count < ImportLimits.listRows else {
                throw ImportError("more than \(ImportLimits.listRows) anime; expected the list of one person")
            }
            records.append(ImportRecord(fields, line: records.count + 1, unit: .record))
        }
        // What follows the list must be well-formed too.
        while try reader.next() != nil {}
        self.userName = userName.flatMap { $0.isEmpty ? nil : $0 }
        self.records = records
    }
}

extension XMLReader {
    /// The next tag; text between is passed over.
    fileprivate mutating func nextElement() throws(ImportError) -> Event? {
        while let event = try next() {
            if case .text = event { continue }
            return event
        }
        return nil
    }

    /// What is taken of an anime; comments and tags are not even held.
    private static let wanted: Set<String> = [
        "user_name", "series_animedb_id", "series_title", "series_type", "my_watched_episodes", "my_start_date",
        "my_finish_date", "my_score", "my_status", "my_rewatching",
    ]

    /// The texts of the children that are taken by name, up to the end of the element.
    fileprivate mutating func fields(of element: String) throws(ImportError) -> [String: String] {
        var (fields, name, depth) = ([String: String](), "", 1)
        while depth > 0, let event = try next() {
            switch event {
            case .start(let child):
                depth += 1
                if depth == 2 { name = Self.wanted.contains(child) ? child : "" }
            case .end: depth -= 1
            case .text(let text): if depth == 2, !name.isEmpty { fields[name, default: ""] += text }
            }
        }
        return fields
    }
}
