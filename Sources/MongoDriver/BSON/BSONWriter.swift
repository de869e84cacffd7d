import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Appends BSON to bytes.
///
/// Source: bsonspec.org, version 1.1.
struct BSONWriter {
    private(set) var bytes: [UInt8] = []

    private let isStored: Bool

    /// - Parameter isStored: Whether this is a document to store: then no key may look like an operator or a path.
    init(isStored: Bool = false) {
        self.isStored = isStored
        bytes.reserveCapacity(256)
    }

    /// The bytes of a document that a server will accept.
    static func bytes(of document: BSONDocument, limit: Int = BSONLimits.documentBytes) throws(MongoError) -> [UInt8] {
        try bytes(of: document, BSONWriter(), limit: limit)
    }

    /// The bytes of a document to insert or to replace another with.
    ///
    /// Keys that start with `$` or contain a dot would act as operators or paths in a later update or query, so names taken from
    /// outside could become instructions.
    static func storedBytes(of document: BSONDocument) throws(MongoError) -> [UInt8] {
        try bytes(of: document, BSONWriter(isStored: true), limit: BSONLimits.documentBytes)
    }

    private static func bytes(
        of document: BSONDocument, _ writer: consuming BSONWriter, limit: Int
    ) throws(MongoError) -> [UInt8] {
        try writer.append(document, depth: 1)
        guard writer.bytes.count <= limit else {
            throw MongoError(.limitExceeded, "a document of \(writer.bytes.count) bytes; at most \(limit) are allowed")
        }
        return writer.bytes
    }

    mutating func append(_ document: BSONDocument, depth: Int) throws(MongoError) {
        let start = try begin(depth)
        for field in document.fields {
            do throws(MongoError) {
                bytes.append(BSONType(field.value).rawValue)
                try append(cString: field.key)
                if isStored { try refuseOperator(field.key) }
                try append(field.value, depth: depth)
            } catch {
                throw error.under(field.key)
            }
        }
        end(start)
    }

    private mutating func append(_ elements: [BSONValue], depth: Int) throws(MongoError) {
        let start = try begin(depth)
        for (index, value) in elements.enumerated() {
            bytes.append(BSONType(value).rawValue)
            append(index: index)
            do throws(MongoError) {
                try append(value, depth: depth)
            } catch {
                throw error.under(String(index))
            }
        }
        end(start)
    }

    private mutating func append(_ value: BSONValue, depth: Int) throws(MongoError) {
        switch value {
        case .double(let number): append(integer: number.bitPattern)
        case .string(let text): append(string: text)
        case .document(let document): try append(document, depth: depth + 1)
        case .array(let elements): try append(elements, depth: depth + 1)
        case .binary(let binary): append(binary)
        case .objectID(let identifier):
            append(integer: identifier.high.byteSwapped)
            append(integer: identifier.low.byteSwapped)
        case .bool(let isTrue): bytes.append(isTrue ? 1 : 0)
        case .date(let date): append(integer: try BSONDate.milliseconds(date))
        case .null, .minKey, .maxKey: break
        case .regex(let expression):
            try append(cString: expression.pattern)
            try append(cString: expression.options)
        case .int32(let number): append(integer: number)
        case .timestamp(let timestamp): append(integer: timestamp.word)
        case .int64(let number): append(integer: number)
        case .decimal128(let decimal):
            append(integer: decimal.low)
            append(integer: decimal.high)
        }
    }

    private mutating func begin(_ depth: Int) throws(MongoError) -> Int {
        guard depth <= BSONLimits.depth else {
            throw MongoError(.limitExceeded, "nested more than \(BSONLimits.depth) levels deep")
        }
        let start = bytes.count
        append(integer: Int32(0))
        return start
    }

    private mutating func end(_ start: Int) {
        bytes.append(0)
        let length = Int32(truncatingIfNeeded: bytes.count - start)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.littleEndian, toByteOffset: start, as: Int32.self) }
    }

    private mutating func append(integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(string: String) {
        var string = string
        string.withUTF8 { text in
            append(integer: Int32(truncatingIfNeeded: text.count + 1))
            bytes.append(contentsOf: text)
        }
        bytes.append(0)
    }

    private mutating func append(cString: String) throws(MongoError) {
        var cString = cString
        let hasZero = cString.withUTF8 { text in
            bytes.append(contentsOf: text)
            return text.baseAddress.map { memchr($0, 0, text.count) != nil } ?? false
        }
        guard !hasZero else { throw MongoError(.invalidBSON, "a key or pattern contains a NUL byte") }
        bytes.append(0)
    }

    private func refuseOperator(_ key: String) throws(MongoError) {
        let units = key.utf8
        guard units.first != UInt8(ascii: "$"), !units.contains(UInt8(ascii: ".")) else {
            throw MongoError(.invalidBSON, "a stored key must not start with $ or contain a dot")
        }
    }

    private mutating func append(_ binary: BSONBinary) {
        // Subtype 2, deprecated, repeats its length inside.
        let isOld = binary.subtype == 2
        append(integer: Int32(truncatingIfNeeded: binary.bytes.count + (isOld ? 4 : 0)))
        bytes.append(binary.subtype)
        if isOld { append(integer: Int32(truncatingIfNeeded: binary.bytes.count)) }
        bytes.append(contentsOf: binary.bytes)
    }

    private mutating func append(index: Int) {
        if index < 10 {
            bytes.append(0x30 + UInt8(index))
        } else {
            bytes.append(contentsOf: String(index).utf8)
        }
        bytes.append(0)
    }
}

/// Dates as the format counts them.
enum BSONDate {
    static func milliseconds(_ date: Date) throws(MongoError) -> Int64 {
        let exact = (date.timeIntervalSince1970 * 1000).rounded()
        guard let count = Int64(exactly: exact), BSONLimits.dateMilliseconds.contains(count) else {
            throw MongoError(.limitExceeded, "a date beyond the years that keep milliseconds exactly")
        }
        return count
    }

    static func date(milliseconds: Int64) throws(MongoError) -> Date {
        guard BSONLimits.dateMilliseconds.contains(milliseconds) else {
            throw MongoError(.limitExceeded, "a date \(milliseconds) ms from 1970 cannot be kept exactly")
        }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
