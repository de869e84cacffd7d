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
    /// Pages asked for more than once.
    var refetched = 0
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
        let asked = log.filter { $0.path != "/robots.txt" }.map { $0.host + $0.path }
        pages = Set(asked).count
        refetched = asked.count - pages
        smallestGap = GapCheck(log).smallestGap
        self.promise = promise
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
            "test": test, "faults": faults, "pages": pages, "refetched": refetched, "differences": differences,
            "in_flight": inFlight ?? -1, "gap_ms": smallestGap.map { $0 / .milliseconds(1) } ?? -1,
            "promise_ms": promise.map { $0 / .milliseconds(1) } ?? -1, "note": note,
        ]
    }
}
