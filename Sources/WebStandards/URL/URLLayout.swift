/// Where the parts of a serialised URL are, in bytes from its start.
///
///     https://user:pass@example.com:8080/path?query#fragment
///          │      │    │           │    │    │     │
///     schemeEnd   │ hostStart  hostEnd  │ queryStart fragmentStart
///            usernameEnd             pathStart
struct URLLayout: Sendable {
    var kind = SchemeKind.other
    var schemeEnd = 0
    var hasAuthority = false
    var hasOpaquePath = false
    var usernameEnd = 0
    var hostStart = 0
    var hostEnd = 0
    /// Behind the host and the port.
    var authorityEnd = 0
    var pathStart = 0
    var port: UInt16?
    var queryStart: Int?
    var fragmentStart: Int?

    func pathEnd(in count: Int) -> Int { queryStart ?? fragmentStart ?? count }
}

/// The schemes that the URL Standard treats specially, and all others.
enum SchemeKind: Sendable {
    case http, https, ws, wss, ftp, file, other

    init(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 2 where name.elementsEqual("ws".utf8): self = .ws
        case 3 where name.elementsEqual("wss".utf8): self = .wss
        case 3 where name.elementsEqual("ftp".utf8): self = .ftp
        case 4 where name.elementsEqual("http".utf8): self = .http
        case 4 where name.elementsEqual("file".utf8): self = .file
        case 5 where name.elementsEqual("https".utf8): self = .https
        default: self = .other
        }
    }

    var isSpecial: Bool { self != .other }

    var defaultPort: UInt16? {
        switch self {
        case .http, .ws: 80
        case .https, .wss: 443
        case .ftp: 21
        case .file, .other: nil
        }
    }
}
