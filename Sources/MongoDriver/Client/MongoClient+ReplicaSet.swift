extension MongoClient {
    /// Makes a lone server that was started with `--replSet` a replica set of one, if it is not in one already, and waits until
    /// it is primary. Connect with `directConnection=true` for this.
    ///
    /// - Parameters:
    ///   - name: The name given to `--replSet`.
    ///   - host: `host:port` by which the server itself and all clients reach it.
    ///   - patience: How long to wait for the election.
    /// - Throws: The server's refusal, or `.unreachable` when it is not primary in time.
    public func initiateReplicaSet(
        named name: String, host: String, patience: Duration = .seconds(30)
    ) async throws(MongoError) {
        let admin = database("admin")
        let end = ContinuousClock.now + patience
        while true {
            let hello = try await admin.runCommand(["hello": 1])
            if hello["isWritablePrimary"]?.boolValue == true { return }
            if hello["setName"] == nil { try await initiate(name, host) }
            guard ContinuousClock.now < end else {
                throw MongoError(.unreachable, "\(host) is not a primary after \(patience)")
            }
            do { try await Task.sleep(for: .milliseconds(50)) } catch {
                throw MongoError(.cancelled, "the task was cancelled while \(host) elected itself")
            }
        }
    }

    private func initiate(_ name: String, _ host: String) async throws(MongoError) {
        let members: BSONValue = [["_id": 0, "host": .string(host)]]
        do throws(MongoError) {
            let configuration: BSONValue = ["_id": .string(name), "members": members]
            try await database("admin").runCommand(["replSetInitiate": configuration])
        } catch  where error.codeName == "AlreadyInitialized" {
        }
    }
}
