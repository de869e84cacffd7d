import Reports

/// How many requests each client may ask for: a token bucket each, with a bounded memory of clients.
///
/// Source: the token bucket of RFC 2697, with one rate.
struct ClientLimiter {
    /// Clients remembered; a full bucket tells nothing that a new one does not.
    static let mostClients = 10_000
    /// Seconds of the rate that may be asked for at once.
    private static let burst = 4.0

    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    private let rate: Double
    private var buckets: [String: Bucket] = [:]

    var clientCount: Int { buckets.count }

    /// - Parameter rate: Requests a second in the long run.
    init(rate: Int) { self.rate = Double(rate) }

    /// Asks for one request.
    ///
    /// - Returns: nil when it may be answered, else the time until the next one may.
    mutating func take(_ client: String, now: ContinuousClock.Instant) -> Duration? {
        if buckets[client] == nil, buckets.count >= Self.mostClients { forget(now) }
        var bucket = buckets[client] ?? Bucket(tokens: rate * Self.burst, at: now)
        bucket.tokens = min(rate * Self.burst, bucket.tokens + rate * bucket.at.duration(to: now).inSeconds)
        bucket.at = now
        guard bucket.tokens >= 1 else {
            buckets[client] = bucket
            return .seconds((1 - bucket.tokens) / rate)
        }
        bucket.tokens -= 1
        buckets[client] = bucket
        return nil
    }

    /// Forgets clients whose buckets are full again; when that leaves too many, those not heard of for longest.
    private mutating func forget(_ now: ContinuousClock.Instant) {
        buckets = buckets.filter {
            $0.value.tokens + rate * $0.value.at.duration(to: now).inSeconds < rate * Self.burst
        }
        guard buckets.count >= Self.mostClients else { return }
        let newest = buckets.sorted { $0.value.at > $1.value.at }.prefix(Self.mostClients / 2)
        buckets = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
    }
}
