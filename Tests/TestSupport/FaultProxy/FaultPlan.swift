/// What goes wrong between a program and MongoDB, and at which write. A value that decides; the proxy does it.
public struct FaultPlan: Sendable {
    /// What goes wrong at one write.
    public enum Fault: Sendable, Hashable {
        /// The program is killed and the write never reaches the server.
        case killBefore
        /// The server has done the write; the program is killed before it hears so.
        case killAfter
        /// The connection ends and the write never reaches the server.
        case cutBefore
        /// The server has done the write; the connection ends before the program hears so.
        case cutAfter
        /// The server does not get the write; the program hears this error.
        case refuse(code: Int, name: String, labels: [String])

        /// What a server says that has stopped being the primary.
        public static let notPrimary = refuse(
            code: 10107, name: "NotWritablePrimary", labels: ["RetryableWriteError"])
    }

    /// At which of the writes.
    public enum Occasion: Sendable, Hashable {
        /// The nth from now on, counted from 1.
        case nth(Int)
        /// The nth, 2nth … .
        case every(Int)
    }

    /// Commands that count as writes: whatever changes something, and the end of a transaction.
    public static let writes: Set<String> = ["insert", "update", "delete", "findAndModify", "commitTransaction"]

    /// How long each message to the server is held back.
    public var delay: Duration
    private var faults: [(fault: Fault, occasion: Occasion)]
    private var count = 0

    /// Nothing goes wrong unless faults are given; of several that apply, the first one happens.
    public init(_ faults: (Fault, at: Occasion)..., delay: Duration = .zero) {
        self.faults = faults.map { ($0.0, $0.at) }
        self.delay = delay
    }

    /// Takes note of a command, and says what goes wrong with it.
    mutating func fault(at command: String) -> Fault? {
        guard Self.writes.contains(command) else { return nil }
        count += 1
        return faults.first { fault in
            switch fault.occasion {
            case .nth(let number): count == number
            case .every(let number): count.isMultiple(of: max(1, number))
            }
        }?.fault
    }
}
