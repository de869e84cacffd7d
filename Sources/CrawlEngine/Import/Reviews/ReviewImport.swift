public import CrawlDomain
import WebStandards

/// Makes reviews of our own export, or of rows with `uid, profile, anime_uid, text, score, scores` (a data set of 2020).
public struct ReviewImport: Sendable {
    private let site: String
    private let pipeline: ItemPipeline

    /// The columns that a row cannot do without, by their names.
    static let ids = ["uid", "review_id"]
    static let entries = ["anime_uid", "anime_id", "mal_id"]
    static let texts = ["text", "review"]

    /// - Parameter site: The site whose numbers the rows use.
    public init(site: String, pipeline: ItemPipeline) {
        self.site = site
        self.pipeline = pipeline
    }

    /// Whether a record names its author by the person's own name; in our own export names stand as they are stored.
    public static func namesPeople(_ record: ImportRecord) -> Bool {
        StoredDocument.fields(of: record, type: .review) == nil && record.verbatim(["profile", "username"]) != nil
    }

    /// Makes a review of one record.
    ///
    /// - Parameter naming: How the names of people are stored; asked only of records that have them.
    public func review(_ record: ImportRecord, naming: UserNaming?) throws(ImportReject) -> Item {
        if let stored = StoredDocument.fields(of: record, type: .review) { return try item(stored, of: record) }
        if let mistake = Mistaken.record(record, wanted: .review) { throw record.reject(mistake) }
        guard let id = record.integer(Self.ids), id > 0 else {
            throw record.reject("uid: expected the positive number of the review")
        }
        guard let entry = record.integer(Self.entries), entry > 0 else {
            throw record.reject("anime_uid: expected the positive number of the anime")
        }
        guard let text = record.text(Self.texts) else { throw record.reject("text: expected the review") }
        let parts = record.text(["scores"]).map(ListText.pairs) ?? [:]
        let names = ["story", "animation", "sound", "character", "enjoyment"]
        let scores = names.map { ($0, Self.score(parts[$0].flatMap { Int($0) })) }
        let author = record.verbatim(["profile", "username"]).map { naming?.stored($0) ?? $0 }
        return try item(
            [
                "_id": .string("\(site):\(id)"), "entry_id": .string("\(site):\(entry)"), "author": .orNull(author),
                "score": Self.score(record.integer(["score"])),
                "scores": scores.contains { $0.1 != .null } ? .object(JSONObject(scores)) : .null,
                "preliminary": false, "spoiler": false, "text": .string(text),
            ], of: record)
    }

    private static func score(_ number: Int?) -> JSONValue {
        number.flatMap { (1...10).contains($0) ? .int(Int64($0)) : nil } ?? .null
    }

    private func item(_ fields: JSONObject, of record: ImportRecord) throws(ImportReject) -> Item {
        switch pipeline.process(fields, type: .review) {
        case .item(let item): return item
        case .drop(let drop): throw record.reject("\(drop.reason.rawValue): \(drop.detail)")
        }
    }
}
