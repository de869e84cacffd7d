/// One record of a web archive.
///
/// Source: "The WARC Format 1.1" (ISO 28500:2017), sections 4 and 5.
public struct WARCRecord: Sendable, Hashable {
    /// What a record is; others than these are passed over.
    public enum Kind: String, Sendable, CaseIterable {
        case warcinfo, response, resource, request, metadata, revisit, conversion, continuation
    }

    /// The profile of a revisit whose payload is byte for byte that of another record.
    public static let identicalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

    /// The version as written: "1.1".
    public var version: String
    /// The named fields, `Content-Length` among them.
    public var fields: HeaderFields
    /// The content block.
    public var block: [UInt8]

    /// A record as it was read.
    init(version: String, fields: HeaderFields, block: [UInt8]) {
        (self.version, self.fields, self.block) = (version, fields, block)
    }

    /// A record to be written.
    ///
    /// - Parameters:
    ///   - id: A URI, "urn:uuid:…".
    ///   - date: ISO 8601 in UTC.
    ///   - type: The content type of the block; nil where there is none.
    public init(_ kind: Kind, id: String, date: String, type: String?, block: [UInt8]) {
        version = "1.1"
        fields = ["WARC-Type": kind.rawValue, "WARC-Record-ID": "<\(id)>", "WARC-Date": date]
        if let type { fields.append("Content-Type", type) }
        self.block = block
    }

    /// What it is; nil for a kind that is not known here.
    public var kind: Kind? { fields.first("WARC-Type").flatMap { Kind(rawValue: $0.asciiLowercase) } }

    /// The URI that the content was asked for by, without the angle brackets that older tools put around it.
    public var targetURI: String? {
        guard let text = fields.first("WARC-Target-URI") else { return nil }
        return text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
    }

    /// When it was made, in seconds since 1970.
    public var date: Int64? { fields.first("WARC-Date").flatMap(W3CDateTime.parse) }

    /// The record as it stands in an archive that is not compressed. A field whose value could end its line is left out.
    public var bytes: [UInt8] {
        var bytes = Array("WARC/\(version)\r\n".utf8)
        for field in fields where field.hasValidName && field.hasValidValue && !field.isNamed("Content-Length") {
            bytes += Array(field.name.utf8) + [0x3A, 0x20] + field.bytes + [0x0D, 0x0A]
        }
        return bytes + Array("Content-Length: \(block.count)\r\n\r\n".utf8) + block + Array("\r\n\r\n".utf8)
    }
}
