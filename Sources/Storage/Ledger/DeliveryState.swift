public import CrawlDomain
public import Foundation
import MongoDriver

/// How the deliveries of a webhook go; stored with its position.
public struct DeliveryState: Sendable, Hashable {
    /// A change that was refused, or that waits for an earlier one of the same document that was.
    public struct Parked: Sendable, Hashable {
        /// The change's number.
        public let number: Int
        /// What it was of.
        public let subject: ChangeSubject
        /// The document's key.
        public let key: String
        /// Why: what the receiver answered, or behind which change it waits.
        public let reason: String

        /// Makes one.
        public init(number: Int, subject: ChangeSubject, key: String, reason: String) {
            self.number = number
            self.subject = subject
            self.key = key
            self.reason = reason
        }
    }

    /// The last change of the message under way: after a death it is sent again as the same message.
    public var end: Int?
    /// How often in a row what is next could not be delivered.
    public var failures = 0
    /// Not before then is it tried again.
    public var next: Date?
    /// What went wrong last; nil after a success.
    public var error: String?
    /// Up to this number changes are sent one by one, because a message with several was refused.
    public var singlyTo: Int?
    /// Changes parked since the last success.
    public var parkedInARow = 0
    /// Changes that were passed over, by number.
    public var parked: [Parked] = []
    /// Why nothing is delivered any more, until somebody resumes it.
    public var stopped: String?

    /// Nothing was delivered yet.
    public init() {}
}

extension DeliveryState {
    init(_ document: BSONDocument) {
        self.init()
        end = document["end"]?.intValue
        failures = document["failures"]?.intValue ?? 0
        next = document["next"]?.dateValue
        error = document["error"]?.stringValue
        singlyTo = document["singly_to"]?.intValue
        parkedInARow = document["parked_in_a_row"]?.intValue ?? 0
        parked = (document["parked"]?.arrayValue ?? []).compactMap { $0.documentValue.flatMap(Parked.init) }
        stopped = document["stopped"]?.stringValue
    }

    var document: BSONDocument {
        [
            "end": end.map { .int64(Int64($0)) } ?? .null, "failures": .int32(Int32(clamping: failures)),
            "next": next.map(BSONValue.date) ?? .null, "error": error.map(BSONValue.string) ?? .null,
            "singly_to": singlyTo.map { .int64(Int64($0)) } ?? .null,
            "parked_in_a_row": .int32(Int32(clamping: parkedInARow)),
            "parked": .array(parked.map { .document($0.document) }),
            "stopped": stopped.map(BSONValue.string) ?? .null,
        ]
    }
}

extension DeliveryState.Parked {
    fileprivate init?(_ document: BSONDocument) {
        guard let number = document["number"]?.intValue, let key = document["key"]?.stringValue,
            let subject = document["subject"]?.stringValue.flatMap(ChangeSubject.init(rawValue:))
        else { return nil }
        self.init(number: number, subject: subject, key: key, reason: document["reason"]?.stringValue ?? "")
    }

    fileprivate var document: BSONDocument {
        [
            "number": .int64(Int64(number)), "subject": .string(subject.rawValue), "key": .string(key),
            "reason": .string(reason),
        ]
    }
}
