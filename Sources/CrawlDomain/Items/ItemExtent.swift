/// How much of its document an item speaks of; what it does not speak of stays as it is stored.
public struct ItemExtent: Sendable, Hashable {
    /// Whether it adds to a document that another page gives: it speaks of the fields it has, and is nothing by itself.
    public let isAddition: Bool
    /// Fields in which nothing says nothing, because such a page never has them: they are left as stored where blank.
    public let leaves: Set<String>
    /// Lists of which it has a part: the field, and the name that tells their elements apart.
    public let parts: [String: String]
    /// Fields that it gives only where nothing is stored: what it has of them is second-hand, or a guess.
    public let fills: Set<String>

    /// Makes an extent.
    public init(
        isAddition: Bool = false, leaves: Set<String> = [], parts: [String: String] = [:], fills: Set<String> = []
    ) {
        self.isAddition = isAddition
        self.leaves = leaves
        self.parts = parts
        self.fills = fills
    }

    /// The whole document, but the supplements that the item does not name.
    public static let whole = ItemExtent()
}
