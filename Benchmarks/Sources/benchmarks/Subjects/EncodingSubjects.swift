import Markup

/// A page's bytes → its encoding → UTF-8.
enum EncodingSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        try ["utf-8", "windows-1251", "shift_jis"].map { encoding in
            let pages = try workload.pages("pages-\(encoding).txt")
            return Subject("decode \(encoding)", unit: "pages") {
                var round = Subject.Round(operations: pages.count)
                for page in pages { round.result += CharacterEncoding.decode(page).bytes.count }
                return round
            }
        }
    }
}
