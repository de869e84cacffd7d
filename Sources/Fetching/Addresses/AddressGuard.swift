/// Judges the address of a connection before it is opened, whatever text led to it.
public struct AddressGuard: Sendable, Hashable {
    /// What to do with a connection.
    public enum Verdict: Sendable, Hashable {
        /// Open it.
        case allowed
        /// Do not, because it is of this class.
        case refused(AddressClass)
    }

    /// What passes besides public addresses.
    public var rules: AddressRules

    /// A guard with these rules.
    public init(_ rules: AddressRules) {
        self.rules = rules
    }

    /// Whether a connection to the address may be opened.
    public func judge(_ address: IPAddress) -> Verdict {
        let kind = AddressClass(of: address)
        guard !rules.refused.contains(where: { $0.contains(address) }) else { return .refused(kind) }
        switch kind {
        case .global: return .allowed
        case .embedded:
            guard rules.names(address), let inner = address.embedded else { return .refused(.embedded) }
            return judge(inner)
        case .metadata: return rules.names(address, exactly: true) ? .allowed : .refused(kind)
        default: return rules.names(address) ? .allowed : .refused(kind)
        }
    }
}
