/// What is said on the page after a form was sent: it goes with the address that the browser is led to, sealed, so that nobody else's link
/// makes our page say something.
struct Message: Sendable, Hashable {
    let text: String
    let isDone: Bool

    /// As long as an address may carry.
    private static let longest = 1_200

    init(text: String, isDone: Bool) { (self.text, self.isDone) = (Wording.short(text, Self.longest), isDone) }

    /// The query of an address; nil for one whose seal is not of this session.
    init?(query: [String: String], session: OperatorSession) {
        guard let said = query["said"], let seal = query["seal"], said.utf8.count <= 4 * Self.longest + 1,
            let mark = said.first, mark == "+" || mark == "-", session.accepts(text: said, seal: seal)
        else { return nil }
        (text, isDone) = (String(said.dropFirst()), mark == "+")
    }

    /// The page with this said on it.
    func address(for session: OperatorSession) -> String {
        let said = (isDone ? "+" : "-") + text
        return "/crawl?" + FormFields.encode([("said", said), ("seal", session.seal(of: said))])
    }
}
