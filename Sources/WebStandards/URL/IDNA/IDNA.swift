/// Domain names in other scripts than ASCII.
///
/// Source: UTS #46, sections 4 and 4.1, with the flags of the URL Standard, section 3.3: hyphens unchecked, bidirectional text and
/// joiners checked, STD3 rules off, non-transitional, lengths unchecked.
enum IDNA {
    /// The ASCII form of a domain in UTF-8; nil when it has none.
    ///
    /// A domain that is ASCII already is only put into lower case, even if a label of it is not valid Punycode.
    static func toASCII(_ domain: [UInt8]) -> [UInt8]? {
        if domain.allSatisfy({ $0 < 0x80 }) { return domain.map(\.lowercasedASCII) }
        var mapped: [Unicode.Scalar] = []
        for scalar in String(decoding: domain, as: UTF8.self).unicodeScalars {
            guard IDNAMapping.table.append(scalar, to: &mapped) else { return nil }
        }
        let text = CanonicalComposition.table.normalise(mapped)
        var labels: [IDNALabel] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let label = IDNALabel(Array(part)) else { return nil }
            labels.append(label)
        }
        if labels.contains(where: \.isRightToLeft), !labels.allSatisfy(\.keepsBidiRule) { return nil }
        var output: [UInt8] = []
        for (index, label) in labels.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ".")) }
            guard label.appendASCII(to: &output) else { return nil }
        }
        return output
    }
}

/// One valid label of a domain, in Unicode.
private struct IDNALabel {
    private let scalars: [Unicode.Scalar]

    private static let prefix: [Unicode.Scalar] = ["x", "n", "-", "-"]

    /// The label that `text` says, decoded when it is in Punycode; nil when it is not valid.
    init?(_ text: [Unicode.Scalar]) {
        guard text.starts(with: Self.prefix) else {
            scalars = text
            guard isValid else { return nil }
            return
        }
        guard text.allSatisfy(\.isASCII),
            let decoded = Punycode.decode(text.dropFirst(4).map { UInt8(truncatingIfNeeded: $0.value) }[...]),
            !decoded.allSatisfy(\.isASCII), CanonicalComposition.table.normalise(decoded) == decoded
        else { return nil }
        scalars = decoded
        guard isValid else { return nil }
    }

    private var isValid: Bool {
        guard let first = scalars.first else { return true }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return !scalars.starts(with: Self.prefix) && scalars.allSatisfy(IDNAMapping.table.isValid)
            && IDNAJoiners.areAllowed(in: scalars)
    }

    var isRightToLeft: Bool { IDNABidi.isRightToLeft(scalars) }

    var keepsBidiRule: Bool { IDNABidi.keepsRule(scalars) }

    func appendASCII(to output: inout [UInt8]) -> Bool {
        if scalars.allSatisfy(\.isASCII) {
            output.append(contentsOf: scalars.map { UInt8(truncatingIfNeeded: $0.value) })
            return true
        }
        guard let encoded = Punycode.encode(scalars) else { return false }
        output.append(contentsOf: "xn--".utf8)
        output.append(contentsOf: encoded)
        return true
    }
}
