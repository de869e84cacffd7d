import Foundation
public import Storage
public import WebStandards

/// What an export wrote; also kept beside its file, so that the next one can go on from there.
public struct ExportSummary: Sendable {
    /// What was taken out: a collection, or `ratings`.
    public let what: String
    /// The form.
    public let format: String
    /// The file.
    public let file: String
    /// The site it is limited to.
    public let site: String?
    /// Documents, or people with ratings.
    public var documents = 0
    /// Rows of a table, or ratings; as many as documents where each is one.
    public var rows = 0
    /// Documents that are told to be gone.
    public var deleted = 0
    /// Pages whose body is that of another one in the file.
    public var referring = 0
    /// Pages that are stored and cannot be decompressed.
    public var unreadable = 0
    /// Bytes before compression.
    public var bytes = 0
    /// Which state of the data it is.
    public var extent: ExportExtent?
    /// Other files that belong to it.
    public var beside: [String] = []

    /// Starts one.
    public init(what: String, format: String, file: String, site: String?) {
        (self.what, self.format, self.file, self.site) = (what, format, file, site)
    }

    /// As it is printed and kept.
    public var value: JSONValue {
        var object: JSONObject = [
            "what": .string(what), "format": .string(format), "file": .string(file),
            "site": site.map(JSONValue.string) ?? .null, "documents": .int(Int64(documents)), "rows": .int(Int64(rows)),
            "deleted": .int(Int64(deleted)), "bytes": .int(Int64(bytes)),
        ]
        if let extent {
            object["since"] = extent.since.map { .int(Int64($0)) } ?? .null
            object["until"] = .int(Int64(extent.until))
            object["moments"] = .int(Int64(extent.moments))
        }
        if format == "warc" {
            object["referring"] = .int(Int64(referring))
            object["unreadable"] = .int(Int64(unreadable))
        }
        object["beside"] = .array(beside.map(JSONValue.string))
        return .object(object)
    }

    /// The file beside an export that keeps its summary.
    public static func name(beside file: String) -> String { "\(file).export.json" }

    /// Keeps it beside its file.
    public func store() throws(ExportError) {
        let file = try OutputFile(Self.name(beside: self.file), mayReplace: true)
        try file.write(value.serialized(pretty: true) + "\n")
        try file.commit()
    }

    /// The change up to which an earlier export goes, by its file.
    ///
    /// - Parameters:
    ///   - what: What the next one is of: of anything else the earlier one says nothing.
    ///   - site: What the next one is limited to: of what the earlier one left out it would bring some only.
    public static func until(of file: String, what: String, site: String?) throws(ExportError) -> Int {
        let kept = kept(beside: file)
        if let earlier = kept?["what"]?.stringValue, earlier != what {
            throw ExportError(
                .file,
                "\(file) is an export of \(earlier), as \(name(beside: file)) says; expected one of \(what), or the number of a change"
            )
        }
        if let earlier = kept?["site"]?.stringValue, earlier != site {
            throw ExportError(
                .file, "\(file) has what is of \(earlier) only; expected --site \(earlier), or the number of a change")
        }
        guard let until = kept?["until"]?.intValue else {
            throw ExportError(
                .file, "\(name(beside: file)): cannot be read; expected what an export to \(file) left beside it")
        }
        return Int(until)
    }

    /// What an export was of, and whether there was nothing to write; nil where no export to a file left anything beside it.
    public static func content(of file: String) -> (what: String, isEmpty: Bool)? {
        guard let kept = kept(beside: file), let what = kept["what"]?.stringValue else { return nil }
        return (what, kept["documents"]?.intValue == 0 && kept["deleted"]?.intValue == 0)
    }

    private static func kept(beside file: String) -> JSONObject? {
        guard let data = FileManager.default.contents(atPath: name(beside: file)), data.count < 1 << 20 else {
            return nil
        }
        return try? JSONValue(parsing: Array(data)).objectValue
    }
}
