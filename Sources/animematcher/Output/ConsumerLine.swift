import Foundation
import Storage
import Terminal
import WebStandards

/// A consumer of the change log, for people and as JSON.
struct ConsumerLine {
    let consumer: Consumer
    let history: LogHistory
    /// The newest change after the consumer was asked for: it may have gone on since the history was.
    private let newest: Int

    /// All that follow a database's log.
    static func all(_ database: AnimeDatabase) async throws -> [ConsumerLine] {
        let history = try await database.changes.history()
        let consumers = try await database.consumers.all()
        let newest = try await database.changes.newest()
        return consumers.map { ConsumerLine(consumer: $0, history: history, newest: newest) }
    }

    /// Changes that it has not taken in yet.
    var lag: Int { max(0, newest - consumer.change) }

    /// Whether changes it has not seen were removed.
    private var isOvertaken: Bool { !history.isComplete(after: consumer.needed) }

    /// Whether it has taken in what never was: its position is from another database, and changes up to it will pass it by.
    private var isAhead: Bool { consumer.change > newest }

    /// Whether nobody needs to do anything about it.
    var isGood: Bool {
        guard !isOvertaken, !isAhead else { return false }
        guard let delivery = consumer.delivery else { return true }
        return delivery.stopped == nil && delivery.parked.isEmpty && delivery.failures < 3
    }

    var text: String { ([position] + remarks).joined(separator: "; ") }

    private var position: String {
        if isAhead { return "at change \(consumer.change), which the log of \(newest) changes has not had" }
        return lag == 0 ? "has taken in all \(consumer.change) changes" : "at change \(consumer.change), \(lag) behind"
    }

    private var remarks: [String] {
        var remarks: [String] = []
        if consumer.needed < consumer.change, consumer.delivery?.parked.isEmpty != false {
            remarks.append("left out a held site's changes after \(consumer.needed)")
        }
        if isOvertaken {
            remarks.append(
                "missed changes up to \(history.compactedTo) that are gone: the newest of each document is still there")
        }
        guard let delivery = consumer.delivery else { return remarks }
        if let reason = delivery.stopped { remarks.append("stopped: \(reason); animematcher webhook resume") }
        if delivery.failures > 0, let error = delivery.error {
            let next = delivery.next.map { ", next try \($0.formatted(.iso8601))" } ?? ""
            remarks.append("\(delivery.failures) failed in a row: \(error)\(next)")
        }
        if !delivery.parked.isEmpty { remarks.append("\(delivery.parked.count) parked: animematcher webhook parked") }
        return remarks
    }

    var value: JSONValue {
        var object: JSONObject = [
            "name": .string(consumer.name), "kind": .string(consumer.kind.rawValue),
            "change": .int(Int64(consumer.change)), "lag": .int(Int64(lag)), "needed": .int(Int64(consumer.needed)),
            "seen": consumer.seen.map { .string($0.formatted(.iso8601)) } ?? .null, "history_lost": .bool(isOvertaken),
        ]
        if let delivery = consumer.delivery {
            object["failures"] = .int(Int64(delivery.failures))
            object["error"] = delivery.error.map(JSONValue.string) ?? .null
            object["next_try"] = delivery.next.map { .string($0.formatted(.iso8601)) } ?? .null
            object["parked"] = .int(Int64(delivery.parked.count))
            object["stopped"] = delivery.stopped.map(JSONValue.string) ?? .null
        }
        return .object(object)
    }
}
