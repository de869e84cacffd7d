import CrawlDomain
import WebStandards

/// Says of a record of another kind which command takes it in.
enum Mistaken {
    static func record(_ record: ImportRecord, wanted: ItemType) -> String? {
        if wanted != .user, StoredDocument.fields(of: record, type: .user) != nil {
            return "this is a person's list; use: animematcher import users FILE"
        }
        if wanted != .review, StoredDocument.fields(of: record, type: .review) != nil {
            return "this is a review; use: animematcher import reviews FILE"
        }
        if wanted != .entry, StoredDocument.fields(of: record, type: .entry) != nil {
            return "this is an entry; use: animematcher import entries FILE"
        }
        if record.object == nil, record.has(["_id"]), record.has(["content_hash"]) {
            return
                "this is our own export as CSV, which is made for other programs; expected JSON lines: animematcher export"
        }
        if let object = record.object, object["themesongs"] != nil, object["entries"] != nil || object["_id"] != nil {
            return
                "an anime is made of entries and is not imported; use: animematcher import entries FILE with its entries"
        }
        if wanted == .entry, record.has(["user_id", "user", "username", "userid"]), !record.has(["name", "title"]) {
            return "this is a rating; use: animematcher import ratings FILE"
        }
        if record.has(["gender", "birthday", "location"]), !record.has(["my_score", "rating"]) {
            return "this is a person's profile, of which nothing is imported"
        }
        return nil
    }
}
