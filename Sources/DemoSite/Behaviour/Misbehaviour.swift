import Synchronization

/// Decides for each request whether something goes wrong, and makes it so.
final class Misbehaviour: Sendable {
    private struct State {
        var behaviour: Behaviour
        /// Matching requests so far, by rule.
        var counts: [Int: Int] = [:]
        /// Matching requests so far, by rule, host and target.
        var countsByTarget: [String: Int] = [:]
    }

    private let state: Mutex<State>

    init(_ behaviour: Behaviour) { state = Mutex(State(behaviour: behaviour)) }

    func set(_ behaviour: Behaviour) { state.withLock { $0 = State(behaviour: behaviour) } }

    func apply(to request: Request, _ respond: () -> Response) -> Response {
        guard let (fault, seed) = fault(for: request) else { return respond() }
        return FaultyAnswer(fault: fault, request: request, seed: seed).make(respond)
    }

    private func fault(for request: Request) -> (Fault, seed: UInt64)? {
        state.withLock { state in
            for (index, rule) in state.behaviour.rules.enumerated() where rule.matches(request) {
                if Self.applies(rule, index, request, &state) { return (rule.fault, state.behaviour.seed) }
            }
            return nil
        }
    }

    private static func applies(_ rule: BehaviourRule, _ index: Int, _ request: Request, _ state: inout State) -> Bool {
        switch rule.occasion {
        case .always: return true
        case .every(let number):
            state.counts[index, default: 0] += 1
            return (state.counts[index] ?? 0) % max(1, number) == 0
        case .first(let number): return isFirst(number, index, request, &state)
        case .share(let percent): return isInShare(percent, index, request, state)
        case .shareAfter(let number, let percent):
            state.counts[index, default: 0] += 1
            return (state.counts[index] ?? 0) > number && isInShare(percent, index, request, state)
        case .firstOfShare(let number, let percent):
            return isInShare(percent, index, request, state) && isFirst(number, index, request, &state)
        }
    }

    private static func isFirst(_ number: Int, _ index: Int, _ request: Request, _ state: inout State) -> Bool {
        // Bounded: a crawl of endless paths must not fill the memory.
        guard state.countsByTarget.count < 1_000_000 else { return false }
        let key = "\(index) \(request.hostName)\(request.target)"
        state.countsByTarget[key, default: 0] += 1
        return (state.countsByTarget[key] ?? 0) <= number
    }

    private static func isInShare(_ percent: Int, _ index: Int, _ request: Request, _ state: State) -> Bool {
        var random = SplitMix64(seed: state.behaviour.seed, stream: request.target, index: index)
        return random.below(100) < percent
    }
}
