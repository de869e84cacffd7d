public import WebStandards

/// The codings of one body, outermost last, as Content-Encoding lists them.
public struct ContentCodings: Sendable {
    /// Each layer may multiply the size, and nobody needs more than one.
    static let maximumCount = 5
    /// The Accept-Encoding that is sent.
    static let accepted = ContentCoding.allCases.map(\.rawValue).joined(separator: ", ")

    private let list: [ContentCoding]

    /// The codings that header fields state.
    ///
    /// - Throws: `.badEncoding` for an unknown name or too many of them.
    public init(_ headers: HeaderFields) throws(FetchError) {
        var list: [ContentCoding] = []
        for name in headers.all("content-encoding").joined(separator: ",").split(separator: ",") {
            let name = String(decoding: name.utf8.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
            if name.isEmpty || name.equalsIgnoringASCIICase("identity") { continue }
            guard let coding = ContentCoding(name: name) else {
                throw FetchError(.badEncoding, url: nil, cause: "unknown Content-Encoding")
            }
            list.append(coding)
            guard list.count <= Self.maximumCount else {
                throw FetchError(.badEncoding, url: nil, cause: "more than \(Self.maximumCount) stacked encodings")
            }
        }
        self.list = list
    }

    /// Whether the body is as it is.
    public var isEmpty: Bool { list.isEmpty }

    /// The coding, where there is one alone.
    public var only: ContentCoding? { list.count == 1 ? list[0] : nil }

    /// Undoes every coding.
    ///
    /// - Parameter limit: Most bytes to return, and to have in between.
    /// - Throws: `.badEncoding`, `.bodyTooLarge`.
    public func decode(_ body: [UInt8], limit: Int) throws(FetchError) -> [UInt8] {
        var body = body
        for coding in list.reversed() { body = try coding.decode(body, limit: limit) }
        return body
    }
}
