public import struct Foundation.Date

/// What is remembered of a schedule between its fires.
public struct ScheduleState: Sendable, Hashable {
    /// The schedule's name.
    public let name: String
    /// Which definition the schedulers go by: the one adopted last.
    public let definition: String
    /// The last time that has been dealt with.
    public let considered: Date
    /// When the next run starts; nil when none is known.
    public let next: Date?
    /// Whether it is paused by the operator.
    public let isPaused: Bool

    /// A state.
    public init(name: String, definition: String, considered: Date, next: Date?, isPaused: Bool) {
        self.name = name
        self.definition = definition
        self.considered = considered
        self.next = next
        self.isPaused = isPaused
    }
}
