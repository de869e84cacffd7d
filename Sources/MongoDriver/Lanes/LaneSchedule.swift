/// Decides which lane takes which job; knows neither threads nor MongoDB.
///
/// Shared lanes take jobs from one queue and, before those, jobs that only they can do because a cursor lives on their client.
/// Exclusive lanes are lent whole to one session at a time. A lane never waits for another, so nothing can deadlock in here.
struct LaneSchedule<Job> {
    /// Names a lane.
    struct LaneID: Hashable, Sendable { let number: Int }

    /// Who may use a lane.
    enum Kind: Sendable { case shared, exclusive }

    /// What the caller has to do after a submission.
    enum Wakeup: Equatable { case none, wake(LaneID), start(LaneID) }

    /// What a lane does next.
    enum Next { case run(Job), wait, exit }

    /// How a request for an exclusive lane was answered.
    enum Grant: Equatable { case lane(LaneID), start(LaneID), none }

    private struct LaneState {
        let kind: Kind
        var jobs = Queue<Job>()
        var isWaiting = false
    }

    private let sharedLimit: Int
    private let exclusiveLimit: Int
    private var lanes: [LaneID: LaneState] = [:]
    private var waiting: Set<LaneID> = []
    private var free: [LaneID] = []
    private var queue = Queue<Job>()
    private var sharedCount = 0
    private var exclusiveCount = 0
    private(set) var isClosed = false

    init(sharedLimit: Int, exclusiveLimit: Int) {
        self.sharedLimit = sharedLimit
        self.exclusiveLimit = exclusiveLimit
    }

    /// A job for whichever shared lane is first; nil when closed.
    mutating func submit(_ job: Job) -> Wakeup? {
        guard !isClosed else { return nil }
        queue.append(job)
        if let lane = waiting.popFirst() {
            lanes[lane]?.isWaiting = false
            return .wake(lane)
        }
        guard sharedCount < sharedLimit else { return Wakeup.none }
        sharedCount += 1
        return .start(open(.shared))
    }

    /// A job that only this lane can do; nil when the lane has ended.
    mutating func submit(_ job: Job, to lane: LaneID) -> Wakeup? {
        guard let isWaiting = lanes[lane]?.isWaiting else { return nil }
        lanes[lane]?.jobs.append(job)
        guard isWaiting else { return Wakeup.none }
        lanes[lane]?.isWaiting = false
        waiting.remove(lane)
        return .wake(lane)
    }

    /// What a lane does now that it is idle.
    mutating func next(for lane: LaneID) -> Next {
        guard let kind = lanes[lane]?.kind else { return .exit }
        if let job = lanes[lane]?.jobs.popFirst() { return .run(job) }
        if kind == .shared, let job = queue.popFirst() { return .run(job) }
        guard !isClosed else {
            lanes[lane] = nil
            return .exit
        }
        lanes[lane]?.isWaiting = true
        if kind == .shared { waiting.insert(lane) }
        return .wait
    }

    /// Lends an exclusive lane, if one is free or may still be opened.
    mutating func lend() -> Grant {
        guard !isClosed else { return .none }
        if let lane = free.popLast() { return .lane(lane) }
        guard exclusiveCount < exclusiveLimit else { return .none }
        exclusiveCount += 1
        return .start(open(.exclusive))
    }

    /// Takes back a lane that was lent.
    mutating func giveBack(_ lane: LaneID) { free.append(lane) }

    /// Refuses new jobs; lanes end when what is queued is done. Returns the lanes to wake.
    mutating func close() -> [LaneID] {
        isClosed = true
        return lanes.filter(\.value.isWaiting).map(\.key)
    }

    /// Forgets a lane that could not start; returns the jobs that nobody is left to do.
    mutating func abandon(_ lane: LaneID) -> [Job] {
        guard var abandoned = lanes.removeValue(forKey: lane) else { return [] }
        var stranded: [Job] = []
        while let job = abandoned.jobs.popFirst() { stranded.append(job) }
        free.removeAll { $0 == lane }
        switch abandoned.kind {
        case .exclusive: exclusiveCount -= 1
        case .shared:
            sharedCount -= 1
            while sharedCount == 0, let job = queue.popFirst() { stranded.append(job) }
        }
        return stranded
    }

    /// Whether every lane has ended.
    var isEmpty: Bool { lanes.isEmpty }

    private mutating func open(_ kind: Kind) -> LaneID {
        nextNumber += 1
        let lane = LaneID(number: nextNumber)
        lanes[lane] = LaneState(kind: kind)
        return lane
    }

    private var nextNumber = 0
}

/// First in, first out, in amortised constant time.
struct Queue<Element> {
    private var incoming: [Element] = []
    private var outgoing: [Element] = []

    mutating func append(_ element: Element) { incoming.append(element) }

    mutating func popFirst() -> Element? {
        if outgoing.isEmpty {
            outgoing = incoming.reversed()
            incoming.removeAll(keepingCapacity: true)
        }
        return outgoing.popLast()
    }
}
