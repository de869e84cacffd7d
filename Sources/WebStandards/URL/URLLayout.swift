/// Where the parts of a serialised URL are, in bytes from its start.
///
///     https://user:pass@example.com:8080/path?query#fragment
///          │      │    │           │    │    │     │
///     schemeEnd   │ hostStart  hostEnd  │ queryStart fragmentStart
///            usernameEnd             pathStart
///
/// Kept in half of the bytes that words would take: a page's links are copied from list to list, and were mostly this.
struct URLLayout: Sendable {
    var kind = SchemeKind.other
    var hasAuthority = false
    var hasOpaquePath = false
    var port: UInt16?
    @Place var schemeEnd = 0
    @Place var usernameEnd = 0
    @Place var hostStart = 0
    @Place var hostEnd = 0
    /// Behind the host and the port.
    @Place var authorityEnd = 0
    @Place var pathStart = 0
    @OptionalPlace var queryStart: Int?
    @OptionalPlace var fragmentStart: Int?

    func pathEnd(in count: Int) -> Int { queryStart ?? fragmentStart ?? count }
}

extension URLLayout {
    /// A count of bytes in 32 bits; no text comes near four gigabytes, as what is read from the network is bounded.
    @propertyWrapper struct Place: Sendable {
        private var stored: UInt32

        init(wrappedValue: Int) { stored = UInt32(wrappedValue) }

        var wrappedValue: Int {
            get { Int(stored) }
            set { stored = UInt32(newValue) }
        }
    }

    /// The same, or none.
    @propertyWrapper struct OptionalPlace: Sendable {
        private var stored = UInt32.max

        init(wrappedValue: Int?) { self.wrappedValue = wrappedValue }

        var wrappedValue: Int? {
            get { stored == .max ? nil : Int(stored) }
            set { stored = newValue.map(UInt32.init) ?? .max }
        }
    }
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
