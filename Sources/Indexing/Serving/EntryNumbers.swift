import Synchronization

/// Numbers for the keys of the index's entries, so that people's lists can be held in little memory; they keep their meaning from version to
/// version.
final class EntryNumbers: Sendable {
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

    /// Gives numbers to keys that have none.
    func number(_ keys: some Collection<String>) {
        state.withLock { state in
            for key in keys where state.numbers[key] == nil {
                state.numbers[key] = Int32(state.names.count)
                state.names.append(key)
            }
        }
    }

    /// The numbers of keys; nil for what is no entry of the index, since lists name what they like.
    func numbers(of keys: some Sequence<String>) -> [Int32?] {
        state.withLock { state in keys.map { state.numbers[$0] } }
    }
}
