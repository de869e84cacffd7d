import Foundation
import Indexing
import Reports
import Storage

extension AnimeIndex {
    /// Stands for the version in the tags of answers: a database that was made anew counts from 1 again, and another program answers otherwise.
    var tag: String {
        let published = Int64((version.publishedAt.timeIntervalSince1970 * 1_000).rounded())
        return "i\(version.number)-\(String(published, radix: 36))-\(ProgramVersion.text)"
    }
}
