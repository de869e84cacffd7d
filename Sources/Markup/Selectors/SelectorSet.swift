/// The selectors that are asked of pages of one kind.
///
/// A document that is prepared for a set finds the elements that any of the selectors could want in one pass, and answers
/// each selector from its root once: see ``MarkupDocument/prepare(for:)``.
public struct SelectorSet: Sendable {
    let wanted: WantedParts
    /// Kept so that no other selector comes to have the identity of one of these.
    private let selectors: [Selector]
    private let identities: Set<ObjectIdentifier>

    /// Makes a set; selectors that libxml2 must answer are part of it to no effect.
    public init(_ selectors: [Selector]) {
        self.selectors = selectors
        identities = Set(selectors.map(\.identity))
        wanted = WantedParts(of: selectors.compactMap(\.program))
    }

    func contains(_ selector: Selector) -> Bool { identities.contains(selector.identity) }
}
