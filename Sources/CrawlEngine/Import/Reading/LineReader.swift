/// Takes a file apart into lines, piece by piece; a line that is too long is passed over and named.
struct LineReader: Sendable {
    /// A line and its number; without bytes where it was too long.
    typealias Line = (number: Int, bytes: ArraySlice<UInt8>?)

    private var pending: [UInt8] = []
    private var searched = 0
    private var number = 0
    private var isInLongLine = false

    /// The lines that end in the next piece, without empty ones.
    mutating func read(_ bytes: [UInt8], _ line: (Line) throws -> Void) rethrows {
        pending += bytes
        var start = 0
        defer {
            pending.removeFirst(start)
            searched = pending.count
        }
        while let end = pending[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
            searched = 0
            let text = pending[start..<end]
            start = end + 1
            number += 1
            if isInLongLine {
                isInLongLine = false
            } else if text.count > ImportLimits.jsonRecordBytes {
                try line((number, nil))
            } else if text.contains(where: { $0 > 0x20 }) {
                try line((number, text))
            }
        }
        guard pending.count - start > ImportLimits.jsonRecordBytes else { return }
        if !isInLongLine { try line((number + 1, nil)) }
        isInLongLine = true
        start = pending.count
    }

    /// The last line, if the file does not end with a line end.
    mutating func finish(_ line: (Line) throws -> Void) rethrows {
        try read([UInt8(ascii: "\n")], line)
    }
}
