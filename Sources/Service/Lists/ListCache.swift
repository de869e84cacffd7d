import Indexing
import WebStandards

/// A person's list as it was read.
final class HeldList: Sendable {
    let list: PackedList
    /// What the person is called.
    let name: String?
    /// What stands for the list as it is; nil for documents that do not say.
    let revision: String?
    let readAt: ContinuousClock.Instant

    init(_ list: PackedList, name: String?, revision: String?, readAt: ContinuousClock.Instant) {
        (self.list, self.name, self.revision, self.readAt) = (list, name, revision, readAt)
    }

    /// Reads a `users` document; nil for what is none.
    convenience init?(_ user: JSONObject, in index: AnimeIndex, readAt: ContinuousClock.Instant) {
        guard let list = index.packed(user) else { return nil }
        self.init(
            list, name: user["name"]?.stringValue, revision: user["content_hash"]?.stringValue, readAt: readAt)
    }
}

/// People's lists and the answers made of them, as long as they are known to be what is stored: a value, told what was written and what time
/// it is.
///
/// What it holds is right as of `patience` ago, or it answers nothing: writes are heard of while whoever listens says so, and when that
/// stops nothing is believed any more.
struct ListCache {
    /// An answer that was given.
    struct GivenAnswer {
        let query: String
        let index: Int
        let list: HeldList
        let bytes: [UInt8]
    }

    /// Bytes of lists, of answers, of names.
    static let limits = (lists: 64 << 20, answers: 64 << 20, names: 8 << 20)
    /// How old the last word of the listener may be.
    static let patience: Duration = .milliseconds(700)
    /// A list is read again after this time, whatever was heard: a server that fails may take back what was read and never written durably.
    static let longest: Duration = .seconds(300)
    /// Keys remembered while somebody reads.
    private static let mostWritten = 10_000

    private var lists = GenerationCache<HeldList>(limit: limits.lists)
    private var answers = GenerationCache<GivenAnswer>(limit: limits.answers)
    /// Name → key.
    private var keys = GenerationCache<String>(limit: limits.names)
    private var heardAt: ContinuousClock.Instant?
    /// Counts what was heard, so that a list that was read before a write is not held after it.
    private var moment = 0
    private var readers = 0
    /// Before which nothing that was read may be held.
    private var floor = 0
    private var written: [String: Int] = [:]
    /// The index version that answers are of.
    private var index = 0

    var bytes: Int { lists.bytes + answers.bytes + keys.bytes }
    var listCount: Int { lists.count }

    /// Somebody listens from now on; what was held before that is forgotten.
    mutating func listens(_ now: ContinuousClock.Instant) {
        clear()
        heardAt = now
    }

    /// Nobody listens any more.
    mutating func stopsListening() {
        clear()
        heardAt = nil
    }

    /// Forgets everything, also what is being read.
    mutating func clear() {
        lists.removeAll()
        answers.removeAll()
        keys.removeAll()
        moment += 1
        (floor, written) = (moment, [:])
    }

    /// A list that was held until it was written.
    struct Lost: Equatable {
        let key: String
        /// The name it was found by, too.
        let name: String?
    }

    /// Some have been written.
    ///
    /// - Parameter time: Until when everything written has been told with these; nil when more is waiting to be told.
    /// - Returns: Those of them that were held.
    @discardableResult
    mutating func hear(keys some: [String], names: [String], _ time: ContinuousClock.Instant?) -> [Lost] {
        if let time { heardAt = time }
        guard !some.isEmpty else { return [] }
        moment += 1
        var lost: [Lost] = []
        for key in some {
            if let held = lists.remove(key) {
                lost.append(Lost(key: key, name: held.name.flatMap { keys.find($0) == key ? $0 : nil }))
            }
            answers.remove(key)
            // A key goes before a name.
            keys.remove(key)
        }
        for name in names { keys.remove(name) }
        guard readers > 0 else { return lost }
        if written.count + some.count + names.count > Self.mostWritten { (floor, written) = (moment, [:]) }
        for text in some + names { written[text] = moment }
        return lost
    }

    /// The list of a key, or of a name.
    mutating func find(_ text: String, _ now: ContinuousClock.Instant) -> HeldList? {
        guard isInformed(now), let held = lists.find(text) ?? named(text) else { return nil }
        return held.readAt.duration(to: now) <= Self.longest ? held : nil
    }

    /// The list of one who is called so.
    private mutating func named(_ name: String) -> HeldList? {
        guard let held = keys.find(name).flatMap({ lists.find($0) }), held.name == name else { return nil }
        return held
    }

    /// Whether all that was written until a short while ago has been heard.
    private func isInformed(_ now: ContinuousClock.Instant) -> Bool {
        heardAt.map { $0.duration(to: now) <= Self.patience } ?? false
    }

    /// Somebody begins to read a list.
    mutating func begin() -> Int {
        readers += 1
        return moment
    }

    /// They have read it, and it may be held unless something of it was written meanwhile.
    ///
    /// - Parameters:
    ///   - held: What was read; nil where there is nothing to be held.
    ///   - text: The key or the name it was asked for by.
    ///   - start: What `begin` returned.
    mutating func end(_ held: HeldList?, _ text: String, since start: Int, _ now: ContinuousClock.Instant) {
        readers -= 1
        defer { if readers == 0 { written = [:] } }
        guard let held, isInformed(now), start >= floor else { return }
        let key = held.list.key
        guard written[key, default: 0] <= start, written[text, default: 0] <= start else { return }
        lists.insert(held, key, bytes: held.list.byteCount)
        if text != key, text == held.name { keys.insert(key, text, bytes: 64 + text.utf8.count + key.utf8.count) }
    }

    /// What was answered to the same question.
    mutating func answer(_ query: String, of list: HeldList, index: Int) -> [UInt8]? {
        guard index == self.index, let answer = answers.find(list.list.key), answer.list === list, answer.query == query
        else { return nil }
        return answer.bytes
    }

    /// Holds an answer as long as its list; one a person.
    mutating func keep(_ bytes: [UInt8], _ query: String, of list: HeldList, index: Int) {
        if index > self.index {
            answers.removeAll()
            self.index = index
        }
        let key = list.list.key
        guard index == self.index, lists.find(key) === list else { return }
        let answer = GivenAnswer(query: query, index: index, list: list, bytes: bytes)
        answers.insert(answer, key, bytes: bytes.count + query.utf8.count + 128)
    }
}
