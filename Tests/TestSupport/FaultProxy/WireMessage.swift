import DemoSite
import MongoDriver

/// One message of MongoDB's wire protocol, as far as a proxy needs to understand it.
///
/// Source: MongoDB manual, "MongoDB Wire Protocol": a header of four little-endian integers, then for OP_MSG flags and sections, of which
/// the first one of kind 0 is the command, whose first key is its name.
struct WireMessage {
    /// As they came, header included.
    let bytes: [UInt8]

    private static let headerBytes = 16
    /// MongoDB's own limit.
    private static let maximumBytes = 48_000_000
    private static let message: UInt32 = 2013

    var requestID: UInt32 { Self.integer(bytes, at: 4) }
    var responseTo: UInt32 { Self.integer(bytes, at: 8) }

    /// Reads one message; nil when the connection ends or says what is none.
    static func read(from socket: Socket) -> WireMessage? {
        guard let header = take(headerBytes, from: socket) else { return nil }
        let length = Int(integer(header, at: 0))
        guard (headerBytes...maximumBytes).contains(length), let body = take(length - headerBytes, from: socket) else {
            return nil
        }
        return WireMessage(bytes: header + body)
    }

    /// The command's name, such as "insert"; nil for a reply, and for what is not OP_MSG (the first "hello" of a connection).
    var command: String? {
        guard Self.integer(bytes, at: 12) == Self.message, responseTo == 0 else { return nil }
        var place = Self.headerBytes + 4
        while place + 5 < bytes.count {
            // Kind 1 is a sequence of documents beside the command.
            guard bytes[place] == 0 else {
                place += 1 + Int(Self.integer(bytes, at: place + 1))
                continue
            }
            // After the document's length and its first element's type comes the first key.
            return String(decoding: bytes[(place + 6)...].prefix { $0 != 0 }, as: UTF8.self)
        }
        return nil
    }

    /// Whether it asks the server to answer only when something has changed; a driver that watches it asks so, once and for many answers.
    var waitsForNews: Bool { bytes.firstRange(of: Array("maxAwaitTimeMS".utf8)) != nil }

    /// The server's answer to a command as if it had failed.
    static func refusal(of request: WireMessage, code: Int, name: String, labels: [String]) -> WireMessage? {
        let document: BSONDocument = [
            "ok": .double(0), "code": .int32(Int32(clamping: code)), "codeName": .string(name),
            "errmsg": "the proxy says so", "errorLabels": .array(labels.map(BSONValue.string)),
        ]
        guard let body = try? document.bson() else { return nil }
        let length = UInt32(headerBytes + 5 + body.count)
        let header = [length, 0, request.requestID, message, 0].flatMap { value in
            withUnsafeBytes(of: value.littleEndian) { Array($0) }
        }
        return WireMessage(bytes: header + [0] + body)
    }

    private static func take(_ count: Int, from socket: Socket) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let piece = socket.receive(min(count - bytes.count, 1 << 16))
            guard !piece.isEmpty else { return nil }
            bytes += piece
        }
        return bytes
    }

    private static func integer(_ bytes: [UInt8], at place: Int) -> UInt32 {
        guard place + 4 <= bytes.count else { return 0 }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }
}
