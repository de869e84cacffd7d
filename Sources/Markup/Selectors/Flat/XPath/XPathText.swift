/// A text during an evaluation: a part of the page or of the expression, or one put together.
enum XPathText {
    /// Lent by what outlives the evaluation.
    case lent(UnsafeBufferPointer<UInt8>)
    case made([UInt8])

    static var empty: XPathText { .made([]) }

    init(_ text: String) { self = .made(Array(text.utf8)) }

    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch self {
        case .lent(let bytes): body(bytes)
        case .made(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }

    var count: Int {
        switch self {
        case .lent(let bytes): bytes.count
        case .made(let bytes): bytes.count
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .lent(let bytes): Array(bytes)
        case .made(let bytes): bytes
        }
    }

    func with<Result>(
        _ other: XPathText, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withBytes { left in other.withBytes { right in body(left, right) } }
    }
}
