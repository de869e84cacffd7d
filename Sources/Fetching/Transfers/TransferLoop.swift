import CCurl

/// What the fetcher's thread does: starts what waits, moves what runs, tells what ended.
struct TransferLoop {
    private let multi: MultiHandle
    private let inbox: Inbox
    private let counts: TransferCounts
    private let watch: StallWatch
    private let maximumTransfers: Int
    private var waiting = WaitingLine()
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    init(multi: MultiHandle, inbox: Inbox, counts: TransferCounts, watch: StallWatch, maximumTransfers: Int) {
        self.watch = watch
        self.multi = multi
        self.counts = counts
        self.inbox = inbox
        self.maximumTransfers = max(1, maximumTransfers)
    }

    /// Returns when the inbox was closed and everything was told so.
    mutating func run() {
        while true {
            let orders = inbox.take()
            for order in orders.list { follow(order) }
            if orders.isClosed { return end(.shutdown, "the fetcher was shut down") }
            startWaiting()
            guard watch.time(multi.perform) == CURLM_OK else { return breakDown() }
            let finished = finish()
            // A freed place is given away before sleeping.
            if finished == 0 || waiting.isEmpty, multi.wait() != CURLM_OK { return breakDown() }
        }
    }

    private mutating func follow(_ order: Inbox.Order) {
        switch order {
        case .fetch(let job): waiting.append(job)
        case .cancel(let id): cancel(id)
        }
    }

    private mutating func startWaiting() {
        while running.count < maximumTransfers, let job = waiting.next() {
            start(job)
        }
    }

    private mutating func start(_ job: FetchJob, needsNewConnection: Bool = false) {
        do {
            let transfer = try Transfer(job, sockets: multi.sockets, needsNewConnection: needsNewConnection)
            guard multi.add(transfer.easy) == CURLM_OK else {
                return job.fail(.resources, "libcurl takes no more transfers")
            }
            running[transfer.easy.pointer] = transfer
        } catch {
            job.continuation.resume(returning: .failure(error))
        }
    }

    private mutating func finish() -> Int {
        var count = 0
        while let (easy, result) = multi.nextFinished() {
            guard let transfer = running.removeValue(forKey: easy) else { continue }
            count += 1
            if transfer.isOutOfStep, !transfer.needsNewConnection {
                drop(transfer, isWhole: false)
                start(transfer.job, needsNewConnection: true)
                continue
            }
            let outcome = transfer.outcome(result)
            counts.change { transfer.count(in: &$0) }
            drop(transfer, isWhole: (try? outcome.get())?.isTruncated == false)
            transfer.job.continuation.resume(returning: outcome)
        }
        return count
    }

    /// Takes out a transfer; its connection is kept only when the answer was had whole.
    private func drop(_ transfer: Transfer, isWhole: Bool) {
        multi.remove(transfer.easy)
        if let connection = transfer.connection { multi.sockets.end(connection, isWhole: isWhole) }
    }

    private mutating func cancel(_ id: UInt64) {
        if let job = waiting.remove(id) {
            job.fail(.cancelled, "cancelled before it started")
        } else if let (easy, transfer) = running.first(where: { $0.value.job.id == id }) {
            running[easy] = nil
            drop(transfer, isWhole: false)
            transfer.job.fail(.cancelled, "cancelled under way")
        }
    }

    /// libcurl's multi handle reports only programming errors and lack of memory here; nothing more can be fetched.
    private mutating func breakDown() {
        inbox.close()
        for order in inbox.take().list { follow(order) }
        end(.resources, "libcurl's multi handle failed")
    }

    private mutating func end(_ code: FetchError.Code, _ cause: String) {
        while let job = waiting.next() { job.fail(code, cause) }
        for transfer in running.values {
            multi.remove(transfer.easy)
            transfer.job.fail(code, cause)
        }
        running = [:]
    }
}
