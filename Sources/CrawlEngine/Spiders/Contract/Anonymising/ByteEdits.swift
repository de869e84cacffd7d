/// Pieces of a page to be replaced.
struct ByteEdits {
    private var edits: [(range: Range<Int>, text: String)] = []

    /// Notes a replacement; one that overlaps another is left out when they are made.
    mutating func replace(_ range: Range<Int>, with text: String) { edits.append((range, text)) }

    /// The page with all replacements made.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        var (result, position): ([UInt8], Int) = ([], 0)
        result.reserveCapacity(bytes.count)
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where edit.range.lowerBound >= position {
            result += bytes[position..<edit.range.lowerBound]
            result += edit.text.utf8
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }
}
