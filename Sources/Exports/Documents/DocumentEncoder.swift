import MongoDriver
import Storage

/// Documents as bytes of a file, one after the other.
struct DocumentEncoder {
    private enum Form {
        case lines
        case bson
        case table([CSVColumn])
        case lists
    }

    /// The columns of a person's list; the first three tell whose it is.
    static let listColumns = [
        "user", "site", "name", "entry_id", "title", "type", "score", "status", "watched_episodes", "rewatching",
        "started",
        "finished", "updated",
    ]

    private let form: Form
    private let tellsDeletions: Bool
    private var bytes: [UInt8] = []

    init(_ format: DocumentFormat, collection: ExportedCollection, schema: BSONDocument, tellsDeletions: Bool) {
        self.tellsDeletions = tellsDeletions
        form =
            switch format {
            case .jsonl: .lines
            case .bson: .bson
            case .csv: collection == .users ? .lists : .table(CSVColumn.columns(of: schema))
            }
    }

    /// What the file begins with.
    var header: [UInt8] {
        let names: [String]
        switch form {
        case .lines, .bson: return []
        case .table(let columns): names = columns.map(\.name)
        case .lists: names = Self.listColumns
        }
        var bytes: [UInt8] = []
        CSVWriter.append((names + (tellsDeletions ? ["deleted"] : [])).map(CSVCell.plain), to: &bytes)
        return bytes
    }

    /// Adds a document.
    ///
    /// - Returns: How many rows it is.
    mutating func append(_ document: BSONDocument) throws(MongoError) -> Int {
        switch form {
        case .lines: PlainJSON.appendLine(document, to: &bytes)
        case .bson: bytes += try document.bson()
        case .table(let columns): append(columns.map { $0.cell(of: document) }, isDeleted: false)
        case .lists: return appendList(document)
        }
        return 1
    }

    /// Adds that a document is gone.
    mutating func appendDeletion(of key: String) {
        switch form {
        case .lines: PlainJSON.appendDeletion(of: key, to: &bytes)
        case .bson: break
        case .table(let columns):
            append(columns.map { $0.name == "_id" ? .text(key) : .empty }, isDeleted: true)
        case .lists:
            append([.text(key)] + Array(repeating: .empty, count: Self.listColumns.count - 1), isDeleted: true)
        }
    }

    /// What was added since the last time.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func append(_ cells: [CSVCell], isDeleted: Bool) {
        let last: [CSVCell] = tellsDeletions ? [isDeleted ? .plain("true") : .empty] : []
        CSVWriter.append(cells + last, to: &bytes)
    }

    /// One row for each of the list's; of an empty list one that says whose it is.
    private mutating func appendList(_ document: BSONDocument) -> Int {
        let person = ["_id", "site", "name"].map { document[$0].map(CSVColumn.cell) ?? .empty }
        let list = document["list"]?.arrayValue ?? []
        for row in list {
            let row = row.documentValue ?? [:]
            let cells = Self.listColumns.dropFirst(person.count).map { row[$0].map(CSVColumn.cell) ?? .empty }
            append(person + cells, isDeleted: false)
        }
        if list.isEmpty {
            append(person + Array(repeating: .empty, count: Self.listColumns.count - person.count), isDeleted: false)
        }
        return max(1, list.count)
    }
}
