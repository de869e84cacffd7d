import DemoSite
import Foundation
import TestSupport

/// A row of the table in docs/reliability.md, written as a line of JSON to the file that `ANIMEMATCHER_FAULTS_REPORT` names.
struct FaultReport {
    var test: String
    /// Kills, outages or broken replies.
    var faults: Int
    /// Distinct pages of the site that were asked for.
    var pages = 0
    /// Pages asked for more than once; nil where nobody looked.
    var refetched: Int?
    /// Pages in flight at the kills: more must not be asked for again. Nil where the fault itself makes the crawl ask again.
    var inFlight: Int?
    /// Lines by which the result differs from the uninterrupted crawl's.
    var differences: Int
    /// The shortest gap between the end of an answer and the next request to its host, and what was promised.
    var smallestGap: Duration?
    var promise: Duration?
    var note = ""

    /// Takes what the log tells.
    mutating func read(_ log: [AccessLogEntry], promise: Duration) {
        pages = Set(Self.asked(log)).count
        refetched = Self.refetched(in: log)
        smallestGap = GapCheck(log).smallestGap
        self.promise = promise
    }

    /// How many requests of a log were for pages that had been asked for.
    static func refetched(in log: [AccessLogEntry]) -> Int {
        let asked = asked(log)
        return asked.count - Set(asked).count
    }

    private static func asked(_ log: [AccessLogEntry]) -> [String] {
        log.filter { $0.path != "/robots.txt" }.map { $0.host + $0.path }
    }

    /// Adds what one of several crawls came to.
    mutating func add(refetched more: Int, inFlight: Int) {
        refetched = (refetched ?? 0) + more
        self.inFlight = (self.inFlight ?? 0) + inFlight
    }

    func write() {
        guard let path = ProcessInfo.processInfo.environment["ANIMEMATCHER_FAULTS_REPORT"],
            let line = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys),
            let file = FileHandle(forWritingAtPath: path)
        else { return }
        defer { try? file.close() }
        _ = try? file.seekToEnd()
        try? file.write(contentsOf: line + Data("\n".utf8))
    }

    private var object: [String: Any] {
        [
            "test": test, "faults": faults, "pages": pages, "refetched": refetched ?? -1, "differences": differences,
            "in_flight": inFlight ?? -1, "gap_ms": smallestGap.map { $0 / .milliseconds(1) } ?? -1,
            "promise_ms": promise.map { $0 / .milliseconds(1) } ?? -1, "note": note,
        ]
    }
}
