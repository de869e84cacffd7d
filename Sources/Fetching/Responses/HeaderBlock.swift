import WebStandards

/// Header lines as they arrive, of which the last block counts.
///
/// A status line starts a new block, so interim answers (1xx) and a proxy's own are dropped. Lines after the end of a
/// block are trailers and dropped too.
struct HeaderBlock {
    enum Verdict: Equatable {
        case go
        case tooLarge
        /// The length of the body cannot be known (RFC 9112, 6.3, rule 5).
        case contradictoryLength
    }

    let maximumBytes: Int
    let maximumFields: Int
    private(set) var headers = HeaderFields()
    private(set) var bytes = 0
    private var lines = 0
    private var isOpen = false

    init(limits: FetchLimits) {
        maximumBytes = limits.maximumHeaderBytes
        maximumFields = limits.maximumHeaderFields
    }

    /// Takes one line, with or without its line end.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>) -> Verdict {
        bytes += line.count
        lines += 1
        guard bytes <= maximumBytes, lines <= maximumFields else { return .tooLarge }
        let text = line.trimmed
        if line.starts(with: "HTTP/".utf8) {
            headers = [:]
            isOpen = true
        } else if text.isEmpty {
            defer { isOpen = false }
            return isOpen && !hasOneLength ? .contradictoryLength : .go
        } else if isOpen {
            add(text)
        }
        return .go
    }

    private mutating func add(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        headers.append(
            HeaderField(name: text[..<colon].trimmed.text, bytes: Array(text[(colon + 1)...].trimmed)))
    }

    /// Whether the Content-Length fields, if any, all state the same number.
    private var hasOneLength: Bool {
        let fields = headers.all("content-length")
        if fields.count == 1, Self.isNumber(fields[0]) { return true }
        let lengths = Set(
            fields.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { $0.utf8.trimmed.text })
        return fields.isEmpty || lengths.count == 1 && lengths.allSatisfy(Self.isNumber)
    }

    private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isDigit) }
}

extension Collection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// Without white space and line ends around it.
    fileprivate var trimmed: SubSequence {
        var rest = self[...]
        while let first = rest.first, first <= 0x20 { rest = rest.dropFirst() }
        while let last = rest.last, last <= 0x20 { rest = rest.dropLast() }
        return rest
    }

    /// As UTF-8, else as ISO 8859-1, so that no byte is lost.
    fileprivate var text: String {
        String(validating: self, as: UTF8.self)
            ?? String(String.UnicodeScalarView(map { UnicodeScalar($0) }))
    }
}
