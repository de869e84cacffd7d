import Foundation

/// What comes from the environment only and is never printed.
enum Secrets {
    /// The secret that people's names are hashed with.
    static var userKey: [UInt8]? {
        ProcessInfo.processInfo.environment["ANIMEMATCHER_USER_KEY"].map { Array($0.utf8) }
    }
}
