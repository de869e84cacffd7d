import WebStandards

/// Reading a web archive, and the answers in it.
struct WARCTarget: FuzzTarget {
    static let name = "warc"
    let seeds = [
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 38\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        "WARC/1.0\nWARC-Type: revisit\nWARC-Date: 2026-03-09T10:30:15Z\ncontent-length: 0\n\n\n\n",
        "WARC/1.1\r\nX: a\r\n b\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nWARC/1.1\r\nContent-Length: 500\r\n\r\n",
        "WARC/1.1\r\nContent-Length: 61\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n\r\n\r\n",
    ]
    let dictionary = [
        "WARC/1.1\r\n", "WARC-Type: ", "response", "Content-Length: ", "\r\n\r\n", "\n\n", "0", "9999999999", "-1",
        ": ",
        "HTTP/1.1 200 OK\r\n", "HTTP/2 404\n", "Transfer-Encoding: chunked\r\n", "ffffffff\r\n", "0\r\n\r\n", " ", "\t",
    ]
    let maximumLength = 2_048

    private static let limit = 200

    func check(_ input: [UInt8]) throws {
        let whole = Self.events(input, piece: max(1, input.count))
        try require(whole == Self.events(input, piece: 3), "read differently in small pieces")
        for event in whole {
            guard case .record(let record) = event else { continue }
            try require(record.block.count <= Self.limit, "a block of \(record.block.count) bytes")
            if let head = HTTPHead(of: record.block) {
                try require(head.bodyStart <= record.block.count, "a body that begins behind the end")
                let body = record.block[head.bodyStart...]
                let decoded = ChunkedBody.decode(body)
                try require((decoded?.count ?? 0) <= body.count, "chunks that hold more than there is")
            }
            // What is written is one record with the same content, whatever its fields say.
            guard case .record(let again)? = Self.events(record.bytes, piece: 50).first else {
                throw Violation("a record is not read as it was written")
            }
            try require(again.block == record.block, "another content after it was written")
        }
    }

    private static func events(_ input: [UInt8], piece: Int) -> [WARCReader.Event] {
        var reader = WARCReader(maximumBlockBytes: limit)
        var events: [WARCReader.Event] = []
        for start in stride(from: 0, to: input.count, by: piece) {
            guard let some = try? reader.read(Array(input[start..<min(start + piece, input.count)])) else { break }
            events += some
        }
        return events
    }
}
