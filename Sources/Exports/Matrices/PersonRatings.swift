public import MongoDriver

/// What one person rated.
public struct PersonRatings: Sendable, Hashable {
    /// One of their ratings.
    public struct Rating: Sendable, Hashable {
        /// The entry's key.
        public let entry: String
        /// 1 to 10.
        public let score: Int
    }

    /// The person's key: "demo:kaito".
    public let user: String
    /// The name as stored.
    public let name: String
    /// In the order of the list; an entry is in it once.
    public let ratings: [Rating]

    /// What of a document is read.
    static let fields: BSONDocument = ["name": 1, "list.entry_id": 1, "list.score": 1]

    /// The rows with a score above 0 of a stored list; of several with one entry the last counts.
    public init?(_ document: BSONDocument) {
        guard let user = document["_id"]?.stringValue else { return nil }
        self.user = user
        name = document["name"]?.stringValue ?? ""
        var ratings: [Rating] = []
        var places: [String: Int] = [:]
        for row in document["list"]?.arrayValue ?? [] {
            guard let row = row.documentValue, let entry = row["entry_id"]?.stringValue,
                let score = row["score"]?.intValue, score > 0
            else { continue }
            let rating = Rating(entry: entry, score: score)
            if let place = places.updateValue(ratings.count, forKey: entry) {
                places[entry] = place
                ratings[place] = rating
            } else {
                ratings.append(rating)
            }
        }
        self.ratings = ratings
    }
}
