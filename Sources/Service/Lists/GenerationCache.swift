/// Keeps what was asked for lately, in a bounded number of bytes.
///
/// Two generations: what is asked for moves to the younger one; when that has half the bytes, the older one goes with whatever nobody asked
/// for since. Near to what "least recently used" keeps, without a list to be kept in order.
struct GenerationCache<Value> {
    private struct Held {
        let value: Value
        let bytes: Int
    }

    private let limit: Int
    private var young: [String: Held] = [:]
    private var old: [String: Held] = [:]
    private var youngBytes = 0
    private var oldBytes = 0

    /// What all values are said to take.
    var bytes: Int { youngBytes + oldBytes }
    var count: Int { young.count + old.count }

    /// - Parameter limit: Bytes of all values together at most.
    init(limit: Int) { self.limit = limit }

    mutating func find(_ key: String) -> Value? {
        if let held = young[key] { return held.value }
        guard let held = old.removeValue(forKey: key) else { return nil }
        oldBytes -= held.bytes
        add(held, key)
        return held.value
    }

    /// Holds a value; one of the same key goes.
    ///
    /// - Parameter bytes: About what it takes, with its key.
    mutating func insert(_ value: Value, _ key: String, bytes: Int) {
        remove(key)
        guard bytes <= limit / 2 else { return }
        add(Held(value: value, bytes: bytes), key)
    }

    /// Lets a value go, and returns it.
    @discardableResult
    mutating func remove(_ key: String) -> Value? {
        if let held = young.removeValue(forKey: key) {
            youngBytes -= held.bytes
            return held.value
        }
        guard let held = old.removeValue(forKey: key) else { return nil }
        oldBytes -= held.bytes
        return held.value
    }

    mutating func removeAll() { self = GenerationCache(limit: limit) }

    private mutating func add(_ held: Held, _ key: String) {
        if youngBytes + held.bytes > limit / 2 {
            (old, oldBytes) = (young, youngBytes)
            (young, youngBytes) = ([:], 0)
        }
        young[key] = held
        youngBytes += held.bytes
    }
}
