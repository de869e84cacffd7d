public import CrawlDomain
import Foundation
public import MongoDriver
import WebStandards

/// Removes everything of one person on one site, and lays a tombstone so that nothing of them comes back.
///
/// The tombstone, the list and the reviews go in transactions with their changes, so that consumers hear of it; the rest after that. A death in
/// between is mended by doing it again.
public struct Forgetting: Sendable {
    let database: AnimeDatabase
    let site: String
    /// The name as the site writes it.
    let name: String
    /// The name in all the forms in which it may be stored: itself, its HMAC.
    let forms: [String]

    /// Decodes a page's body; nil where it cannot be, and then it says nothing to anybody.
    let body: @Sendable (RawPage) -> [UInt8]?

    /// Stands in older rows of the change log where the name of a file was that the person is called in.
    private static let redactedFile = "forgotten"
    /// Documents that go in one transaction.
    private static let batch = 500

    /// - Parameters:
    ///   - name: The name as the site writes it; letter case does not count.
    ///   - forms: How it may be stored.
    ///   - body: Decodes a page's body; nil where it cannot be.
    public init(
        database: AnimeDatabase, site: String, name: String, storedAs forms: [String],
        body: @escaping @Sendable (RawPage) -> [UInt8]?
    ) {
        (self.database, self.site, self.name, self.body) = (database, site, name, body)
        self.forms = Array(Set(forms + [name])).sorted()
    }

    /// Whether anything of a site is stored where a person may be named: lists, now or earlier, reviews, imports, URLs, pages.
    public static func isNeeded(_ site: String, in database: AnimeDatabase) async throws(MongoError) -> Bool {
        // ';' follows ':'.
        let range: BSONDocument = ["$gt": .string("\(site):"), "$lt": .string("\(site);")]
        let keys: BSONDocument = ["_id": .document(range)]
        let places: [(CollectionName, BSONDocument)] = [
            (.users, keys), (.reviews, keys), (.changes, ["subject": "user", "key": .document(range)]),
            (.imports, ["kind": "list", "site": .string(site)]),
            (.frontier, ["site": .string(site)]), (.pages, ["site": .string(site)]),
        ]
        for (name, filter) in places {
            let found = try await database.collection(name).findOne(filter, FindOptions(projection: ["_id": 1]))
            if found != nil { return true }
        }
        return false
    }

    private var mention: PersonMention { PersonMention(name) }
    private var people: Set<Person> { Set(forms.map { Person(site: site, name: $0) }) }

    /// Does it, or only looks.
    ///
    /// - Parameters:
    ///   - isDryRun: Whether to remove nothing and lay no tombstone.
    ///   - personalPages: The kinds of pages whose address names a person.
    public func run(isDryRun: Bool, personalPages: Set<String>) async throws -> ForgetReport {
        var report = ForgetReport(site: site)
        var users = try await documents(.users, field: "name")
        var reviews = try await documents(.reviews, field: "author")
        if isDryRun {
            report.changes = try await countChanges(of: users)
        } else {
            report.changes = try await delete(&users, &reviews)
            try await awaitCommits()
        }
        (report.lists, report.reviews) = (users.count, reviews.count)
        let addresses = try await addresses(personalPages)
        report.urls = addresses.count
        report.pages = try await pages(at: addresses, isDryRun: isDryRun)
        if !isDryRun {
            try await removeAddresses(addresses)
            try await removeBudgets()
            try await removeParked(users)
        }
        report.samples = try await SampleRedaction(database: database, site: site, mention: mention)
            .run(isDryRun: isDryRun)
        report.imports = try await removeImports(isDryRun: isDryRun)
        return report
    }

    /// Keys of the site's documents that are the person's.
    ///
    /// The index compares more loosely than people do ("ss" is "ß" to it), so what it finds is compared again.
    private func documents(_ collection: CollectionName, field: String) async throws(MongoError) -> [String] {
        let people = people
        return try await database.collection(collection).find(
            [field: ["$in": .array(forms.map(BSONValue.string))]],
            FindOptions(projection: ["_id": 1, field: 1], collation: IndexPlan.caseless)
        ).all().filter { document in
            document[field]?.stringValue.map { people.contains(Person(site: site, name: $0)) } ?? false
        }.compactMap { $0["_id"]?.stringValue }.filter { $0.hasPrefix("\(site):") }
    }

    /// Lays the tombstone first: whoever stores something of the person meanwhile is refused, or is done before and found here.
    ///
    /// - Parameters:
    ///   - users: Keys of lists; those that were found too late for the first look are added.
    ///   - reviews: Keys of reviews, likewise.
    /// - Returns: In how many changes the key was written over.
    private func delete(_ users: inout [String], _ reviews: inout [String]) async throws -> Int {
        let writes =
            users.map { DocumentWriter.Write(subject: .user, collection: .users, key: $0, fields: nil) }
            + reviews.map { DocumentWriter.Write(subject: .review, collection: .reviews, key: $0, fields: nil) }
        let cause = ChangeCause(.forget, id: site)
        let (ledger, people, keys) = (database.ledger, people, try await keys(users))
        var redacted = 0
        for start in stride(from: 0, to: max(1, writes.count), by: Self.batch) {
            let some = Array(writes[min(start, writes.count)..<min(start + Self.batch, writes.count)])
            var count = 0
            _ = try await ledger.write(some, cause: cause) { (session) throws(StorageError) in
                try await StorageError.wrapping { () throws(MongoError) in
                    try await database.forgotten.add(people, at: Date(), session: session)
                    // Every transaction that stores something writes this document, so one that has read no tombstone is refused and begins anew.
                    try await database.collection(.counters).updateOne(
                        ["_id": "changes"], ["$inc": ["value": .int64(0), "tombstones": .int64(1)]], .upsert,
                        session: session)
                }
            } after: { (session, _, _) throws(StorageError) in
                count = try await StorageError.wrapping { () throws(MongoError) in
                    try await redactAuthors(of: some, session: session)
                    return try await redactChanges(of: keys, session)
                }
            }
            redacted += count
        }
        // Stored between the look and the tombstone.
        var lateUsers = try await documents(.users, field: "name")
        var lateReviews = try await documents(.reviews, field: "author")
        guard !(lateUsers + lateReviews).isEmpty else { return redacted }
        redacted += try await delete(&lateUsers, &lateReviews)
        users += lateUsers
        reviews += lateReviews
        return redacted
    }

    /// Takes the author's hash out of the change log's rows of reviews, the deletion's too: names are short, and a dictionary turns it back.
    private func redactAuthors(of writes: [DocumentWriter.Write], session: MongoSession) async throws(MongoError) {
        let keys = writes.filter { $0.subject == .review }.map { BSONValue.string($0.key) }
        guard !keys.isEmpty else { return }
        try await database.collection(.changes).updateMany(
            ["subject": "review", "key": ["$in": .array(keys)]], ["$pull": ["fields": ["name": "author"]]],
            session: session)
    }

    /// Lets every commit of visits that has seen no tombstone end before anything is looked for, or begin anew and see it: each writes its
    /// host's document (``CommitFence``).
    private func awaitCommits() async throws(MongoError) {
        try await database.collection(.hosts).updateMany(
            ["_id": ["$gte": ""]], ["$inc": ["commits": .int64(1)]])
    }

    /// Fingerprints of the site's URLs whose address is the person's.
    private func addresses(_ personalPages: Set<String>) async throws(MongoError) -> [String] {
        var found: [String] = []
        let urls = try await database.collection(.frontier).find(
            ["site": .string(site), "page": ["$in": .array(personalPages.sorted().map(BSONValue.string))]],
            FindOptions(projection: ["url": 1]))
        while let batch = try await urls.nextBatch() {
            for document in batch where document["url"]?.stringValue.map(mention.isAddress) ?? false {
                if let id = document["_id"]?.stringValue { found.append(id) }
            }
        }
        return found
    }

    private func removeAddresses(_ fingerprints: [String]) async throws(MongoError) {
        let frontier = database.collection(.frontier)
        for some in fingerprints.chunked(Self.batch) {
            let gone = try await frontier.find(
                ["_id": ["$in": .array(some.map(BSONValue.string))]], FindOptions(projection: ["url": 1])
            ).all()
            try await frontier.deleteMany(["_id": ["$in": .array(some.map(BSONValue.string))]])
            // Where others were found is told by an address.
            let urls = gone.compactMap { $0["url"] }
            try await frontier.updateMany(
                ["site": .string(site), "via": ["$in": .array(urls)]], ["$set": ["via": .null]])
        }
    }

    /// Removes what was counted by a path that names the person.
    private func removeBudgets() async throws(MongoError) {
        let budgets = database.collection(.budgets)
        // '}' follows '|'.
        let ofSite: BSONDocument = ["_id": ["$gt": .string("\(site)|"), "$lt": .string("\(site)}")]]
        let found = try await budgets.find(ofSite, FindOptions(projection: ["_id": 1]))
        while let batch = try await found.nextBatch() {
            let ids = batch.compactMap { $0["_id"] }.filter { id in
                let path = id.stringValue?.drop { $0 != "/" } ?? ""
                return mention.isAddress("http://localhost\(path)")
            }
            if !ids.isEmpty { try await budgets.deleteMany(["_id": ["$in": .array(ids)]]) }
        }
    }

    /// Removes what is noted of imports of lists from files that are called after the person; all it was good for is to go on with them.
    private func removeImports(isDryRun: Bool) async throws(MongoError) -> Int {
        let imports = database.collection(.imports)
        let lists = try await imports.find(
            ["kind": "list", "site": .string(site)], FindOptions(projection: ["file": 1])
        ).all()
        let own = lists.filter { $0["file"]?.stringValue.map(mention.isFile) ?? false }.compactMap { $0["_id"] }
        if !isDryRun, !own.isEmpty { try await imports.deleteMany(["_id": ["$in": .array(own)]]) }
        return own.count
    }

    /// Removes the raw pages of some URLs, and all others that name the person.
    private func pages(at fingerprints: [String], isDryRun: Bool) async throws -> Int {
        let own = Set(fingerprints)
        let naming = try await database.pages.fingerprints(site: site) { page in
            body(page).map(mention.isNamed) ?? false
        }
        let all = own.union(naming)
        return isDryRun
            ? try await database.pages.count(fingerprints: all) : try await database.pages.forget(fingerprints: all)
    }

    /// Keys that the person's list has or had, in any letter case: one that went earlier left its name in the log.
    private func keys(_ users: [String]) async throws(MongoError) -> [String] {
        var keys = Set(users)
        for form in forms {
            let key = "^\(Self.escaped("\(site):\(form)"))$"
            let found = try await database.collection(.changes).find(
                ["subject": "user", "key": .regex(BSONRegularExpression(pattern: key, options: "i"))],
                FindOptions(projection: ["_id": 0, "key": 1])
            ).all()
            keys.formUnion(found.compactMap { $0["key"]?.stringValue })
        }
        return keys.sorted()
    }

    /// A name as a literal inside a regular expression (PCRE): letters and digits stay, everything else is escaped.
    private static func escaped(_ text: String) -> String {
        text.prefix(200).unicodeScalars.reduce(into: "") { pattern, scalar in
            if scalar.isASCII, !scalar.properties.isAlphabetic, !(48...57).contains(scalar.value) { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
    }

    private static func changes(of key: String) -> BSONDocument { ["subject": "user", "key": .string(key)] }

    /// Writes over the key in the person's older rows of the change log; the last one tells consumers what to delete.
    private func redactChanges(of keys: [String], _ session: MongoSession) async throws(MongoError) -> Int {
        let changes = database.collection(.changes)
        var count = 0
        for rows in keys.map(Self.changes) {
            let last = try await changes.findOne(
                rows, FindOptions(sort: ["_id": -1], projection: ["_id": 1]), session: session)
            guard let number = last?["_id"] else { continue }
            let older = rows.merging(["_id": ["$lt": number]])
            try await redactCauses(of: older, session)
            count += try await changes.updateMany(
                older, ["$set": ["key": .string(Change.redactedKey(site: site)), "fields": []]], session: session
            ).modifiedCount
        }
        return count
    }

    /// Writes over the names of imported files that have the person's name in them.
    private func redactCauses(of rows: BSONDocument, _ session: MongoSession) async throws(MongoError) {
        let changes = database.collection(.changes)
        let imported = try await changes.find(
            rows.merging(["cause.kind": "import"]), FindOptions(projection: ["cause": 1]), session: session
        ).all()
        let own = imported.filter { $0[path: "cause.id"]?.stringValue.map(mention.isFile) ?? false }
        guard !own.isEmpty else { return }
        try await changes.updateMany(
            ["_id": ["$in": .array(own.compactMap { $0["_id"] })]],
            ["$set": ["cause.id": .string(Self.redactedFile)]], session: session)
    }

    private func countChanges(of users: [String]) async throws(MongoError) -> Int {
        var count = 0
        for key in try await keys(users) {
            let rows = try await database.collection(.changes).count(Self.changes(of: key))
            // The last one stays; where there is a list, that is its deletion, which is still to come.
            count += users.contains(key) ? rows : max(0, rows - 1)
        }
        return count
    }

    /// Removes what webhooks have set aside of the person's list, so that its deletion does not wait behind it.
    private func removeParked(_ users: [String]) async throws {
        let keys = try await keys(users).map(BSONValue.string)
        for consumer in try await database.consumers.all() where consumer.delivery?.parked.isEmpty == false {
            try await database.collection(.consumers).updateOne(
                ["_id": .string(consumer.name)],
                ["$pull": ["delivery.parked": ["subject": "user", "key": ["$in": .array(keys)]]]])
        }
    }
}
