import Foundation
import Storage
import Terminal
import WebStandards

/// A consumer of the change log, for people and as JSON.
struct ConsumerLine {
    let consumer: Consumer
    let history: LogHistory

    init(_ consumer: Consumer, _ history: LogHistory) {
        self.consumer = consumer
        self.history = history
    }

    /// Changes that it has not taken in yet.
    var lag: Int { max(0, history.newest - consumer.change) }

    /// Whether changes it has not seen were removed.
    private var isOvertaken: Bool { !history.isComplete(after: consumer.needed) }

    /// Whether nobody needs to do anything about it.
    var isGood: Bool {
        guard !isOvertaken else { return false }
        guard let delivery = consumer.delivery else { return true }
        return delivery.stopped == nil && delivery.parked.isEmpty && delivery.failures < 3
    }

    var text: String { ([position] + remarks).joined(separator: "; ") }

    private var position: String {
        lag == 0 ? "has taken in all \(consumer.change) changes" : "at change \(consumer.change), \(lag) behind"
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
            remarks.append("failed \(delivery.failures) times: \(error)\(next)")
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
