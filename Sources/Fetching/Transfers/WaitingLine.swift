/// Jobs in order of arrival, of which any may leave early.
struct WaitingLine {
    private var jobs: [UInt64: FetchJob] = [:]
    /// Ids in order of arrival; those that left are passed over.
    private var order: [UInt64] = []
    private var head = 0

    var isEmpty: Bool { jobs.isEmpty }

    mutating func append(_ job: FetchJob) {
        jobs[job.id] = job
        order.append(job.id)
    }

    mutating func remove(_ id: UInt64) -> FetchJob? {
        jobs.removeValue(forKey: id)
    }

    mutating func next() -> FetchJob? {
        while head < order.count {
            let id = order[head]
            head += 1
            if head > 64, head * 2 > order.count {
                order.removeFirst(head)
                head = 0
            }
            if let job = jobs.removeValue(forKey: id) { return job }
        }
        return nil
    }
}
