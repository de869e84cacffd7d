/// An item as a file of ratings names it: by number, or by an entry's key, as our own export does.
struct RatedItem: Sendable, Hashable {
    let text: String
    /// Nil for a key.
    let number: Int32?

    init?(_ text: String) {
        if let number = Int32(text), number > 0 {
            (self.text, self.number) = (String(number), number)
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, text.utf8.count <= 200, !text.contains(where: \.isWhitespace),
            parts[0].utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        (self.text, number) = (text, nil)
    }
}
