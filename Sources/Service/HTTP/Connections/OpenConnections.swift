import Synchronization

/// The connections of this process, by the address they come from.
final class OpenConnections: Sendable {
    private let most: Int
    private let byAddress = Mutex<[ClientAddress: Int]>([:])

    /// - Parameter most: Connections of one address at once.
    init(mostOfOneAddress most: Int) { self.most = most }

    /// All of them.
    var count: Int { byAddress.withLock { $0.values.reduce(0, +) } }

    /// Counts one more.
    ///
    /// - Returns: False where the address has too many already: the connection is to be closed, and is not counted.
    func open(_ address: ClientAddress) -> Bool {
        byAddress.withLock { open in
            guard address.isThisMachine || open[address, default: 0] < most else { return false }
            open[address, default: 0] += 1
            return true
        }
    }

    /// Counts one less.
    func close(_ address: ClientAddress) {
        byAddress.withLock { open in
            let left = open[address, default: 1] - 1
            open[address] = left > 0 ? left : nil
        }
    }
}
