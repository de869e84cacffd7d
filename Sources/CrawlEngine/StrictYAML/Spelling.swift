/// Messages about names nobody knows.
enum Spelling {
    /// "unknown key 'tittle'; did you mean 'title'? expected one of title, type".
    static func message(_ what: String, _ name: String, expected: [String]) -> String {
        let near = expected.min { distance($0, name) < distance($1, name) }
        let hint = near.flatMap { distance($0, name) <= 2 ? "did you mean '\($0)'? " : nil } ?? ""
        return "\(what) '\(name)'; \(hint)expected one of \(expected.joined(separator: ", "))"
    }

    /// Levenshtein's edit distance.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.prefix(64).unicodeScalars), Array(right.prefix(64).unicodeScalars))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
