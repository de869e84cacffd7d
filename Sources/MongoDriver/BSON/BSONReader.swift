#if canImport(Glibc)
    import Glibc
#endif

/// Reads one document out of bytes that may be hostile: every length is checked against what surrounds it before it is used.
///
/// Source: bsonspec.org, version 1.1.
struct BSONReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The document that fills `bytes` exactly.
    static func document(
        in bytes: UnsafeRawBufferPointer, limit: Int = BSONLimits.documentBytes
    ) throws(MongoError) -> BSONDocument {
        guard bytes.count <= limit else {
            throw MongoError(.limitExceeded, "a document of \(bytes.count) bytes; at most \(limit) are allowed")
        }
        var reader = BSONReader(bytes)
        let document = try reader.readDocument(within: bytes.count, depth: 1)
        guard reader.offset == bytes.count else { throw malformed("bytes after the end of the document") }
        return document
    }

    private static func malformed(_ what: String) -> MongoError { MongoError(.invalidBSON, what) }

    private mutating func readDocument(within limit: Int, depth: Int) throws(MongoError) -> BSONDocument {
        let end = try readEnd(within: limit, depth: depth)
        var fields: [BSONDocument.Field] = []
        // As many as most documents have, or as fit: a field takes three bytes at least.
        fields.reserveCapacity(min(8, (end - offset) / 3))
        while offset < end {
            let type = bytes[offset]
            offset += 1
            let key = try readCString(within: end)
            do throws(MongoError) {
                fields.append(BSONDocument.Field(key: key, value: try readValue(type, within: end, depth: depth)))
            } catch {
                throw error.under(key)
            }
        }
        offset += 1
        if let key = Self.repeatedKey(fields) { throw Self.malformed("the key appears twice").under(key) }
        return BSONDocument(uniqueFields: fields)
    }

    /// The keys of an array are not read: their order is what counts, as in every driver.
    private mutating func readArray(within limit: Int, depth: Int) throws(MongoError) -> [BSONValue] {
        let end = try readEnd(within: limit, depth: depth)
        var elements: [BSONValue] = []
        while offset < end {
            let type = bytes[offset]
            offset += 1
            offset = try endOfCString(within: end) + 1
            do throws(MongoError) {
                elements.append(try readValue(type, within: end, depth: depth))
            } catch {
                throw error.under(String(elements.count))
            }
        }
        offset += 1
        return elements
    }

    /// Reads a length and returns where the document's last byte, a zero, stands.
    private mutating func readEnd(within limit: Int, depth: Int) throws(MongoError) -> Int {
        guard depth <= BSONLimits.depth else {
            throw MongoError(.limitExceeded, "nested more than \(BSONLimits.depth) levels deep")
        }
        let start = offset
        let length = Int(try read(Int32.self, within: limit))
        guard length >= 5, length <= limit - start else {
            throw Self.malformed("a length of \(length) where \(limit - start) bytes are left")
        }
        guard bytes[start + length - 1] == 0 else { throw Self.malformed("no zero byte at the end of a document") }
        return start + length - 1
    }

    private mutating func readValue(_ type: UInt8, within end: Int, depth: Int) throws(MongoError) -> BSONValue {
        switch BSONType(rawValue: type) {
        case .double: .double(Double(bitPattern: try read(UInt64.self, within: end)))
        case .string: .string(try readString(within: end))
        case .document: .document(try readDocument(within: end, depth: depth + 1))
        case .array: .array(try readArray(within: end, depth: depth + 1))
        case .binary: .binary(try readBinary(within: end))
        case .objectID: .objectID(ObjectID(bigEndian: try readBytes(12, within: end)))
        case .bool: .bool(try readBool(within: end))
        case .date: .date(try BSONDate.date(milliseconds: try read(Int64.self, within: end)))
        case .null: .null
        case .regex: .regex(try readRegularExpression(within: end))
        case .int32: .int32(try read(Int32.self, within: end))
        case .timestamp: .timestamp(BSONTimestamp(word: try read(UInt64.self, within: end)))
        case .int64: .int64(try read(Int64.self, within: end))
        case .decimal128: try readDecimal(within: end)
        case .minKey: .minKey
        case .maxKey: .maxKey
        case nil: throw Self.refusal(of: type)
        }
    }

    private static func refusal(of type: UInt8) -> MongoError {
        guard let name = BSONType.refusedName(type) else { return malformed("no such type: \(type)") }
        return MongoError(.unsupportedType, "the BSON type \(name) is not supported")
    }

    private mutating func readBytes(_ count: Int, within end: Int) throws(MongoError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= end - offset else { throw Self.malformed("a value runs past its document") }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    private mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
        _: Number.Type, within end: Int
    ) throws(MongoError) -> Number {
        Number(littleEndian: try readBytes(MemoryLayout<Number>.size, within: end).loadUnaligned(as: Number.self))
    }

    private func endOfCString(within end: Int) throws(MongoError) -> Int {
        guard offset < end, let start = bytes.baseAddress, let zero = memchr(start + offset, 0, end - offset) else {
            throw Self.malformed("a key or pattern without an end")
        }
        return UnsafeRawPointer(zero) - start
    }

    private mutating func readCString(within end: Int) throws(MongoError) -> String {
        let zero = try endOfCString(within: end)
        defer { offset = zero + 1 }
        return try Self.text(bytes[offset..<zero])
    }

    private mutating func readString(within end: Int) throws(MongoError) -> String {
        let count = Int(try read(Int32.self, within: end))
        guard count >= 1 else { throw Self.malformed("a string's length is \(count)") }
        let content = try readBytes(count, within: end)
        guard content[count - 1] == 0 else { throw Self.malformed("no zero byte at the end of a string") }
        return try Self.text(content[..<(count - 1)])
    }

    private static func text(_ slice: Slice<UnsafeRawBufferPointer>) throws(MongoError) -> String {
        let units = UnsafeRawBufferPointer(rebasing: slice).assumingMemoryBound(to: UInt8.self)
        // `String(validating:as:)` is not specialised for bytes, and nearly all texts are ASCII.
        if isASCII(units) { return String(decoding: units, as: UTF8.self) }
        guard let text = String(validating: units, as: UTF8.self) else { throw malformed("text that is not UTF-8") }
        return text
    }

    private static func isASCII(_ units: UnsafeBufferPointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(units)
        var position = 0
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { return false }
            position += 8
        }
        return bytes[position...].allSatisfy { $0 < 0x80 }
    }

    private mutating func readBool(within end: Int) throws(MongoError) -> Bool {
        switch try read(UInt8.self, within: end) {
        case 0: false
        case 1: true
        default: throw Self.malformed("a bool that is neither 0 nor 1")
        }
    }

    private mutating func readBinary(within end: Int) throws(MongoError) -> BSONBinary {
        let count = Int(try read(Int32.self, within: end))
        let subtype = try read(UInt8.self, within: end)
        var content = try readBytes(count, within: end)
        if subtype == 2 {
            // The deprecated subtype repeats its length inside.
            guard count >= 4, Int(Int32(littleEndian: content.loadUnaligned(as: Int32.self))) == count - 4 else {
                throw Self.malformed("the inner length of old binary data is wrong")
            }
            content = UnsafeRawBufferPointer(rebasing: content[4...])
        }
        return BSONBinary([UInt8](content), subtype: subtype)
    }

    private mutating func readRegularExpression(within end: Int) throws(MongoError) -> BSONRegularExpression {
        let pattern = try readCString(within: end)
        return BSONRegularExpression(pattern: pattern, options: try readCString(within: end))
    }

    private mutating func readDecimal(within end: Int) throws(MongoError) -> BSONValue {
        let low = try read(UInt64.self, within: end)
        return .decimal128(BSONDecimal128(high: try read(UInt64.self, within: end), low: low))
    }

    /// Two readers of a repeated key may see different values, which is how validators are evaded; so it is refused.
    private static func repeatedKey(_ fields: [BSONDocument.Field]) -> String? {
        if fields.count > 24 {
            var seen: Set<String> = []
            return fields.first { !seen.insert($0.key).inserted }?.key
        }
        for (index, field) in fields.enumerated() {
            for other in fields[..<index] where other.key == field.key { return field.key }
        }
        return nil
    }
}
