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
        guard !(rows.isEmpty && rejects.isEmpty) else {
            throw Problem(.badRequest, "the file has no anime; choose the export of an anime list")
        }
        guard rows.count <= CarriedList.mostRows else {
            throw Problem(.badRequest, "the file has more than \(CarriedList.mostRows) anime")
        }
        let keys = index.entries(meant: rows.map { ("myanimelist:\($0.id)", $0.title) })
        // The last of several rows of one anime counts, as where lists are stored.
        var places: [String: Int] = [:]
        var known: [CarriedList.Row] = []
        for (row, key) in zip(rows, keys) {
            guard let key else { continue }
            let row = CarriedList.Row(entry: key, score: row.score, status: row.status)
            if let place = places[key] {
                known[place] = row
            } else {
                places[key] = known.count
                known.append(row)
            }
        }
        list = CarriedList(rows: known)
        note = Self.note(known: known.count, rejects, count: Set(rows.map(\.id)).count + rejects.count)
    }

    private static func note(known: Int, _ rejects: [ImportReject], count: Int) -> String {
        let found =
            known == 0
            ? "None of your list's \(count) anime is known here."
            : "Your list: \(known) of its \(count) anime are known here."
        guard !rejects.isEmpty else { return found }
        let shown = rejects.prefix(3).map(\.description).joined(separator: "; ")
        return "\(found) Left out as not understood: \(shown)\(rejects.count > 3 ? "; \(rejects.count - 3) more" : "")."
    }
}
