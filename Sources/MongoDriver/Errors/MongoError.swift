/// Why something could not be read from, written to or asked of MongoDB.
public struct MongoError: Error, Sendable {
    /// What went wrong, bounded and free of values, so that it can label a metric.
    public enum Code: String, Sendable, CaseIterable {
        /// Bytes or JSON are not well formed, or a key is not allowed.
        case invalidBSON
        /// A BSON type that this driver refuses; the message names it.
        case unsupportedType
        /// A document or value over one of `BSONLimits`.
        case limitExceeded
        /// A Swift value that could not become BSON.
        case encoding
        /// BSON that could not become the Swift type asked for.
        case decoding
        /// The connection string is wrong.
        case invalidURI
        /// An argument was refused before anything was sent.
        case invalidArgument
        /// No server was reachable in time.
        case unreachable
        /// The connection broke or timed out; whether the server acted is unknown.
        case network
        /// The server refused the credentials, or the user may not do this.
        case authentication
        /// The server stopped after the time allowed (codes 50, 202 and 262).
        case timeLimit
        /// A unique index already holds this key (code 11000).
        case duplicateKey
        /// The collection's validator refused the document (code 121); `details` tells the rule.
        case validation
        /// Another transaction wrote the same document (code 112).
        case writeConflict
        /// The collection exists already (code 48).
        case namespaceExists
        /// There is no such collection (code 26).
        case namespaceNotFound
        /// The server no longer has this cursor (codes 43 and 237).
        case cursorNotFound
        /// The moment that a snapshot shows is older than what the server keeps (codes 239 and 246).
        case snapshotTooOld
        /// A change stream's resume point left the oplog (code 286): only a full comparison of the data helps.
        case changeStreamHistoryLost
        /// The write was done, but not confirmed by a majority and its journal in time.
        case writeConcern
        /// Some rows of a bulk write failed for different reasons; see `writeErrors`.
        case bulkWrite
        /// Any other refusal by the server.
        case command
        /// The task was cancelled before anything was sent.
        case cancelled
        /// The client was closed.
        case closed
        /// Every session lane stayed in use for longer than allowed.
        case sessionsBusy
        /// libmongoc refused something itself.
        case driver
    }

    /// What went wrong.
    public var code: Code
    /// One line for a person, without credentials.
    public var message: String
    /// The place in the document, as names and indexes separated by dots.
    public var fieldPath: String?
    /// The server's error number.
    public var serverCode: Int32?
    /// The server's name of that number.
    public var codeName: String?
    /// The server's and driver's labels, such as `TransientTransactionError`.
    public var labels: Set<String>
    /// The server's `errInfo`: for `.validation` the rules that were not satisfied.
    public var details: BSONDocument?
    /// The rows of a bulk write that failed, in order.
    public var writeErrors: [WriteError]
    /// What a bulk write did before and besides the rows that failed.
    public var partialResult: BulkResult?

    /// An error of our own making.
    public init(_ code: Code, _ message: String, serverCode: Int32? = nil, labels: Set<String> = []) {
        self.code = code
        self.message = message
        self.serverCode = serverCode
        self.labels = labels
        writeErrors = []
    }

    /// Whether running the whole transaction again may succeed.
    public var isTransient: Bool { labels.contains("TransientTransactionError") }

    /// Whether a commit may or may not have happened; committing again is safe.
    public var isUnknownCommitResult: Bool { labels.contains("UnknownTransactionCommitResult") }

    /// Whether the same call may succeed a moment later: the cluster was unreachable, changing its primary, or busy.
    ///
    /// After `.network` the first attempt may have been applied, so only an idempotent call may be repeated.
    public var isRetryable: Bool {
        switch code {
        case .unreachable, .network, .writeConflict, .writeConcern: true
        default: isTransient || labels.contains("RetryableWriteError") || labels.contains("ResumableChangeStreamError")
        }
    }

    /// The same error seen from the document around it.
    func under(_ key: String) -> MongoError {
        var outer = self
        outer.fieldPath = fieldPath.map { "\(key).\($0)" } ?? key
        return outer
    }
}

/// A failure of one row of a bulk write.
public struct WriteError: Sendable, Hashable {
    /// The row's place in the models given.
    public var index: Int
    /// The kind of failure.
    public var code: MongoError.Code
    /// The server's error number.
    public var serverCode: Int32
    /// The server's text.
    public var message: String
    /// The server's `errInfo`: for `.validation` the rules that were not satisfied.
    public var details: BSONDocument?
}

extension MongoError: CustomStringConvertible {
    /// The code, the server's number, the place and the message on one line.
    public var description: String {
        var text = code.rawValue
        if let serverCode { text += " (\(codeName.map { "\($0), " } ?? "")\(serverCode))" }
        if let fieldPath { text += " at \(fieldPath)" }
        return "\(text): \(message)"
    }
}

/// An error that may carry a driver's error, so that `withTransaction` sees whether to try again.
///
/// A module's own error type conforms, and bodies of transactions throw that type.
public protocol MongoErrorConvertible: Error {
    /// Wraps an error of the driver.
    init(_ error: MongoError)
    /// The driver's error inside, if there is one.
    var mongoError: MongoError? { get }
}

extension MongoError: MongoErrorConvertible {
    /// The error itself.
    public init(_ error: MongoError) { self = error }
    /// The error itself.
    public var mongoError: MongoError? { self }
}
