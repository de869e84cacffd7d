import HTTPTypes

/// The parts of a form that sends files (RFC 7578); nothing nested, nothing encoded, as browsers send them.
struct MultipartForm: Sendable {
    struct Part: Sendable, Hashable {
        let name: String
        /// nil for what is no file.
        let fileName: String?
        let bytes: [UInt8]
    }

    let parts: [Part]

    /// - Parameter contentType: The field `Content-Type`, which names the boundary.
    /// - Throws: ``Problem`` 400.
    init(_ bytes: [UInt8], contentType: String) throws(Problem) {
        guard let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count) else {
            throw Problem(.badRequest, "the form: expected multipart/form-data with a boundary")
        }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark has no line break before it.
        var rest = (Array("\r\n".utf8) + bytes)[...]
        var parts: [Part] = []
        guard let first = Self.range(of: mark, in: rest) else { throw Self.broken }
        rest = rest[first.upperBound...]
        while !rest.starts(with: "--".utf8) {
            guard parts.count < FormFields.most, rest.starts(with: "\r\n".utf8),
                let end = Self.range(of: mark, in: rest)
            else { throw Self.broken }
            parts.append(try Self.part(rest[rest.startIndex + 2..<max(rest.startIndex + 2, end.lowerBound)]))
            rest = rest[end.upperBound...]
        }
        self.parts = parts
    }

    /// Fields that are no files.
    var fields: [(name: String, value: String)] {
        parts.filter { $0.fileName == nil }.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    private static let broken = Problem(
        .badRequest, "the form: expected parts of multipart/form-data, ended by the boundary")
    private static let mostHeaderBytes = 2_000

    private static func part(_ bytes: ArraySlice<UInt8>) throws(Problem) -> Part {
        guard let end = range(of: Array("\r\n\r\n".utf8), in: bytes.prefix(mostHeaderBytes)) else { throw broken }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let disposition = lines.first { $0.lowercased().hasPrefix("content-disposition:") }.map(String.init) ?? ""
        guard let name = parameter("name", of: disposition) else { throw broken }
        return Part(
            name: name, fileName: parameter("filename", of: disposition), bytes: Array(bytes[end.upperBound...]))
    }

    /// A parameter of a header field, in quotes or without; `\"` and `%22` inside quotes are left as they are.
    private static func parameter(_ name: String, of field: String) -> String? {
        for part in field.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else { continue }
            let value = pair[1].drop { $0 == " " }
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
        }
        return nil
    }

    private static func range(of mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard let first = mark.first, bytes.count >= mark.count else { return nil }
        var from = bytes.startIndex
        while let start = bytes[from...].firstIndex(of: first), start + mark.count <= bytes.endIndex {
            if bytes[start..<start + mark.count].elementsEqual(mark) { return start..<start + mark.count }
            from = start + 1
        }
        return nil
    }
}
