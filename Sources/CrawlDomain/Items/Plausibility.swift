public import WebStandards

/// Whether a new value of a field can be what the page means, given the stored one.
///
/// A score that falls from 9 to 1 over night is a joke of the first of April or a page misread; members that fall by half are a page cut
/// short. Such a value is kept apart until a later visit confirms it.
public enum Plausibility {
    /// Why a value is not believed; bounded.
    public enum Doubt: String, Sendable, Hashable, Codable, CaseIterable {
        /// A score of many votes moved by two points or more.
        case scoreJump = "score_jump"
        /// A count fell by half or more.
        case countFell = "count_fell"
        /// A count rose tenfold or more.
        case countRose = "count_rose"
        /// A field that hardly ever goes is empty.
        case valueLost = "value_lost"
        /// A list of many rows lost more than half of them.
        case listShrank = "list_shrank"
        /// The page as a whole lacks much of what it had.
        case fieldsLost = "fields_lost"
        /// A text is the beginning of what it was.
        case textCut = "text_cut"
    }

    private static let leastVotes: Int64 = 100
    private static let scoreJump = 2.0
    private static let leastCount: Int64 = 100
    private static let leastRising: Int64 = 1_000
    /// Shorter lists change by more than half for good reasons.
    private static let leastRows = 20

    /// The fields of an item whose new values are not believed.
    ///
    /// - Parameter isReread: The page is an old one that a newer spider reads: what it reads otherwise is meant, only losses are not.
    public static func doubts(
        of new: JSONObject, after stored: JSONObject, type: ItemType, isReread: Bool = false
    ) -> [(field: String, doubt: Doubt)] {
        switch type {
        case .entry: entryDoubts(new, stored, isReread)
        case .user: listDoubts(new, stored)
        case .review: []
        }
    }

    /// Fields of an entry that hardly ever go; a page of which the lower half is missing lacks some of them, and too few to be refused.
    private static let essentials = [
        "synopsis", "img_url", "type", "genres", "source", "related", "openings", "endings", "songs", "background",
    ]
    /// Lists of an entry that grow.
    private static let longLists = ["characters", "staff", "pictures", "recommendations"]

    private static func entryDoubts(
        _ new: JSONObject, _ stored: JSONObject, _ isReread: Bool
    ) -> [(field: String, doubt: Doubt)] {
        var doubts: [(field: String, doubt: Doubt)] = []
        for field in essentials where isLost(stored[field], new[field]) {
            // What was a genre may be a theme now.
            if field == "genres", !isEmpty(new["themes"]) || !isEmpty(new["demographics"]) { continue }
            doubts.append((field, .valueLost))
        }
        for field in longLists {
            let (before, now) = (stored[field]?.arrayValue?.count ?? 0, new[field]?.arrayValue?.count ?? 0)
            if before >= leastRows, now * 2 < before { doubts.append((field, .listShrank)) }
        }
        // Who wrote it goes with it.
        if doubts.contains(where: { $0.field == "synopsis" }), isEmpty(new["synopsis_source"]),
            !isEmpty(stored["synopsis_source"])
        {
            doubts.append(("synopsis_source", .valueLost))
        }
        let votes = stored["scored_by"]?.intValue ?? 0
        if let before = stored["score"]?.doubleValue, votes >= leastVotes {
            if let now = new["score"]?.doubleValue {
                if !isReread, abs(now - before) >= scoreJump { doubts.append(("score", .scoreJump)) }
            } else {
                doubts.append(("score", .valueLost))
            }
        }
        guard !isReread else { return doubts }
        for field in ["members", "scored_by", "favorites"] {
            guard let before = stored[field]?.intValue, let now = new[field]?.intValue else { continue }
            if before >= leastCount, now * 2 <= before {
                doubts.append((field, .countFell))
            } else if before >= leastRising, now / 10 >= before {
                doubts.append((field, .countRose))
            }
        }
        return doubts
    }

    private static func listDoubts(_ new: JSONObject, _ stored: JSONObject) -> [(field: String, doubt: Doubt)] {
        guard let before = stored["list"]?.arrayValue?.count, let now = new["list"]?.arrayValue?.count, before > 0
        else {
            return []
        }
        // The profile may say that it is as short as that.
        let stated = (new["statistics"] ?? stored["statistics"])?["total_entries"]?.intValue.map { Int(clamping: $0) }
        let isShort = now * 2 < min(before, stated ?? before)
        return isShort && (before >= leastRows || now == 0) ? [("list", .listShrank)] : []
    }

    private static func isLost(_ before: JSONValue?, _ now: JSONValue?) -> Bool {
        isEmpty(now) && !isEmpty(before)
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null?: true
        case .string(let text)?: text.isEmpty
        case .array(let values)?: values.isEmpty
        default: false
        }
    }
}
