extension MongoClient {
    /// Runs a body in a transaction and commits it; both are tried again while that may help.
    ///
    /// The body may run several times, so its effects must all go through the session. Reads see one snapshot. Write
    /// `{ session throws(StorageError) in … }` where the compiler does not find the error's type by itself.
    ///
    /// - Parameters:
    ///   - options: Bounds of the retries.
    ///   - isolation: The caller's isolation, which the body keeps.
    ///   - body: What happens in the transaction; an error aborts it.
    /// - Returns: What the body returned in the run that was committed.
    /// - Throws: The body's error, or the driver's wrapped in the same type.
    @discardableResult
    public func withTransaction<Value, Failure: MongoErrorConvertible>(
        _ options: TransactionOptions = .init(), isolation: isolated (any Actor)? = #isolation,
        _ body: (MongoSession) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let session: MongoSession
        do { session = try await startSession() } catch { throw Failure(error) }
        defer { session.end() }
        let policy = TransactionPolicy(options: options, start: .now)
        var attempt = 1
        while true {
            do throws(Failure) {
                return try await attemptTransaction(in: session, policy, isolation: isolation, body)
            } catch {
                guard let cause = error.mongoError, policy.repeatsBody(after: cause, attempt: attempt, now: .now) else {
                    throw error
                }
            }
            do {
                try await Task.sleep(for: policy.delay(before: attempt, random: .random(in: 0...1)))
            } catch {
                throw Failure(MongoError(.cancelled, "the task was cancelled between two runs of a transaction"))
            }
            attempt += 1
        }
    }

    private func attemptTransaction<Value, Failure: MongoErrorConvertible>(
        in session: MongoSession, _ policy: TransactionPolicy, isolation: isolated (any Actor)?,
        _ body: (MongoSession) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let commitTimeLimit = policy.options.commitTimeLimit
        let writeConcernTimeout = core.options.writeConcernTimeout
        do {
            try await core.run(session) { (client) throws(MongoError) in
                try client.startTransaction(
                    commitTimeLimit: commitTimeLimit, writeConcernTimeout: writeConcernTimeout)
            }
        } catch { throw Failure(error) }
        let value: Value
        do throws(Failure) {
            value = try await body(session)
        } catch {
            core.lanes.enqueue(on: session.lane) { $0.abortTransaction() }
            throw error
        }
        do { try await commit(session, policy) } catch { throw Failure(error) }
        return value
    }

    private func commit(_ session: MongoSession, _ policy: TransactionPolicy) async throws(MongoError) {
        while true {
            do throws(MongoError) {
                return try await core.run(session) { (client) throws(MongoError) in try client.commitTransaction() }
            } catch {
                guard policy.repeatsCommit(after: error, now: .now) else { throw error }
            }
        }
    }
}
