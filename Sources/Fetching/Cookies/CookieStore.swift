import Glibc
import Synchronization
import WebStandards

/// A cookie jar that several requests share at once, for as long as a run lasts. Never written anywhere.
public final class CookieStore: Sendable, CustomStringConvertible {
    private let jar: Mutex<CookieJar>
    private let clock: @Sendable () -> Int64

    /// An empty store.
    ///
    /// - Parameter clock: Seconds since 1970; nil for this machine's.
    public init(suffixes: PublicSuffixList, clock: (@Sendable () -> Int64)? = nil) {
        jar = Mutex(CookieJar(suffixes: suffixes))
        self.clock = clock ?? { Int64(time(nil)) }
    }

    /// What is remembered now.
    public var cookies: [Cookie] { jar.withLock { $0.cookies } }

    func header(for url: WebURL) -> String? { jar.withLock { $0.header(for: url, now: clock()) } }

    func record(_ headers: HeaderFields, from url: WebURL) {
        guard headers.contains("set-cookie") else { return }
        jar.withLock { $0.record(headers, from: url, now: clock()) }
    }

    /// How many, and no values.
    public var description: String { "\(cookies.count) cookies" }
}
