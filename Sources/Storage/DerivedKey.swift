public import MongoDriver
import WebStandards

extension AnimeDatabase {
    /// A key that all processes on this database have and nobody else, for one purpose: no purpose's key tells anything of another's.
    ///
    /// Source: the expansion step of RFC 5869, with the database's secret as the pseudorandom key and one block of output.
    ///
    /// - Returns: 32 bytes.
    /// - Throws: `.driver` where the database was never prepared.
    public func key(for purpose: String) async throws(MongoError) -> [UInt8] {
        HMACSHA256.authenticate(Array(purpose.utf8) + [1], key: try await forgotten.secret())
    }
}
