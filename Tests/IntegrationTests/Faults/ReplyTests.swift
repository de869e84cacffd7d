import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    /// What the driver's retries and our transactions must bear.
    @Suite("Replies")
    struct ReplyTests {
        /// Every so-manieth write is hit: after a broken connection libmongoc looks for the server anew, which takes it up to a second.
        private static let step = FaultScale.current.replyStep

        private func crawl(_ plan: FaultPlan, site: FaultSite, named name: String) async throws {
            try await FaultRig.with(site) { rig in
                rig.proxy.set(plan)
                // The lease of every day: where every tenth write takes a second more, one of two seconds ends under its holder.
                try await rig.finish(["--lease-seconds", "30"])
                let writes = rig.proxy.writes
                rig.proxy.set(FaultPlan())
                var report = FaultReport(
                    test: name, faults: writes / Self.step, inFlight: 0, differences: 0, note: "of \(writes) writes")
                try await report.conclude(rig, promise: .zero)
                // Nobody died, so nothing is asked twice, and the counters say what was stored.
                #expect(report.refetched == 0)
            }
        }

        @Test("a write whose reply is lost is not done twice")
        func lostReply() async throws {
            try await crawl(
                FaultPlan((.cutAfter, at: .every(Self.step))), site: .small,
                named: "reply cut after every \(Self.step)th write")
        }

        @Test("a write that is lost on the way is done")
        func lostRequest() async throws {
            try await crawl(
                FaultPlan((.cutBefore, at: .every(Self.step))), site: .small,
                named: "connection cut before every \(Self.step)th write")
        }

        @Test("a primary that steps down between any two writes costs nothing")
        func notPrimary() async throws {
            try await crawl(
                FaultPlan((.notPrimary, at: .every(Self.step))), site: .small,
                named: "NotWritablePrimary at every \(Self.step)th write")
        }

        @Test("a primary that steps down while entries are combined into anime costs nothing")
        func combining() async throws {
            try await FaultRig.with(.tiny) { rig in
                try await rig.finish()
                let whole = try await rig.anime()
                try await rig.forgetAnime()
                let before = rig.proxy.writes
                try await rig.finish(["--resume"])
                // A crawl with nothing left to ask combines only, so that each of its writes can be hit in turn.
                let writes = rig.proxy.writes - before
                #expect(writes > 8)
                for number in 1...writes {
                    try await rig.forgetAnime()
                    rig.proxy.set(FaultPlan((.notPrimary, at: .nth(number))))
                    try await rig.finish(["--resume"])
                    #expect(try await rig.anime() == whole, "write \(number) of \(writes)")
                }
            }
        }

        @Test("with half a second for each message to MongoDB a crawl is slower and no different")
        func slow() async throws {
            try await FaultRig.with(.tiny) { rig in
                // A commit is a dozen messages: the lease and the server's patience are those of every day here.
                try await rig.setTransactionLifetime(seconds: 60)
                rig.proxy.set(FaultPlan(delay: .milliseconds(FaultScale.current.slowness)))
                try await rig.finish(["--lease-seconds", "30"])
                rig.proxy.set(FaultPlan())
                try await rig.setTransactionLifetime(seconds: 3)
                var report = FaultReport(
                    test: "\(FaultScale.current.slowness) ms for each message to MongoDB", faults: 1, inFlight: 0,
                    differences: 0)
                try await report.conclude(rig, promise: .zero)
                #expect(report.refetched == 0)
            }
        }
    }
}

extension FaultRig {
    /// Which anime are stored, and what makes them up.
    fileprivate func anime() async throws -> [BSONDocument] {
        let anime = temporary.client.database(temporary.name).collection("anime")
        return try await anime.find([:], FindOptions(sort: ["_id": 1], projection: ["entries": 1])).all()
    }

    /// Undoes all that was combined, and that it was.
    fileprivate func forgetAnime() async throws {
        let database = temporary.client.database(temporary.name)
        for name in ["anime", "consumers"] { _ = try await database.collection(name).deleteMany([:]) }
    }

    /// Sets after how long the server ends transactions, for all of its clients.
    func setTransactionLifetime(seconds: Int) async throws {
        try await temporary.client.database("admin").runCommand([
            "setParameter": 1, "transactionLifetimeLimitSeconds": .integer(seconds),
        ])
    }
}
