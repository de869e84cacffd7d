import Synchronization

/// What was made of the newest of something, held until there is a newer one; made once, however many ask meanwhile.
final class Latest<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var held: (key: Key, value: Value)?
        var underWay: [Key: Task<Value, Never>] = [:]
    }

    private enum Step {
        case held(Value)
        case wait(Task<Value, Never>)
        case make(Task<Value, Never>)
    }

    private let state = Mutex(State())

    /// What belongs to a key.
    ///
    /// - Parameters:
    ///   - takesOlder: Whether who comes while it is made gets what is held of before, if there is any, instead of waiting.
    ///   - make: Makes it, for the first one who asks.
    func value(_ key: Key, takesOlder: Bool = false, make: @escaping @Sendable () -> Value) async -> Value {
        switch state.withLock({ Self.step(&$0, key, takesOlder, make) }) {
        case .held(let value): return value
        case .wait(let task): return await task.value
        case .make(let task):
            let value = await task.value
            state.withLock { state in
                state.underWay[key] = nil
                state.held = (key, value)
            }
            return value
        }
    }

    private static func step(
        _ state: inout State, _ key: Key, _ takesOlder: Bool, _ make: @escaping @Sendable () -> Value
    ) -> Step {
        if let held = state.held, held.key == key { return .held(held.value) }
        if let task = state.underWay[key] {
            if takesOlder, let held = state.held { return .held(held.value) }
            return .wait(task)
        }
        let task = Task { make() }
        state.underWay[key] = task
        return .make(task)
    }
}
