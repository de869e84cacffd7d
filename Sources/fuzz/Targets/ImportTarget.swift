import CrawlEngine

/// Readers of imported files: no trap whatever the bytes, and the same records however the file is cut.
struct ImportTarget: FuzzTarget {
    static let name = "import"

    init() {}

    let seeds = [
        "anime_id,name,genre\r\n7,\"Star, \"\"Ferry\"\"\",\"a\nb\"\n", "1::2::5::978300760\n",
        "{\"mal_id\": 1, \"title\": \"A\"}\n{\"mal_id\": 2}\n",
        "{\"license\": {}, \"data\": [{\"sources\": [\"https://x.example/1\"]}, 2, \"x\"]}",
        "<?xml version=\"1.0\"?><myanimelist><myinfo><user_name>a</user_name></myinfo><anime><series_animedb_id>1</series_animedb_id><series_title><![CDATA[x]]>&amp;</series_title></anime></myanimelist>",
    ]

    let dictionary = [
        "\"", "\"\"", ",", "::", "\r\n", "\n", "{", "}", "[", "]", "\"data\":[", "\\\"", "<![CDATA[", "]]>", "<!--",
        "-->",
        "<anime>", "</anime>", "&#x41;", "&lt;", "<!DOCTYPE", "\u{FEFF}",
    ]

    func check(_ input: [UInt8]) throws {
        for format in [ImportFormat.csv, .movieLensDat, .jsonLines, .json] {
            let whole = Self.records(input, format, piece: input.count)
            for piece in [1, 7] {
                let cut = Self.records(input, format, piece: piece)
                try require(whole == cut, "\(format.rawValue) cut into \(piece): \(cut) instead of \(whole)")
            }
        }
        let rows = Self.rows(input, piece: input.count)
        try require(rows == Self.rows(input, piece: 3), "CSV rows differ when the file is cut")
        try require(rows.map(\.line) == rows.map(\.line).sorted(), "CSV rows out of order")
        _ = ImportFormat(head: input)
        _ = try? AnimeListXML(input)
    }

    /// Where records stand, and why others are left out.
    private static func records(_ input: [UInt8], _ format: ImportFormat, piece: Int) -> [String] {
        var reader = ImportRecordReader(format)
        var outcomes: [ImportRecordReader.Outcome] = []
        for start in stride(from: 0, to: input.count, by: max(1, piece)) {
            outcomes += reader.read(Array(input[start..<min(start + piece, input.count)]))
        }
        return (outcomes + reader.finish()).map { outcome in
            switch outcome {
            case .success(let record): "\(record.unit) \(record.line)"
            case .failure(let reject): "\(reject) \(reject.raw)"
            }
        }
    }

    private static func rows(_ input: [UInt8], piece: Int) -> [CSVRow] {
        var (reader, rows) = (CSVReader(), [CSVRow]())
        for start in stride(from: 0, to: input.count, by: max(1, piece)) {
            reader.read(input[start..<min(start + piece, input.count)]) { rows.append($0) }
        }
        reader.finish { rows.append($0) }
        return rows
    }
}
