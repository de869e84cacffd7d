/// Looks again and again until something is so; throws when it is not within three minutes.
public func eventually(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(180)
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw NeverSo(what: what) }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// What was waited for in vain.
public struct NeverSo: Error {
    /// In words.
    public let what: String
}
