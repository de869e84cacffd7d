import HTTPTypes
import CrawlEngine
import Fetching
import Indexing

/// A list as MyAnimeList exports it, read from a file that somebody chose: XML, possibly packed with gzip.
struct UploadedList: Sendable {
    /// Bytes of the whole form.
    static let mostFormBytes = 4 << 20
    private static let mostBytes = 32 << 20

    let list: CarriedList
    /// What was found in the file, for whoever brought it.
    let note: String

    /// - Throws: ``Problem`` 400 that says what is wrong with the file.
    init(_ file: [UInt8], in index: AnimeIndex) throws(Problem) {
        guard !file.isEmpty else { throw Problem(.badRequest, "the file is empty; choose the export of a list first") }
        let (rows, rejects): ([AnimeListXML.Row], [ImportReject])
        do {
            let bytes =
                file.starts(with: [0x1F, 0x8B]) ? try ContentCoding.gzip.decode(file, limit: Self.mostBytes) : file
            (rows, rejects) = try AnimeListXML(bytes).rows
        } catch let error as ImportError {
            throw Problem(.badRequest, "the file is no export of a list: \(error.description)")
        } catch {
            throw Problem(
                .badRequest, "the file cannot be unpacked, or is larger than \(Self.mostBytes >> 20) MiB then")
        }
        guard rows.count <= CarriedList.mostRows else {
            throw Problem(.badRequest, "the file has more than \(CarriedList.mostRows) anime")
        }
        let keys = index.entries(meant: rows.map { ("myanimelist:\($0.id)", $0.title) })
        list = CarriedList(
            rows: zip(rows, keys).compactMap { row, key in
                key.map { .init(entry: $0, score: row.score, status: row.status) }
            })
        note = Self.note(known: list.rows.count, rejects, count: rows.count + rejects.count)
    }

    private static func note(known: Int, _ rejects: [ImportReject], count: Int) -> String {
        let found = "Your list: \(known) of its \(count) anime are known here."
        guard !rejects.isEmpty else { return found }
        let shown = rejects.prefix(3).map(\.description).joined(separator: "; ")
        return "\(found) Left out as not understood: \(shown)\(rejects.count > 3 ? "; \(rejects.count - 3) more" : "")."
    }
}
