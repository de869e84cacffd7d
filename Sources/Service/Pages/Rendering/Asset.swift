import HTTPTypes

/// A file that pages refer to, under an address that changes with its content.
struct Asset: Sendable {
    let name: String
    let bytes: [UInt8]
    let version: String

    init(name: String, bytes: [UInt8]) {
        (self.name, self.bytes) = (name, bytes)
        version = Self.fingerprint(of: [bytes])
    }

    /// Where pages say that it is.
    var address: String { "/assets/\(name)?v=\(version)" }

    /// - Parameter asked: The version in the address that was asked; its content never changes.
    func answer(asked: String?) -> Answer {
        var answer = Answer(type: type, bytes: bytes, tag: "a-\(version)")
        answer.caching = asked == version ? "public, max-age=31536000, immutable" : "public, no-cache"
        return answer
    }

    private var type: String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }

    /// Tells versions apart; FNV-1a, for nobody but ourselves chooses the content.
    static func fingerprint(of files: [[UInt8]]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in files.joined() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
