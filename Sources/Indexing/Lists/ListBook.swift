import Storage

/// Everybody's lists as they were last folded in: the old ones, to be taken out of the matrix when they change.
///
/// A sequence of leaves, ascending by key, each of which is stored as a chunk; the few that an update needs are loaded, so memory does not
/// grow with the number of people. Where one leaf ends and the next begins is told by the keys alone: one of which the hash ends in seven
/// zeros begins a leaf. So the same people give the same leaves, whatever happened before, as in a "prolly tree".
struct ListBook: Sendable {
    /// A run of people, from a key on to the next leaf's.
    struct Leaf: Sendable {
        /// The key that begins it; empty for what comes before the first such key.
        let first: String
        var userCount: Int
        /// What it is stored under; nil when it is not, or has changed since.
        fileprivate(set) var hash: String?
        /// Its people; nil when they are not loaded.
        fileprivate(set) var content: ListLeaf?
    }

    /// Ascending; none is without people.
    private(set) var leaves: [Leaf] = []

    /// How many people there are.
    var userCount: Int { leaves.reduce(0) { $0 + $1.userCount } }

    /// Nobody.
    init() {}

    /// Stored leaves.
    init(leaves: [(first: String, userCount: Int, hash: String)]) {
        self.leaves = leaves.map { Leaf(first: $0.first, userCount: $0.userCount, hash: $0.hash) }
    }

    /// FNV-1a, folded: where a leaf begins must not change from one run to the next.
    static func beginsLeaf(_ user: String) -> Bool {
        let hash = user.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (hash ^ (hash >> 32)) & 127 == 0
    }

    /// Keys are ordered by their bytes, as the database orders them.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The leaf that a key is or would be in; nil when it comes before all, or there are none.
    private func place(of user: String) -> Int? {
        var (low, high) = (0, leaves.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(user, leaves[middle].first) { high = middle } else { low = middle + 1 }
        }
        return low > 0 ? low - 1 : nil
    }

    /// Hashes of the leaves that are not loaded and that reading or setting the lists of these people needs.
    func missing(for users: some Sequence<String>) -> [String] {
        var found: Set<String> = []
        for user in users {
            guard let place = place(of: user) else { continue }
            if leaves[place].content == nil, let hash = leaves[place].hash { found.insert(hash) }
            // Without its first person a leaf is one with the leaf before.
            guard place > 0, leaves[place].first == user, leaves[place - 1].content == nil else { continue }
            if let hash = leaves[place - 1].hash { found.insert(hash) }
        }
        return found.sorted()
    }

    /// Puts loaded leaves in their places.
    mutating func install(_ contents: [String: ListLeaf]) {
        for place in leaves.indices where leaves[place].content == nil {
            if let hash = leaves[place].hash { leaves[place].content = contents[hash] }
        }
    }

    /// A person's list.
    ///
    /// - Precondition: Nothing is ``missing(for:)`` it.
    func list(of user: String) throws -> EntryList? {
        guard let place = place(of: user) else { return nil }
        return try loaded(place).list(of: user)
    }

    /// Adds, replaces or (with nil) removes a list.
    ///
    /// - Returns: The list there was.
    /// - Precondition: Nothing is ``missing(for:)`` it.
    @discardableResult
    mutating func set(_ list: EntryList?, of user: String) throws -> EntryList? {
        let old = try self.list(of: user)
        guard old != list else { return old }
        if list != nil, old == nil { try makePlace(for: user) }
        guard let place = place(of: user) else { return old }
        var content = try loaded(place)
        // Held once only while it is changed.
        leaves[place].content = nil
        try content.set(list, of: user)
        leaves[place].content = content
        leaves[place].hash = nil
        leaves[place].userCount += (list == nil ? 0 : 1) - (old == nil ? 0 : 1)
        if list == nil { try join(place, without: user) }
        return old
    }

    /// Adds a person whose key comes after all others.
    mutating func append(_ list: EntryList, of user: String) throws {
        guard let last = leaves.indices.last, !Self.beginsLeaf(user) else {
            var content = ListLeaf()
            content.append(list, of: user)
            leaves.append(Leaf(first: Self.beginsLeaf(user) ? user : "", userCount: 1, content: content))
            return
        }
        var content = try loaded(last)
        leaves[last].content = nil
        content.append(list, of: user)
        leaves[last].content = content
        leaves[last].hash = nil
        leaves[last].userCount += 1
    }

    /// Sees to it that there is a leaf for a new person, beginning with them if their key says so.
    private mutating func makePlace(for user: String) throws {
        guard Self.beginsLeaf(user) else {
            if place(of: user) == nil { leaves.insert(Leaf(first: "", userCount: 0, content: ListLeaf()), at: 0) }
            return
        }
        guard let place = place(of: user) else {
            return leaves.insert(Leaf(first: user, userCount: 0, content: ListLeaf()), at: 0)
        }
        var content = try loaded(place)
        let rest = try content.split(from: user)
        let moved = try rest.users().count
        leaves.insert(Leaf(first: user, userCount: moved, content: rest), at: place + 1)
        guard moved > 0 else { return }
        leaves[place].content = content
        leaves[place].hash = nil
        leaves[place].userCount -= moved
        if leaves[place].userCount == 0 { leaves.remove(at: place) }
    }

    /// Puts a leaf that has lost its first person, or all, where it belongs now.
    private mutating func join(_ place: Int, without user: String) throws {
        let leaf = leaves[place]
        if leaf.userCount == 0 {
            leaves.remove(at: place)
        } else if leaf.first == user {
            let content = try loaded(place)
            if place == 0 {
                leaves[0] = Leaf(first: "", userCount: leaf.userCount, content: content)
            } else {
                var before = try loaded(place - 1)
                before.append(content)
                leaves[place - 1].content = before
                leaves[place - 1].hash = nil
                leaves[place - 1].userCount += leaf.userCount
                leaves.remove(at: place)
            }
        }
    }

    private func loaded(_ place: Int) throws -> ListLeaf {
        guard let content = leaves[place].content else {
            throw IndexError(.corruptPart, "a leaf of lists was not loaded; this is a mistake of the program")
        }
        return content
    }
}

extension ListBook {
    /// The leaves as they are stored.
    var chunks: [IndexChunk] {
        leaves.map { leaf in
            leaf.hash.map(IndexChunk.stored) ?? .bytes(leaf.content?.bytes ?? [])
        }
    }

    /// How much of people's lists is loaded, in bytes.
    var loadedBytes: Int { leaves.reduce(0) { $0 + ($1.content?.bytes.count ?? 0) } }

    /// The places of leaves that are not stored as they are.
    var changed: [Int] { leaves.indices.filter { leaves[$0].hash == nil } }

    /// Takes note of what some leaves are stored under.
    mutating func stored(_ places: [Int], as hashes: [String]) {
        for (place, hash) in zip(places, hashes) { leaves[place].hash = hash }
    }

    /// Lets go of the people of all leaves that are stored.
    mutating func letGo() {
        for place in leaves.indices where leaves[place].hash != nil { leaves[place].content = nil }
    }

    /// Hashes of the leaves that are not loaded and may have people after one key and up to another.
    func missing(after first: String?, through last: String?) -> [String] {
        places(after: first, through: last).compactMap { leaves[$0].content == nil ? leaves[$0].hash : nil }
    }

    /// The people after one key and up to another; nil for no bound.
    ///
    /// - Precondition: Nothing is ``missing(after:through:)``.
    func users(after first: String?, through last: String?) throws -> [String] {
        try places(after: first, through: last).flatMap { try loaded($0).users() }.filter { user in
            (first.map { Self.precedes($0, user) } ?? true) && (last.map { !Self.precedes($0, user) } ?? true)
        }
    }

    private func places(after first: String?, through last: String?) -> Range<Int> {
        guard !leaves.isEmpty else { return 0..<0 }
        let start = first.flatMap(place) ?? 0
        let end = last.map { place(of: $0) ?? 0 } ?? leaves.count - 1
        return start..<max(start, end + 1)
    }
}
