/// Reads the records of a web archive piece by piece, with the memory of one.
///
/// What comes in is not compressed. A record whose block is larger than allowed is passed over without being kept; a head that is no head ends
/// the reading, since nothing says where the next one begins.
///
/// Source: "The WARC Format 1.1" (ISO 28500:2017), section 4; versions 0.17 to 1.1 are read.
public struct WARCReader: Sendable {
    /// What a piece completed.
    public enum Event: Sendable, Hashable {
        /// A record.
        case record(WARCRecord)
        /// A record larger than is read, of this many bytes.
        case tooLarge(bytes: Int)
    }

    private enum Place { case head, block(WARCRecord, length: Int), passing(left: Int) }

    /// The longest head.
    public static let maximumHeadBytes = 64 << 10
    private static let maximumFields = 200

    private let maximumBlockBytes: Int
    private var place = Place.head
    private var pending: [UInt8] = []
    /// How far `pending` has been used.
    private var used = 0
    private var count = 0
    private var failure: WARCError?

    /// - Parameter maximumBlockBytes: Records with more are passed over.
    public init(maximumBlockBytes: Int) {
        self.maximumBlockBytes = maximumBlockBytes
    }

    /// Takes the next piece and hands on each record that ends in it.
    ///
    /// - Throws: Where nothing can be read any more; what was before in the piece is handed on first, and the next call throws.
    public mutating func read(_ bytes: [UInt8]) throws(WARCError) -> [Event] {
        if let failure { throw failure }
        pending += bytes
        var events: [Event] = []
        do throws(WARCError) {
            while let event = try step() {
                if let event = event.value { events.append(event) }
            }
        } catch {
            failure = error
            if events.isEmpty { throw error }
        }
        pending.removeSubrange(..<used)
        used = 0
        return events
    }

    /// Says whether the archive ended with a whole record.
    public mutating func finish() throws(WARCError) {
        if let failure { throw failure }
        guard case .head = place else { throw error("ends in the middle") }
        guard pending.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) else { throw error("ends in the middle of its head") }
    }

    /// One step; nil when more bytes are needed.
    private mutating func step() throws(WARCError) -> (value: Event?, Void)? {
        switch place {
        case .head:
            // Two line ends follow each record; some tools write more, some fewer.
            while used < pending.count, pending[used] == 0x0D || pending[used] == 0x0A { used += 1 }
            guard used < pending.count else { return nil }
            guard let end = headEnd() else {
                guard pending.count - used <= Self.maximumHeadBytes else {
                    throw error("its head is longer than 64 KiB")
                }
                try checkStart()
                return nil
            }
            count += 1
            let head = pending[used..<end]
            used = end
            return (try begin(head), ())
        case .block(var record, let length):
            guard pending.count - used >= length else { return nil }
            record.block = Array(pending[used..<(used + length)])
            used += length
            place = .head
            return (.record(record), ())
        case .passing(let left):
            let some = min(left, pending.count - used)
            used += some
            place = left == some ? .head : .passing(left: left - some)
            return left == some ? (nil, ()) : nil
        }
    }

    /// Where the head ends: behind the first empty line.
    private func headEnd() -> Int? {
        var place = used
        let limit = min(pending.count, used + Self.maximumHeadBytes)
        while place < limit, let feed = pending[place..<limit].firstIndex(of: 0x0A) {
            let next = feed + 1
            if next < limit, pending[next] == 0x0A { return next + 1 }
            if next + 1 < limit, pending[next] == 0x0D, pending[next + 1] == 0x0A { return next + 2 }
            place = next
        }
        return nil
    }

    /// Tells what is no archive before it is read to the end of a head that never comes.
    private func checkStart() throws(WARCError) {
        let start = pending[used...].prefix(5)
        guard "WARC/".utf8.starts(with: start) else { throw error("expected a record that begins with WARC/") }
    }

    private mutating func begin(_ head: ArraySlice<UInt8>) throws(WARCError) -> Event? {
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: true)[...]
        guard let first = lines.popFirst(), first.starts(with: "WARC/".utf8) else {
            throw error("expected a record that begins with WARC/")
        }
        guard lines.count <= Self.maximumFields else { throw error("more than \(Self.maximumFields) fields") }
        let fields = HTTPHead.fields(of: lines)
        let lengths = Set(fields.all("Content-Length"))
        guard lengths.count == 1, let text = lengths.first, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(text)
        else { throw error("expected one Content-Length that is a number") }
        guard length <= maximumBlockBytes else {
            place = .passing(left: length)
            return .tooLarge(bytes: length)
        }
        let version = String(decoding: first.dropFirst(5).filter { $0 > 0x20 }.prefix(8), as: UTF8.self)
        place = .block(WARCRecord(version: version, fields: fields, block: []), length: length)
        return nil
    }

    private func error(_ reason: String) -> WARCError { WARCError(record: max(1, count), reason: reason) }
}
