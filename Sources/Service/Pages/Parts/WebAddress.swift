/// An address out of stored data that a page may link to.
enum WebAddress {
    private static let most = 2_000

    /// The address if it is one of the web's, else nil: `javascript:` and its kin are none.
    static func safe(_ text: String?) -> String? {
        guard let text, text.utf8.count <= most, !text.unicodeScalars.contains(where: { $0.value <= 0x20 }) else {
            return nil
        }
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://") ? text : nil
    }
}
