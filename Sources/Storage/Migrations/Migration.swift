import MongoDriver

/// One change of how documents are stored, made once in a database's life. Forward only.
///
/// A death at any instant leaves a database that the same migration finishes: every step may be repeated, and the place after it is
/// stored behind it.
protocol Migration: Sendable {
    /// 1, 2, 3 …: the order in which they are made, and the database's version after it.
    var number: Int { get }
    /// What it brings, for people.
    var name: String { get }
    /// Collections whose rules are lifted while migrations run, since it writes what the old rules refuse.
    var rewrites: [CollectionName] { get }

    /// Documents it would change now.
    func remaining(in database: AnimeDatabase) async throws -> Int

    /// Changes the next documents after a place. May be repeated.
    ///
    /// - Parameter place: What the step before returned; nil at the beginning.
    /// - Returns: How many documents were changed, and from where to go on; a nil place when all is done.
    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?)
}

/// A migration that changes no document: the schemas have got new collections or optional fields, which an older program would refuse.
struct Addition: Migration {
    let number: Int
    let name: String
    var rewrites: [CollectionName] { [] }

    func remaining(in database: AnimeDatabase) async throws -> Int { 0 }

    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?) {
        (0, nil)
    }
}
