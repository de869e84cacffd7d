/// Which URLs count as one when they are deduplicated.
public struct CanonicalisationRules: Sendable, Hashable {
    /// Whether `#fragment` tells pages apart.
    public var keepFragments: Bool

    /// Whether parameters without a value, such as `?a=&b`, stay.
    public var keepBlankValues: Bool

    /// Whether parameters are put into the order of their names and values.
    public var sortParameters: Bool

    /// Names of parameters to remove, such as session ids; a trailing `*` stands for any ending.
    public var dropParameters: [String]

    /// Names of the only parameters to keep, written as in ``dropParameters``; nil keeps all.
    public var keepOnlyParameters: [String]?

    /// The separator of parameters.
    public var separator: Character

    /// The rules of w3lib's `canonicalize_url` unless stated otherwise.
    public init(
        keepFragments: Bool = false, keepBlankValues: Bool = true, sortParameters: Bool = true,
        dropParameters: [String] = [], keepOnlyParameters: [String]? = nil, separator: Character = "&"
    ) {
        self.keepFragments = keepFragments
        self.keepBlankValues = keepBlankValues
        self.sortParameters = sortParameters
        self.dropParameters = dropParameters
        self.keepOnlyParameters = keepOnlyParameters
        self.separator = separator
    }

    /// Whether a pattern of ``dropParameters`` means the parameter of this name, decoded.
    static func isNamed(_ name: some Collection<UInt8>, by pattern: String) -> Bool {
        let bytes = pattern.utf8
        return bytes.last == UInt8(ascii: "*") ? name.starts(with: bytes.dropLast()) : name.elementsEqual(bytes)
    }
}
