import Dispatch
import Synchronization

/// Threads that run libmongoc's blocking calls, each with a client of its own.
///
/// One thread per client means that a call never holds a thread while it waits for a client, nor a client while it waits for a
/// thread; and that cursors and sessions, which libmongoc ties to a client, are touched by one thread only.
final class LanePool: Sendable {
    typealias LaneID = LaneSchedule<Job>.LaneID

    /// Work for a lane, or for nobody when the system has no thread to give.
    struct Job: Sendable {
        let run: @Sendable (LaneClient) -> Void
        var refuse: @Sendable (MongoError) -> Void = { _ in }
    }

    private struct State {
        var schedule: LaneSchedule<Job>
        var signals: [LaneID: DispatchSemaphore] = [:]
        var waiters: [(call: LaneCall<LaneID>, id: ObjectIdentifier)] = []
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    private let clients: ClientPool
    private let state: Mutex<State>

    init(clients: ClientPool, sharedLimit: Int, exclusiveLimit: Int) {
        self.clients = clients
        state = Mutex(State(schedule: LaneSchedule(sharedLimit: sharedLimit, exclusiveLimit: exclusiveLimit)))
    }

    /// Runs a blocking call on a lane, by default on whichever shared one is free first.
    ///
    /// - Throws: what `body` throws; `.cancelled` when the task is cancelled while the call waits; `.closed`.
    func run<Value: Sendable>(
        on lane: LaneID? = nil, _ body: @escaping @Sendable (LaneClient) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        let call = LaneCall<Value>()
        let job = Job(
            run: { client in
                guard let continuation = call.begin() else { return }
                continuation.resume(returning: Result { () throws(MongoError) in try body(client) })
            }, refuse: { call.begin()?.resume(returning: .failure($0)) })
        return try await answer(to: call) { self.submit(job, to: lane) }
    }

    /// Does something on a lane without waiting for it; nothing when the lane has ended, which cleans up by itself.
    func enqueue(on lane: LaneID, _ body: @escaping @Sendable (LaneClient) -> Void) {
        _ = submit(Job(run: body), to: lane)
    }

    /// Lends a whole lane; it must be given back.
    ///
    /// - Throws: `.sessionsBusy` when none became free within `patience`.
    func borrow(patience: Duration) async throws(MongoError) -> LaneID {
        let call = LaneCall<LaneID>()
        let timer = Mutex<Task<Void, Never>?>(nil)
        defer { timer.withLock { $0?.cancel() } }
        return try await answer(to: call) {
            guard self.grant(call) else {
                timer.withLock { $0 = self.refuse(call, after: patience) }
                return true
            }
            return !self.isClosed
        }
    }

    /// Takes back a lent lane, after what is still queued on it.
    func giveBack(_ lane: LaneID) {
        let waiter = state.withLock { state -> LaneCall<LaneID>? in
            guard !state.waiters.isEmpty else {
                state.schedule.giveBack(lane)
                return nil
            }
            return state.waiters.removeFirst().call
        }
        guard let waiter else { return }
        if let continuation = waiter.begin() {
            continuation.resume(returning: .success(lane))
        } else {
            giveBack(lane)
        }
    }

    /// Refuses new calls, lets queued ones finish, destroys every cursor and session, and waits until all threads are done.
    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                guard !state.schedule.isEmpty else { return true }
                state.closing.append(continuation)
                return false
            }
            beginClosing()
            if isDone { continuation.resume() }
        }
    }

    /// Lets the threads end without waiting for them.
    func beginClosing() {
        let waiters = state.withLock { state in
            for lane in state.schedule.close() { state.signals[lane]?.signal() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.call.begin()?.resume(returning: .failure(Self.closed)) }
    }

    private var isClosed: Bool { state.withLock(\.schedule.isClosed) }

    private static var closed: MongoError { MongoError(.closed, "the client was closed") }

    private func answer<Value: Sendable>(
        to call: LaneCall<Value>, submitting submit: () -> Bool
    ) async throws(MongoError) -> Value {
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, MongoError>, Never>) in
                guard call.wait(continuation) else { return }
                if !submit() { call.begin()?.resume(returning: .failure(Self.closed)) }
            }
        } onCancel: {
            call.cancel()
        }
        return try answer.get()
    }

    private func submit(_ job: Job, to lane: LaneID?) -> Bool {
        let (wakeup, signal) = state.withLock { state -> (LaneSchedule<Job>.Wakeup?, DispatchSemaphore?) in
            let wakeup = lane.map { state.schedule.submit(job, to: $0) } ?? state.schedule.submit(job)
            if case .start(let lane)? = wakeup { state.signals[lane] = DispatchSemaphore(value: 0) }
            guard case .wake(let lane)? = wakeup else { return (wakeup, nil) }
            return (wakeup, state.signals[lane])
        }
        // Not while the lock is held: it is what the lane asks for first.
        signal?.signal()
        if case .start(let lane)? = wakeup { start(lane) }
        return wakeup != nil
    }

    /// Answers with a lane now, or queues the call and returns false.
    private func grant(_ call: LaneCall<LaneID>) -> Bool {
        let grant = state.withLock { state in
            let grant = state.schedule.lend()
            if case .start(let lane) = grant { state.signals[lane] = DispatchSemaphore(value: 0) }
            if grant == .none, !state.schedule.isClosed { state.waiters.append((call, ObjectIdentifier(call))) }
            return grant
        }
        switch grant {
        case .none: return isClosed
        case .start(let lane):
            // Without a thread the call on the lane fails, which tells the reason.
            deliver(lane, to: call)
            start(lane)
        case .lane(let lane): deliver(lane, to: call)
        }
        return true
    }

    private func deliver(_ lane: LaneID, to call: LaneCall<LaneID>) {
        if let continuation = call.begin() {
            continuation.resume(returning: .success(lane))
        } else {
            giveBack(lane)
        }
    }

    private func refuse(_ call: LaneCall<LaneID>, after patience: Duration) -> Task<Void, Never> {
        Task {
            try? await Task.sleep(for: patience)
            guard !Task.isCancelled else { return }
            state.withLock { state in state.waiters.removeAll { $0.id == ObjectIdentifier(call) } }
            let error = MongoError(.sessionsBusy, "no session became free within \(patience)")
            call.begin()?.resume(returning: .failure(error))
        }
    }

    private func start(_ lane: LaneID) {
        let thread = LaneThread { [self] in serve(lane) }
        guard !thread.start() else { return }
        let stranded = state.withLock { state in
            state.signals[lane] = nil
            return state.schedule.abandon(lane)
        }
        for job in stranded { job.refuse(MongoError(.driver, "the system gives no further thread")) }
    }

    private func serve(_ lane: LaneID) {
        let client = LaneClient(lane: lane, clients: clients)
        while let job = nextJob(for: lane) { job.run(client) }
        client.destroy()
        let finished = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.signals[lane] = nil
            guard state.signals.isEmpty else { return [] }
            defer { state.closing = [] }
            return state.closing
        }
        for continuation in finished { continuation.resume() }
    }

    private func nextJob(for lane: LaneID) -> Job? {
        while true {
            let (next, signal) = state.withLock { ($0.schedule.next(for: lane), $0.signals[lane]) }
            switch next {
            case .run(let job): return job
            case .exit: return nil
            case .wait: signal?.wait()
            }
        }
    }
}
