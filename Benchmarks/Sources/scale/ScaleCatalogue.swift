import Foundation
import MongoDriver
import WebStandards

/// A made-up catalogue and people's lists of any size: the same numbers give the same documents, in any order.
struct ScaleCatalogue {
    static let site = "scale"

    let entries: Int
    let users: Int
    /// Rows of all lists.
    let rows: Int
    /// Whether lists are as long, entries as well known and scores as high as in 419,943 real ratings, which the index is sensitive to.
    var isMeasured = false

    /// Of real ratings, how many are of the best known part of all anime.
    private static let known = Quantiles([
        (0, 1e-5), (0.029, 0.001), (0.171, 0.01), (0.457, 0.05), (0.637, 0.1), (0.902, 0.3), (0.97, 0.5), (1, 1),
    ])
    /// Of real people, how many have lists of at least so many times the mean length.
    private static let lengths = Quantiles([
        (0, 20), (0.001, 15.7), (0.01, 7), (0.1, 2.5), (0.25, 1.25), (0.5, 0.5), (0.75, 0.146), (0.9, 0.045), (1, 0.01),
    ])
    /// Of real scores, how many are at most 1, 2 … 10, in thousandths.
    private static let scores = [3, 7, 14, 30, 75, 176, 393, 652, 850, 1_000]

    /// An entry as a spider would have made it; the related ones are those of its franchise.
    func entry(_ number: Int, revision: Int = 0) -> JSONObject {
        var numbers = Numbers(seed: 0x0E00_0000_0000 + UInt64(number))
        let first = franchise(of: number).first
        let name = Self.name(first)
        let place = number - first
        let title = place == 0 ? name : place % 3 == 2 ? "\(name): Special \(place)" : "\(name) Season \(place + 1)"
        var related: [JSONValue] = []
        // Stated by the later one only, so that one changed page splits what it joins.
        if place > 0 { related.append(relation("Prequel", to: number - 1)) }
        let words = (0..<90 + numbers.below(60)).map { _ in Self.words[numbers.below(Self.words.count)] }
        let songs = (0..<1 + numbers.below(3)).map {
            JSONValue.string("\"\(Self.name($0 + number))\" by Nobody (eps 1-12)")
        }
        return [
            "_id": .string(Self.key(number)), "site": .string(Self.site), "id": .int(Int64(number)),
            "url": .string("https://scale.example/anime/\(number)"), "title": .string(title), "title_english": .null,
            "title_japanese": .null, "title_synonyms": [.string("\(title) (\(number))")],
            "type": place % 3 == 2 ? "Special" : "TV", "episodes": 12, "status": "Finished Airing",
            "aired": [
                "from": .string("\(1980 + (first + place * 2) % 45)-04-\(10 + number % 18)"), "to": .null,
                "text": "As stated",
            ],
            "genres": .array((0..<3).map { .string(Self.words[(number / (7 + $0)) % 40]) }), "themes": [],
            "demographics": [], "studios": [.string("Studio \(Self.name(number % 300))")], "source": "Manga",
            "score": .double(5 + Double(numbers.below(400)) / 100),
            "members": .int(Int64(1 + numbers.below(1_000_000))),
            "synopsis": .string(words.joined(separator: " ") + (revision == 0 ? "." : ". Told anew, \(revision).")),
            "openings": .array(songs), "endings": .array(songs), "related": .array(related),
            "img_url": .string("https://scale.example/images/\(number).jpg"), "adult": false,
        ]
    }

    /// A person's list: the well-known entries are on more lists.
    func user(_ number: Int) -> BSONDocument {
        var numbers = Numbers(seed: 0x0B00_0000_0000 + UInt64(number))
        let count = length(of: number)
        var seen: Set<Int> = []
        var list: [BSONValue] = []
        list.reserveCapacity(count)
        while list.count < count {
            let share = numbers.share()
            let place = isMeasured ? Self.known.value(at: share) : share * share
            let entry = 1 + min(entries - 1, Int(Double(entries) * place))
            guard seen.insert(entry).inserted else { continue }
            list.append(.document(row(entry, &numbers)))
        }
        let name = "person\(number)"
        return [
            "_id": .string("\(Self.site):\(name)"), "site": .string(Self.site), "name": .string(name),
            "list": .array(list),
        ]
    }

    static func key(_ entry: Int) -> String { "\(site):\(entry)" }

    /// The lengths of lists have a long tail, and sum up to ``rows`` where that many fit.
    private func length(of user: Int) -> Int {
        let mean = rows / users
        if isMeasured {
            var numbers = Numbers(seed: 0x0D00_0000_0000 + UInt64(user))
            return max(1, min(entries / 4, Int(Double(mean) * Self.lengths.value(at: numbers.share()))))
        }
        // Of ten people five have a quarter of the mean, four one and a quarter, one 3.75 times.
        let quarters = [1, 1, 1, 1, 1, 5, 5, 5, 5, 15]
        return max(1, min(entries / 2, mean * quarters[user % 10] / 4))
    }

    private func row(_ entry: Int, _ numbers: inout Numbers) -> BSONDocument {
        var row = BSONDocument()
        row.reserveCapacity(10)
        row.append(.string(Self.key(entry)), forNew: "entry_id")
        row.append(.string(Self.name(entry)), forNew: "title")
        row.append("TV", forNew: "type")
        let thousandth = numbers.below(1_000)
        let score = isMeasured ? 1 + (Self.scores.firstIndex { thousandth < $0 } ?? 9) : 1 + thousandth % 10
        row.append(.int64(Int64(score)), forNew: "score")
        row.append("completed", forNew: "status")
        row.append(.int64(Int64(1 + numbers.below(26))), forNew: "watched_episodes")
        row.append(false, forNew: "rewatching")
        row.append(.null, forNew: "started")
        row.append(.null, forNew: "finished")
        row.append(.string("20\(10 + entry % 15)-0\(1 + entry % 9)-1\(entry % 10)T12:00:00Z"), forNew: "updated")
        return row
    }

    /// The first entry of a franchise and how many it has: of ten entries one stands alone, two are a pair, three and four belong together.
    func franchise(of number: Int) -> (first: Int, count: Int) {
        let (decade, place) = ((number - 1) / 10 * 10 + 1, (number - 1) % 10)
        let (start, count) = place < 1 ? (0, 1) : place < 3 ? (1, 2) : place < 6 ? (3, 3) : (6, 4)
        return (decade + start, min(count, entries - decade - start + 1))
    }

    private func relation(_ kind: String, to number: Int) -> JSONValue {
        [
            "relation": .string(kind), "site": .string(Self.site), "id": .int(Int64(number)), "kind": "anime",
            "title": .string(Self.name(number)), "url": .string("https://scale.example/anime/\(number)"),
        ]
    }

    private static func name(_ number: Int) -> String {
        var numbers = Numbers(seed: 0x0A00_0000_0000 + UInt64(number))
        return (0..<3).map { _ in words[numbers.below(words.count)] }.joined(separator: " ").capitalized + " \(number)"
    }

    /// Syllables make words, so that texts compress as texts do.
    private static let words: [String] = {
        let syllables = ["ka", "mi", "sho", "ra", "ten", "yu", "no", "ha", "ri", "zen", "mo", "tsu", "be", "go", "ai"]
        return syllables.flatMap { first in
            syllables.flatMap { second in syllables.map { first + second + $0 } + [first + second] }
        }
    }()
}

/// A distribution known at some points, on a logarithmic scale between them.
struct Quantiles {
    private let points: [(share: Double, value: Double)]

    init(_ points: [(share: Double, value: Double)]) { self.points = points }

    func value(at share: Double) -> Double {
        let next = max(1, points.firstIndex { $0.share >= share } ?? points.count - 1)
        let (low, high) = (points[next - 1], points[next])
        let part = (share - low.share) / (high.share - low.share)
        return low.value * pow(high.value / low.value, part)
    }
}

/// Random numbers by SplitMix64.
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
