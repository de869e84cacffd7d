import MongoDriver

extension AnimeDatabase {
    /// Whether an error says that MongoDB is away, changing its primary or too busy, so that the same call may succeed later.
    public static func isOutage(_ error: any Error) -> Bool {
        guard let error = (error as? MongoError) ?? (error as? StorageError)?.mongoError else { return false }
        return error.isOutage
    }
}

extension MongoError {
    fileprivate var isOutage: Bool {
        switch code {
        case .timeLimit, .sessionsBusy: true
        default: isRetryable || serverCode.map(Self.passing.contains) ?? false
        }
    }

    /// What a server answers that shuts down, starts, changes its primary, or has no disk space for now.
    ///
    /// Source: the server's `error_codes.yml`, categories NotPrimaryError and ShutdownError; OutOfDiskSpace.
    private static let passing: Set<Int32> = [91, 134, 189, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031]
}
