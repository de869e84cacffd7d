import CrawlDomain
import Foundation
public import MongoDriver
import Synchronization
import WebStandards

/// Tombstones: who asked to be forgotten, so that no crawl and no import brings them back.
///
/// A tombstone is an HMAC of site and name under a secret of this database: who reads the collection learns nobody's name, and can only ask
/// whether a name he knows is among them.
public struct ForgottenPeople: Sendable {
    let database: AnimeDatabase

    private var tombstones: MongoCollection { database.collection(.forgotten) }

    /// Makes the database's secret where there is none yet.
    func prepare() async throws(MongoError) {
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255) }
        try await tombstones.updateOne(
            ["_id": Self.secretID], ["$setOnInsert": ["secret": .binary(BSONBinary(secret))]], .upsert)
    }

    /// How many names there are, or how many of one site.
    public func count(site: String? = nil) async throws(MongoError) -> Int {
        try await tombstones.count(site.map { ["site": .string($0)] } ?? ["_id": ["$ne": Self.secretID]])
    }

    /// Which of some people have asked to be forgotten.
    func among(
        _ people: some Collection<Person>, session: MongoSession? = nil
    ) async throws(MongoError) -> Set<Person> {
        guard !people.isEmpty else { return [] }
        let secret = try await secret()
        let byID = Dictionary(people.map { (Self.id($0, secret), $0) }, uniquingKeysWith: { first, _ in first })
        let found = try await tombstones.find(
            ["_id": ["$in": .array(byID.keys.map(BSONValue.string))]], FindOptions(projection: ["_id": 1]),
            session: session
        ).all()
        return Set(found.compactMap { $0["_id"]?.stringValue.flatMap { byID[$0] } })
    }

    /// Lays tombstones; one that is there stays as it is.
    func add(_ people: Set<Person>, at now: Date, session: MongoSession) async throws(MongoError) {
        let secret = try await secret()
        let models = people.map { person in
            WriteModel.updateOne(
                ["_id": .string(Self.id(person, secret))],
                ["$setOnInsert": ["site": .string(person.site), "at": .date(now)]], .upsert)
        }
        try await tombstones.bulkWrite(models, ordered: false, session: session).throwIfAnyRowFailed()
    }

    /// Takes tombstones away: these people may be stored again when a crawl comes by.
    ///
    /// - Returns: How many there were.
    public func lift(_ people: Set<Person>) async throws(MongoError) -> Int {
        let secret = try await secret()
        let ids = people.map { BSONValue.string(Self.id($0, secret)) }
        return try await tombstones.deleteMany(["_id": ["$in": .array(ids)]])
    }

    private static let secretID: BSONValue = "secret"

    private static func id(_ person: Person, _ secret: [UInt8]) -> String {
        let digest = HMACSHA256.authenticate(Array("\(person.site)\n\(person.folded)".utf8), key: secret)
        return digest.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The database's secret, which no program but ours has a use for.
    func secret() async throws(MongoError) -> [UInt8] {
        if let known = database.secret.value { return known }
        let stored = try await tombstones.findOne(["_id": Self.secretID])?["secret"]?.binaryValue?.bytes ?? []
        guard !stored.isEmpty else {
            throw MongoError(
                .driver, "the collection 'forgotten' has lost its secret; the database must be prepared")
        }
        database.secret.value = stored
        return stored
    }
}

/// The secret of a database once it was read; it never changes.
final class DatabaseSecret: Sendable {
    private let stored = Mutex<[UInt8]?>(nil)

    var value: [UInt8]? {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
