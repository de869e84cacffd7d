import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import MongoDriver
import Storage
import Synchronization
import TestSupport
import Testing
import WebStandards

@testable import Webhooks

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct WebhookDelivererTests {
    /// A log, a receiver, and what delivers from one to the other.
    private struct Rig {
        let temporary: TemporaryDatabase
        let server: AskedServer
        let fetcher: Fetcher
        var database: AnimeDatabase { temporary.database }

        static func with(
            _ answer: @escaping @Sendable (AskedServer.Asked) -> AskedServer.Answer,
            _ body: (Rig) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { temporary in
                let server = try AskedServer(answer)
                let fetcher = try Fetcher(configuration: FetcherConfiguration(userAgent: "Test"))
                defer { server.stop() }
                try await body(Rig(temporary: temporary, server: server, fetcher: fetcher))
                await fetcher.shutdown()
            }
        }

        func log(_ changes: [(subject: String, key: String)]) async throws {
            let base = temporary.client.database(temporary.name)
            let first = try await database.changes.newest() + 1
            let rows = changes.enumerated().map { offset, change -> BSONDocument in
                [
                    "_id": .int64(Int64(first + offset)), "subject": .string(change.subject),
                    "key": .string(change.key), "operation": "update", "fields": [],
                    "cause": ["kind": "crawl", "id": "x"], "at": .date(Date()),
                ]
            }
            try await base.collection("changes").insertMany(rows)
            try await base.collection("counters").updateOne(
                ["_id": "changes"], ["$inc": ["value": .int64(Int64(changes.count))]], .upsert)
        }

        func entries(_ numbers: Int...) async throws {
            try await log(numbers.map { (subject: "entry", key: "demo:\($0)") })
        }

        func deliverer(
            path: String = "/hook", host: String = "127.0.0.1", wait: TimeInterval = 0, limit: Duration? = nil,
            _ change: (inout Webhook) -> Void = { _ in }
        ) throws -> WebhookDeliverer {
            var webhook = Webhook(
                name: "test", url: try #require(WebURL("http://\(host):\(server.port)\(path)")), secretVariable: "S")
            change(&webhook)
            var sender = try WebhookSender(
                webhook, fetcher: fetcher, allowedAddresses: [],
                environment: ["S": "whsec_" + Data(repeating: 1, count: 32).base64EncodedString()])
            if let limit { sender.timeLimit = limit }
            var policy = DeliveryPolicy()
            policy.firstWait = wait
            return WebhookDeliverer(database: database, sender: sender, policy: policy)
        }

        var state: ConsumerPosition.State {
            get async throws { try await database.position(of: "webhook:test").read() }
        }

        /// Passes until nothing is left to do at once; waits are of no length here.
        func settle(_ deliverer: WebhookDeliverer) async throws -> WebhookDeliverer.Ending {
            for _ in 0..<400 {
                let ending = try await deliverer.pass()
                if case .waits(let next, _) = ending, next.timeIntervalSinceNow < 1 { continue }
                return ending
            }
            return .busy
        }
    }

    private static func numbers(_ asked: AskedServer.Asked) -> [Int] {
        let body = try? JSONValue(parsing: asked.body)
        return (body?["data"]?["changes"]?.arrayValue ?? []).compactMap { $0["number"]?.intValue.map(Int.init) }
    }

    @Test("changes of the subjects asked for go in order, in batches; the position passes over the others")
    func batches() async throws {
        try await Rig.with({ _ in .init("", status: 204) }) { rig in
            try await rig.entries(1, 2, 3)
            try await rig.log([(subject: "user", key: "demo:ada"), (subject: "user", key: "demo:bo")])
            try await rig.entries(1, 2)
            try await rig.log([(subject: "user", key: "demo:ada")])
            let deliverer = try rig.deliverer {
                $0.subjects = [.entry]
                $0.batch = 2
            }
            #expect(try await deliverer.pass() == .idle)
            #expect(rig.server.asked.map(Self.numbers) == [[1, 2], [3, 6], [7]])
            #expect(try await rig.state.change == 8)
            let first = try #require(rig.server.asked.first)
            #expect(first.method == "POST" && first.fields["content-type"] == "application/json")
            #expect(Set(rig.server.asked.compactMap { $0.fields["webhook-id"] }).count == 3)
            // Nothing is sent again.
            #expect(try await deliverer.pass() == .idle)
            #expect(rig.server.asked.count == 3)
        }
    }

    @Test("a message that failed is sent again as it was, though more has come since, and under the same id")
    func sameMessage() async throws {
        let isUp = Mutex(false)
        try await Rig.with({ _ in isUp.withLock { $0 } ? .init("") : .init("", status: 503) }) { rig in
            try await rig.entries(1, 2)
            let deliverer = try rig.deliverer(wait: 0)
            guard case .waits = try await rig.deliverer(wait: 60).pass() else { return #expect(Bool(false)) }
            try await rig.entries(3)
            isUp.withLock { $0 = true }
            // It waits, also in another program.
            guard case .waits(let next, let error) = try await deliverer.pass() else { return #expect(Bool(false)) }
            #expect(next.timeIntervalSinceNow > 10 && error == "answered 503" && rig.server.asked.count == 1)
            try await WebhookUpkeep(database: rig.database, webhook: "test").resume()
            #expect(try await deliverer.pass() == .idle)
            #expect(rig.server.asked.map(Self.numbers) == [[1, 2], [1, 2], [3]])
            let ids = rig.server.asked.compactMap { $0.fields["webhook-id"] }
            #expect(ids[0] == ids[1] && ids[1] != ids[2])
            #expect(try await rig.state.delivery.failures == 0)
        }
    }

    @Test("Retry-After is obeyed; redirects are not followed; a receiver that never answers does not hold anybody")
    func failures() async throws {
        let release = DispatchSemaphore(value: 0)
        try await Rig.with({ asked in
            switch asked.target {
            case "/busy": return .init("", status: 429, fields: ["Retry-After: 120"])
            case "/moved": return .init("", status: 308, fields: ["Location: /elsewhere"])
            default:
                _ = release.wait(timeout: .now() + 20)
                return .init("")
            }
        }) { rig in
            try await rig.entries(1)
            guard case .waits(let next, _) = try await rig.deliverer(path: "/busy").pass() else {
                return #expect(Bool(false))
            }
            #expect((110...120).contains(next.timeIntervalSinceNow))
            let upkeep = WebhookUpkeep(database: rig.database, webhook: "test")
            try await upkeep.resume()
            _ = try await rig.deliverer(path: "/moved", wait: 60).pass()
            #expect(try await rig.state.delivery.error?.contains("308") == true)
            #expect(rig.server.asked.map(\.target) == ["/busy", "/moved"])
            try await upkeep.resume()
            _ = try await rig.deliverer(path: "/never", wait: 60, limit: .milliseconds(300)).pass()
            #expect(try await rig.state.delivery.error?.hasPrefix("timeout") == true)
            #expect(try await rig.state.change == 0)
            release.signal()
        }
    }

    @Test("after 410 nothing more is sent until somebody resumes it")
    func gone() async throws {
        let isGone = Mutex(true)
        try await Rig.with({ _ in isGone.withLock { $0 } ? .init("", status: 410) : .init("") }) { rig in
            try await rig.entries(1)
            let deliverer = try rig.deliverer()
            for _ in 0..<3 { #expect(try await deliverer.pass() == .stopped(reason: "the receiver answered 410")) }
            #expect(rig.server.asked.count == 1)
            #expect(try await rig.database.consumers.all().first?.delivery?.stopped != nil)
            isGone.withLock { $0 = false }
            try await WebhookUpkeep(database: rig.database, webhook: "test").resume()
            #expect(try await deliverer.pass() == .idle)
            #expect(try await rig.state.change == 1)
        }
    }

    @Test(
        "one change that is always refused is parked with those of its document behind it; all others arrive, in order")
    func poisoned() async throws {
        let isPicky = Mutex(true)
        try await Rig.with({ asked in
            isPicky.withLock { $0 } && asked.body.contains("\"demo:13\"") ? .init("no", status: 422) : .init("")
        }) { rig in
            try await rig.entries(1, 13, 2, 13, 3)
            let deliverer = try rig.deliverer()
            #expect(try await rig.settle(deliverer) == .idle)
            var state = try await rig.state
            #expect(state.change == 5)
            #expect(state.delivery.parked.map(\.number) == [2, 4])
            #expect(state.delivery.parked.last?.reason == "waits for change 2")
            let arrived = rig.server.asked.filter { !$0.body.contains("\"demo:13\"") }.flatMap(Self.numbers)
            #expect(arrived == [1, 3, 5])
            // Compaction waits for what is parked.
            #expect(try await rig.database.consumers.all().first?.needed == 1)
            // A later change of the document does not overtake.
            try await rig.entries(13, 4)
            #expect(try await rig.settle(deliverer) == .idle)
            state = try await rig.state
            #expect(state.delivery.parked.map(\.number) == [2, 4, 6])
            #expect(try await deliverer.retryParked() == 0)
            isPicky.withLock { $0 = false }
            #expect(try await deliverer.retryParked() == 3)
            let late = rig.server.asked.suffix(3).flatMap(Self.numbers)
            #expect(late == [2, 4, 6])
            #expect(try await rig.state.delivery.parked.isEmpty)
        }
    }

    @Test("a receiver that answers 500 for hours gets everything afterwards, in order, and nothing is parked")
    func outage() async throws {
        let isUp = Mutex(false)
        try await Rig.with({ _ in isUp.withLock { $0 } ? .init("") : .init("", status: 500) }) { rig in
            try await rig.entries(1, 2, 1, 3)
            let deliverer = try rig.deliverer()
            guard case .waits = try await rig.settle(try rig.deliverer(wait: 4)) else {
                return #expect(Bool(false), "it waits")
            }
            try await WebhookUpkeep(database: rig.database, webhook: "test").resume()
            // Waits are of no length here: as many tries as in days.
            let work = Task { try await deliverer.pass() }
            while rig.server.asked.count < 60 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await rig.state.delivery.parked.isEmpty)
            #expect(try await rig.state.change == 0)
            isUp.withLock { $0 = true }
            #expect(try await work.value == .idle)
            #expect(try await rig.state.change == 4)
            #expect(rig.server.asked.suffix(4).map(Self.numbers) == [[1], [2], [3], [4]])
        }
    }

    @Test("a deletion that somebody has asked for waits behind nothing, and what the log wrote over is not sent")
    func forgotten() async throws {
        try await Rig.with({
            $0.body.contains("\"update\"") && $0.body.contains("demo:ada") ? .init("", status: 400) : .init("")
        }
        ) { rig in
            try await rig.log([
                (subject: "user", key: "demo:ada"), (subject: "user", key: "demo:bo"),
                (subject: "user", key: "demo:ada"), (subject: "user", key: "demo:"),
            ])
            let deliverer = try rig.deliverer()
            #expect(try await rig.settle(deliverer) == .idle)
            #expect(try await rig.state.delivery.parked.map(\.number) == [1, 3])
            try await rig.log([(subject: "user", key: "demo:ada"), (subject: "user", key: "demo:bo")])
            _ = try await rig.temporary.client.database(rig.temporary.name).collection("changes").updateOne(
                ["_id": .int64(5)], ["$set": ["operation": "delete", "cause": ["kind": "forget", "id": "demo"]]])
            #expect(try await rig.settle(deliverer) == .idle)
            let state = try await rig.state
            #expect(state.delivery.parked.isEmpty && state.change == 6)
            #expect(rig.server.asked.suffix(2).map(Self.numbers) == [[5], [6]])
            #expect(!rig.server.asked.contains { $0.body.contains("\"demo:\"") })
        }
    }

    @Test("what is parked can be given up, one by one or all")
    func givenUp() async throws {
        try await Rig.with({ $0.body.contains("\"demo:13\"") ? .init("", status: 400) : .init("") }) { rig in
            try await rig.entries(13, 13, 13)
            _ = try await rig.settle(try rig.deliverer())
            let upkeep = WebhookUpkeep(database: rig.database, webhook: "test")
            #expect(try await upkeep.drop(number: 1) == 1)
            #expect(try await rig.state.delivery.parked.map(\.number) == [2, 3])
            #expect(try await upkeep.drop() == 2)
            #expect(try await upkeep.drop() == 0)
        }
    }

    @Test("two deliverers at once send every change once")
    func rivals() async throws {
        try await Rig.with({ _ in .init("") }) { rig in
            try await rig.log((0..<60).map { (subject: "entry", key: "demo:\($0 % 7)") })
            let work = try (0..<3).map { _ in try rig.deliverer { $0.batch = 4 } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for deliverer in work {
                    group.addTask {
                        while true {
                            switch try await deliverer.pass() {
                            case .busy: try await Task.sleep(for: .milliseconds(5))
                            default: return
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(rig.server.asked.flatMap(Self.numbers) == Array(1...60))
        }
    }

    @Test("who lost the turn while it sent writes no position, and the message is sent again under its id")
    func lostTurn() async throws {
        let thief = Mutex<(@Sendable () -> Void)?>(nil)
        try await Rig.with({ _ in
            thief.withLock { $0.take() }?()
            return .init("")
        }) { rig in
            try await rig.entries(1, 2)
            let base = rig.temporary.client.database(rig.temporary.name)
            thief.withLock { steal in
                steal = {
                    let done = DispatchSemaphore(value: 0)
                    Task {
                        // As when the process had slept for half a minute and somebody else had come.
                        _ = try? await base.collection("consumers").updateOne(
                            ["_id": "webhook:test"], ["$set": ["owner": .null, "until": .null], "$inc": ["token": 1]])
                        done.signal()
                    }
                    done.wait()
                }
            }
            let deliverer = try rig.deliverer()
            #expect(try await deliverer.pass() == .busy)
            #expect(try await rig.state.change == 0)
            #expect(try await deliverer.pass() == .idle)
            #expect(rig.server.asked.map(Self.numbers) == [[1, 2], [1, 2]])
            #expect(Set(rig.server.asked.compactMap { $0.fields["webhook-id"] }).count == 1)
        }
    }

    @Test("a name that leads to this machine is not connected to, only one that says so")
    func addresses() async throws {
        try await Rig.with({ _ in .init("") }) { rig in
            try await rig.entries(1)
            let name = try #require(ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init))
            _ = try await rig.deliverer(host: name, wait: 60).pass()
            #expect(rig.server.asked.isEmpty)
            #expect(try await rig.state.delivery.error != nil)
            try await WebhookUpkeep(database: rig.database, webhook: "test").resume()
            #expect(try await rig.deliverer(host: "localhost").pass() == .idle)
        }
    }

    @Test("documents are sent as they are now, without our bookkeeping; those that are gone as null")
    func documents() async throws {
        try await Rig.with({ _ in .init("") }) { rig in
            let user = Item(
                type: .user, key: "demo:ada",
                fields: ["_id": "demo:ada", "site": "demo", "name": "ada", "list": .array([])])
            _ = try await rig.database.ledger.store([user], cause: ChangeCause(.import, id: "x"))
            try await rig.entries(404)
            #expect(try await rig.deliverer { $0.includesDocuments = true }.pass() == .idle)
            let body = try JSONValue(parsing: try #require(rig.server.asked.first).body)
            let rows = try #require(body["data"]?["changes"]?.arrayValue)
            #expect(rows[0]["document"]?.objectValue?.keys == ["_id", "site", "name", "list"])
            #expect(rows[1]["document"] == .null)
            #expect(rows[0]["cause"] == .object(["kind": "import", "id": "x"]))
            #expect(rows[0]["operation"] == "insert")
        }
    }

    @Test("a webhook that did not come for so long that changes are gone is told so")
    func compacted() async throws {
        try await Rig.with({ _ in .init("") }) { rig in
            try await rig.entries(1, 1, 2)
            _ = try await rig.database.changes.compactor(ChangeRetention()).run(
                now: Date().addingTimeInterval(200 * 86_400))
            #expect(try await rig.deliverer().pass() == .idle)
            let body = try JSONValue(parsing: try #require(rig.server.asked.first).body)
            #expect(body["data"]?["complete"] == false)
            #expect(rig.server.asked.map(Self.numbers) == [[2, 3]])
        }
    }
}
