/// The members of a JSON object, in the order they were written, each key once.
///
/// Two objects are equal when they have the same members in any order, as RFC 8259, section 4, leaves the order without meaning.
public struct JSONObject: Sendable, Sequence {
    /// A key and its value.
    public typealias Element = (key: String, value: JSONValue)

    /// The same as it is kept: arrays of tuples are destroyed by the runtime member by member, those of a struct by code made for it.
    public struct Member: Sendable {
        /// The key.
        public let key: String
        /// Its value.
        public internal(set) var value: JSONValue

        /// Makes a member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    private(set) var members: [Member] = []

    /// Positions by key; kept only for objects so large that a scan would be slow.
    private var positions: [String: Int]?

    private static let scanLimit = 64

    /// An object without members.
    public init() {}

    /// An object of `pairs`; of equal keys the last value counts, at the place of the first.
    public init(_ pairs: some Sequence<Element>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// An object of members whose keys are known to differ, at the cost of an array.
    public init(uniqueMembers members: [Element]) {
        self.init(distinct: members.map { Member(key: $0.key, value: $0.value) })
    }

    /// The same of members as they are kept, at no cost.
    public init(distinct members: [Member]) {
        self.members = members
        if members.count > Self.scanLimit { indexMembers() }
    }

    /// Makes room for so many members.
    public mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in written order.
    public var keys: [String] { members.map(\.key) }

    /// The values in written order.
    public var values: [JSONValue] { members.map(\.value) }

    /// The value of `key`; setting nil removes the member, setting a new key appends it.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// How many members there are.
    public var underestimatedCount: Int { members.count }

    /// Goes through the members in written order.
    public func makeIterator() -> Iterator { Iterator(members: members) }

    /// Walks the members in written order.
    public struct Iterator: IteratorProtocol {
        let members: [Member]
        private var place = 0

        init(members: [Member]) { self.members = members }

        /// The next member.
        public mutating func next() -> Element? {
            guard place < members.count else { return nil }
            defer { place += 1 }
            return (members[place].key, members[place].value)
        }
    }

    /// Calls `body` with the members, which are lent and not counted one by one.
    public func withMembers<Result>(_ body: (UnsafeBufferPointer<Member>) throws -> Result) rethrows -> Result {
        try members.withUnsafeBufferPointer(body)
    }

    private func position(of key: String) -> Int? {
        if let positions { return positions[key] }
        return members.firstIndex { $0.key == key }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
        if positions != nil {
            positions?[key] = members.count - 1
        } else if members.count > Self.scanLimit {
            indexMembers()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        if positions != nil { indexMembers() }
    }

    private mutating func indexMembers() {
        positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.key, $0) })
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Independent of the members' order, as equality is.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var one = Hasher()
            one.combine(member.key)
            one.combine(member.value)
            sum ^= one.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object written as a dictionary literal, in its order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { (key: $0.0, value: $0.1) })
    }
}
