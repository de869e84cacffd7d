/// Which document an item or a drop is about; sites number entries and reviews alike, so that a key alone does not say it.
public struct ItemIdentity: Sendable, Hashable {
    /// What it describes.
    public let type: ItemType
    /// Its natural key.
    public let key: String

    /// Makes an identity.
    public init(type: ItemType, key: String) {
        self.type = type
        self.key = key
    }
}

extension Item {
    /// Which document it is about.
    public var identity: ItemIdentity { ItemIdentity(type: type, key: key) }
}

extension Drop {
    /// Which document it is about; nil where the type or the key was not known.
    public var identity: ItemIdentity? {
        guard let type, let key else { return nil }
        return ItemIdentity(type: type, key: key)
    }
}
