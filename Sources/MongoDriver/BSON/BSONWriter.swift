import FoundationEssentials

/// Appends BSON to bytes.
///
/// Source: bsonspec.org, version 1.1.
struct BSONWriter {
    private(set) var bytes: [UInt8] = []

    private let isStored: Bool

    /// - Parameters:
    ///   - isStored: Whether this is a document to store: then no key may look like an operator or a path.
    ///   - expecting: How many bytes it will about have, so that they need not be moved as they grow.
    init(isStored: Bool = false, expecting: Int = 256) {
        self.isStored = isStored
        bytes.reserveCapacity(expecting)
    }

    /// The bytes of a document that a server will accept.
    static func bytes(of document: BSONDocument, limit: Int = BSONLimits.documentBytes) throws(MongoError) -> [UInt8] {
        try bytes(of: document, BSONWriter(), limit: limit)
    }

    /// The bytes of a document to insert or to replace another with.
    ///
    /// Keys that start with `$` or contain a dot would act as operators or paths in a later update or query, so names taken from
    /// outside could become instructions.
    static func storedBytes(of document: BSONDocument, expecting: Int = 256) throws(MongoError) -> [UInt8] {
        try bytes(of: document, BSONWriter(isStored: true, expecting: expecting), limit: BSONLimits.documentBytes)
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
        // By address: a field that is taken out of an array is retained and released, and so is what it holds.
        let problem = document.fields.withUnsafeBufferPointer { fields -> MongoError? in
            for index in fields.indices {
                do throws(MongoError) {
                    let place = bytes.count
                    bytes.append(0)
                    try append(key: fields[index].key)
                    bytes[place] = try append(fields[index].value, depth: depth).rawValue
                } catch {
                    return error.under(fields[index].key)
                }
            }
            return nil
        }
        if let problem { throw problem }
        end(start)
    }

    private mutating func append(_ elements: [BSONValue], depth: Int) throws(MongoError) {
        let start = try begin(depth)
        let problem = elements.withUnsafeBufferPointer { elements -> MongoError? in
            for index in elements.indices {
                let place = bytes.count
                bytes.append(0)
                append(index: index)
                do throws(MongoError) {
                    bytes[place] = try append(elements[index], depth: depth).rawValue
                } catch {
                    return error.under(String(index))
                }
            }
            return nil
        }
        if let problem { throw problem }
        end(start)
    }

    /// Appends a value behind its key.
    ///
    /// - Returns: The type to stand before the key, so that the value is looked at once only.
    private mutating func append(_ value: BSONValue, depth: Int) throws(MongoError) -> BSONType {
        switch value {
        case .double(let number):
            append(integer: number.bitPattern)
            return .double
        case .string(let text):
            append(string: text)
            return .string
        case .document(let document):
            try append(document, depth: depth + 1)
            return .document
        case .array(let elements):
            try append(elements, depth: depth + 1)
            return .array
        case .binary(let binary):
            append(binary)
            return .binary
        case .objectID(let identifier):
            append(integer: identifier.high.byteSwapped)
            append(integer: identifier.low.byteSwapped)
            return .objectID
        case .bool(let isTrue):
            bytes.append(isTrue ? 1 : 0)
            return .bool
        case .date(let date):
            append(integer: try BSONDate.milliseconds(date))
            return .date
        case .null: return .null
        case .minKey: return .minKey
        case .maxKey: return .maxKey
        case .regex(let expression):
            try append(cString: expression.pattern)
            try append(cString: expression.options)
            return .regex
        case .int32(let number):
            append(integer: number)
            return .int32
        case .timestamp(let timestamp):
            append(integer: timestamp.word)
            return .timestamp
        case .int64(let number):
            append(integer: number)
            return .int64
        case .decimal128(let decimal):
            append(integer: decimal.low)
            append(integer: decimal.high)
            return .decimal128
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
        append(integer: Int32(truncatingIfNeeded: string.utf8.count + 1))
        append(utf8: string)
        bytes.append(0)
    }

    /// A key, looked through once for all that it must not hold.
    private mutating func append(key: String) throws(MongoError) {
        let isStored = isStored
        func isAllowed(_ utf8: UnsafeBufferPointer<UInt8>) -> (hasZero: Bool, isPlain: Bool) {
            var (hasZero, hasDot) = (false, false)
            for byte in utf8 {
                hasZero = hasZero || byte == 0
                hasDot = hasDot || byte == UInt8(ascii: ".")
            }
            return (hasZero, !isStored || !hasDot && utf8.first != UInt8(ascii: "$"))
        }
        var key = key
        let found = key.withUTF8 { utf8 in
            bytes.append(contentsOf: utf8)
            return isAllowed(utf8)
        }
        guard !found.hasZero else { throw Self.hasZero }
        guard found.isPlain else {
            throw MongoError(.invalidBSON, "a stored key must not start with $ or contain a dot")
        }
        bytes.append(0)
    }

    private mutating func append(cString: String) throws(MongoError) {
        guard !cString.utf8.contains(0) else { throw Self.hasZero }
        append(utf8: cString)
        bytes.append(0)
    }

    private static let hasZero = MongoError(.invalidBSON, "a key or pattern contains a NUL byte")

    /// Without the copy that making a string's storage contiguous may be; it always is on this platform.
    private mutating func append(utf8 text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if isDone == nil { bytes.append(contentsOf: text.utf8) }
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
