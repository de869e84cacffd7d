import WebStandards

/// One fire of a schedule: a time that its definition names, and what is to be done about it.
public struct PlannedFire: Sendable, Hashable {
    /// Why a fire is left out.
    public enum Skip: String, Sendable, Hashable {
        /// It falls into a blackout.
        case blackout = "in a blackout"
        /// A later fire moves to the end of the same blackout.
        case superseded = "a later fire moves to the end of the same blackout"
        /// Nobody was there, and the schedule does not make up for it.
        case missed = "missed"
    }

    /// The time named, in seconds since 1970; with the schedule's name the fire's identity.
    public let time: Int64
    /// When the run starts: `time`, moved out of blackouts, and jitter.
    public let start: Int64
    /// Why it is left out; nil for one that is run.
    public var skip: Skip?

    /// A fire.
    public init(time: Int64, start: Int64, skip: Skip? = nil) {
        self.time = time
        self.start = start
        self.skip = skip
    }
}

/// What is due of a schedule at a time.
public struct FirePlan: Sendable, Hashable {
    /// What is due, oldest first.
    public var fires: [PlannedFire] = []
    /// The last time that has been dealt with, in seconds since 1970.
    public var considered: Int64
    /// When to look again; nil for never.
    public var wake: Int64?

    /// A plan without fires.
    public init(considered: Int64, wake: Int64? = nil) {
        self.considered = considered
        self.wake = wake
    }
}
