import Synchronization

/// Numbers for the keys of entries, so that people's lists can be held in little memory; they keep their meaning from version to version.
final class EntryNumbers: Sendable {
    /// Lists name what they like: more entries than any catalogue has are not numbered.
    static let most = 1 << 20

    private struct State {
        var numbers: [String: Int32] = [:]
        var names: [String] = []
    }

    private let state = Mutex(State())

    /// How many there are.
    var count: Int { state.withLock { $0.names.count } }

    /// The keys that have the numbers from one on.
    func names(from first: Int) -> ArraySlice<String> { state.withLock { $0.names[first...] } }

    /// The key of a number.
    func name(_ number: Int32) -> String { state.withLock { $0.names[Int(number)] } }

    /// The numbers of keys, given now where there are none; nil when there are too many.
    func numbers(of keys: some Collection<String>) -> [Int32]? {
        state.withLock { state in
            var found: [Int32] = []
            found.reserveCapacity(keys.count)
            for key in keys {
                if let number = state.numbers[key] {
                    found.append(number)
                    continue
                }
                guard state.names.count < Self.most else { return nil }
                let number = Int32(state.names.count)
                state.numbers[key] = number
                state.names.append(key)
                found.append(number)
            }
            return found
        }
    }
}
