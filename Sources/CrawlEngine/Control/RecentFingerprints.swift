import WebStandards

/// The fingerprints seen last, in two generations: a bounded memory that forgets the older half at once.
///
/// It only saves questions, so it may forget: whether a URL is new is decided by the frontier's unique index.
struct RecentFingerprints: Sendable {
    /// Fingerprints of one generation: 16 bytes each, and as much again for the free places of a hash table.
    static let usualGeneration = 250_000

    private let generation: Int
    private var young: Set<URLFingerprint> = []
    private var old: Set<URLFingerprint> = []

    init(generation: Int = Self.usualGeneration) {
        self.generation = max(1, generation)
    }

    /// How many are remembered: never more than two generations.
    var count: Int { young.count + old.count }

    /// Whether one is remembered; what is asked for stays longer.
    mutating func contains(_ fingerprint: URLFingerprint) -> Bool {
        if young.contains(fingerprint) { return true }
        guard old.contains(fingerprint) else { return false }
        insert(fingerprint)
        return true
    }

    /// Remembers one.
    mutating func insert(_ fingerprint: URLFingerprint) {
        if young.count >= generation, !young.contains(fingerprint) { (old, young) = (young, []) }
        old.remove(fingerprint)
        young.insert(fingerprint)
    }
}
