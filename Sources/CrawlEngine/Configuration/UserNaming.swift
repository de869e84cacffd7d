public import CrawlDomain
import Foundation
import WebStandards

/// Stores people under their name, or under a keyed hash of it that nobody can turn back without the key.
public struct UserNaming: Sendable {
    /// Names are to be hashed and there is no key.
    public struct MissingKeyError: Error, Sendable, CustomStringConvertible {
        public let description =
            "people's names are stored hashed and ANIMEMATCHER_USER_KEY is not set; set it to a secret of at least 16 characters"
    }

    /// The secret of this process's environment, never printed; nil without one.
    public static var environmentKey: [UInt8]? {
        ProcessInfo.processInfo.environment["ANIMEMATCHER_USER_KEY"].map { Array($0.utf8) }
    }

    /// By this process's secret; nil without one, or with one that is too short.
    public static var hashing: UserNaming? { try? UserNaming(.hmac, key: environmentKey) }

    private let key: [UInt8]?

    /// Whether names are stored as they are.
    var isPlain: Bool { key == nil }

    /// - Parameter key: The secret; needed for `.hmac` only.
    public init(_ mode: Configuration.UserNames, key: [UInt8]?) throws(MissingKeyError) {
        switch mode {
        case .plain: self.key = nil
        case .hmac:
            guard let key, key.count >= 16 else { throw MissingKeyError() }
            self.key = key
        }
    }

    /// A name as it is stored: itself, or 32 hex digits of its HMAC-SHA-256 (RFC 2104), letter case ignored.
    public func stored(_ name: String) -> String {
        guard let key else { return name }
        let digest = HMACSHA256.authenticate(Array(name.lowercased().utf8), key: key)
        return digest.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A name as people type it, or a key "site:name", as it is stored where names are hashed.
    public func typed(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return stored(text) }
        return text[...colon] + stored(String(text[text.index(after: colon)...]))
    }

    /// An item as it is stored: users under their stored name, reviews with their author's.
    public func stored(_ item: Item) -> Item {
        guard key != nil else { return item }
        switch item.type {
        case .entry: return item
        case .review:
            var review = item
            if let author = item.fields["author"]?.stringValue { review.fields["author"] = .string(stored(author)) }
            return review
        case .user:
            guard let name = item.fields["name"]?.stringValue, let site = item.fields["site"]?.stringValue else {
                return item
            }
            var fields = item.fields
            let key = "\(site):\(stored(name))"
            fields["_id"] = .string(key)
            fields["name"] = .string(stored(name))
            return Item(type: .user, key: key, fields: fields, extent: item.extent)
        }
    }
}
