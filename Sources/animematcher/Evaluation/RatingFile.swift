import CrawlEngine
import Foundation
import Terminal
import WebStandards

/// Reads CSV of ratings with a header, of any size, in the memory of its numbers.
///
/// Columns stand in any order and further ones are passed over. A record without quotes, as nearly all are, is read as bytes.
struct RatingFile {
    /// Which columns there must be.
    enum Form {
        /// `user,item,rating`
        case ratings
        /// `user,item`
        case history
        /// `item`
        case items
    }

    private static let names: [(field: String, columns: Set<String>)] = [
        ("user", ["user", "user_id", "userid", "username"]),
        ("item", ["item", "item_id", "itemid", "anime_id", "animeid", "movieid"]),
        ("rating", ["rating", "score", "my_score"]),
    ]
    /// Rows that are left out are shown one by one up to this many.
    private static let shown = 20

    let name: String
    let form: Form
    private var columns: [Int] = []
    private var line = 0
    private var rows = RatingRows()

    init(_ name: String, _ form: Form = .ratings) {
        self.name = name
        self.form = form
    }

    /// Reads the whole file.
    ///
    /// - Throws: ``Failure`` when it cannot be read, has no such columns, or no good row at all.
    mutating func rows(users: inout IdentifierTable, items: inout IdentifierTable) throws -> RatingRows {
        let source = try ImportSource(name)
        var rest: [UInt8] = []
        while let piece = try source.next() {
            rest += piece
            var start = 0
            while let end = Self.recordEnd(rest, from: start) {
                try take(rest[start..<end], &users, &items)
                start = end + 1
            }
            rest.removeFirst(start)
            guard rest.count <= ImportLimits.csvRecordBytes else {
                throw Failure(
                    "\(name): line \(line + 1): longer than \(ImportLimits.csvRecordBytes >> 20) MiB, or a quote that is never closed"
                )
            }
        }
        if !rest.isEmpty { try take(rest[...], &users, &items) }
        guard rows.count > 0 else {
            throw Failure(
                "\(name): no \(form == .items ? "items" : "ratings"); expected CSV with a header, \(expected)")
        }
        if rows.rejected > Self.shown { Console.note("\(name): \(rows.rejected - Self.shown) more rows left out") }
        return rows
    }

    private var fields: [String] {
        switch form {
        case .ratings: ["user", "item", "rating"]
        case .history: ["user", "item"]
        case .items: ["item"]
        }
    }

    private var expected: String { fields.joined(separator: ",") }

    /// The line feed that ends the record; a quoted field may hold some. Nil when it is still to come.
    private static func recordEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var isQuoted = false
            for place in start..<bytes.count {
                if bytes[place] == UInt8(ascii: "\"") { isQuoted.toggle() }
                if bytes[place] == UInt8(ascii: "\n"), !isQuoted { return place }
            }
            return nil
        }
    }

    private mutating func take(
        _ record: ArraySlice<UInt8>, _ users: inout IdentifierTable, _ items: inout IdentifierTable
    ) throws {
        line += 1
        let number = line
        var record = record
        if record.last == UInt8(ascii: "\r") { record.removeLast() }
        guard !record.isEmpty else { return }
        if record.contains(UInt8(ascii: "\"")) {
            line += record.count { $0 == UInt8(ascii: "\n") }
            let fields = Self.unquoted(Array(record))
            return columns.isEmpty ? try header(fields) : add(fields[...], number, &users, &items)
        }
        if columns.isEmpty { return try header(Self.split(record).map(Array.init)) }
        add(Self.split(record)[...], number, &users, &items)
    }

    private static func split(_ record: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        record.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }

    private static func unquoted(_ record: [UInt8]) -> [[UInt8]] {
        var reader = CSVReader()
        var fields: [[UInt8]] = []
        for row in reader.rows(in: record) + reader.lastRows() { fields += row.fields.map { Array($0.utf8) } }
        return fields
    }

    private mutating func header(_ fields: [[UInt8]]) throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let titles = fields.enumerated().map { place, field in
            let bytes = place == 0 && field.starts(with: mark) ? Array(field.dropFirst(3)) : field
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces).lowercased()
        }
        for field in self.fields {
            let known = Self.names.first { $0.field == field }?.columns ?? []
            guard let column = titles.firstIndex(of: field) ?? titles.firstIndex(where: known.contains) else {
                let found = Console.visible(titles.prefix(20).joined(separator: ","))
                throw Failure("\(name): line 1: expected a header with the columns \(expected), not '\(found)'")
            }
            columns.append(column)
        }
    }

    private mutating func add(
        _ fields: ArraySlice<some BidirectionalCollection<UInt8>>, _ line: Int, _ users: inout IdentifierTable,
        _ items: inout IdentifierTable
    ) {
        guard let last = columns.max(), last < fields.count else {
            return reject(line, "\(fields.count) fields; expected \(expected) as in the header")
        }
        let cells = columns.map { fields[fields.startIndex + $0] }
        let item = cells[form == .items ? 0 : 1]
        guard form == .items || Identifier(cells[0]) != nil else {
            return reject(line, "user: expected a number or a name, not nothing")
        }
        guard let itemID = Identifier(item) else {
            return reject(line, "item: expected a number or a name, not nothing")
        }
        if form == .ratings {
            guard let value = Decimal64.value(of: cells[2]) else {
                let text = Console.visible(String(decoding: Array(cells[2]), as: UTF8.self), limit: 40)
                return reject(line, "rating: expected a number, not '\(text)'")
            }
            rows.values.append(value)
        }
        if form != .items, let user = Identifier(cells[0]) { rows.users.append(users.number(of: user)) }
        rows.items.append(items.number(of: itemID))
    }

    private mutating func reject(_ line: Int, _ reason: String) {
        rows.rejected += 1
        if rows.rejected <= Self.shown { Console.error("\(name): line \(line): \(reason); left out") }
    }
}

/// Decimal numbers, read without making a text of them first.
enum Decimal64 {
    /// "8", "-1", "3.5"; nil for what is no finite number.
    static func value(of bytes: some BidirectionalCollection<UInt8>) -> Double? {
        var (whole, digits, fraction) = (0, 0, -1)
        let isNegative = bytes.first == UInt8(ascii: "-")
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 15 {
                whole = whole * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                if fraction >= 0 { fraction += 1 }
            } else if byte == UInt8(ascii: "."), fraction < 0 {
                fraction = 0
            } else {
                return slow(bytes)
            }
        }
        guard digits > 0 else { return nil }
        // Both are exact up to 15 digits, so the quotient is the nearest number.
        let value = fraction > 0 ? Double(whole) / powers[fraction] : Double(whole)
        return isNegative ? -value : value
    }

    private static func slow(_ bytes: some BidirectionalCollection<UInt8>) -> Double? {
        let text = String(decoding: Array(bytes), as: UTF8.self).trimmingCharacters(in: .whitespaces)
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    private static let powers = (0...15).map { (1...max(1, $0)).reduce(1.0) { value, _ in value * 10 } }
}
