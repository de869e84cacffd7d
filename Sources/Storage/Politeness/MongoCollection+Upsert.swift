import Foundation
import MongoDriver

extension MongoCollection {
    /// Changes the document of an id by a pipeline, making it where there is none; returns it as it is then, with the server's time.
    func upsert(_ id: String, _ stages: [BSONDocument]) async throws(MongoError) -> (stored: BSONDocument, now: Date) {
        let options = FindAndUpdateOptions(upsert: true, projection: ServerTime.projection)
        let found: BSONDocument?
        do {
            found = try await findOneAndUpdate(["_id": .string(id)], .pipeline(stages), options)
        } catch {
            // Somebody else made it at the same moment.
            guard error.code == .duplicateKey else { throw error }
            found = try await findOneAndUpdate(["_id": .string(id)], .pipeline(stages), options)
        }
        return ServerTime.read(found) ?? ([:], Date())
    }
}
