import Foundation
import WebStandards

/// What messages of a webhook are signed with; shows nothing, whatever prints it.
///
/// Source: Standard Webhooks, "Signature scheme": HMAC-SHA-256 of `id.timestamp.body`, in base64 behind `v1,`; the secret as `whsec_` and
/// base64 of 24 to 64 bytes.
public struct WebhookSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Why a variable is of no use; without what it holds.
    public struct Unusable: Error, Sendable, CustomStringConvertible {
        /// What is wrong and what is expected.
        public let description: String
    }

    private let keys: [[UInt8]]

    /// Reads the variable's value: one secret, or several with spaces between while one replaces another; each message is then signed with
    /// all of them.
    public init(variable: String, environment: [String: String]) throws(Unusable) {
        guard let text = environment[variable], !text.isEmpty else {
            throw Unusable(description: "\(variable) is not set; expected whsec_ and base64 of 24 to 64 random bytes")
        }
        var keys: [[UInt8]] = []
        for part in text.split(separator: " ") {
            guard part.hasPrefix("whsec_"), let key = Data(base64Encoded: String(part.dropFirst(6))),
                (24...64).contains(key.count)
            else {
                throw Unusable(
                    description: "\(variable) holds no secret; expected whsec_ and base64 of 24 to 64 random bytes, "
                        + "as made by: echo whsec_$(openssl rand -base64 32)")
            }
            keys.append(Array(key))
        }
        self.keys = keys
    }

    /// The header fields that say who sends a message, and when.
    func fields(id: String, timestamp: Int64, body: [UInt8]) -> HeaderFields {
        let message = Array("\(id).\(timestamp).".utf8) + body
        let signatures = keys.map { "v1," + Data(HMACSHA256.authenticate(message, key: $0)).base64EncodedString() }
        return [
            "webhook-id": id, "webhook-timestamp": String(timestamp),
            "webhook-signature": signatures.joined(separator: " "),
        ]
    }

    public var description: String { "a secret" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
