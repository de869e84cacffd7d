/// Recognises URLs that are canonical already, so that they need not be written anew.
struct CanonicalFormCheck {
    private let rules: CanonicalisationRules

    /// Nil for rules under which parameters have to be looked at one by one.
    init?(_ rules: CanonicalisationRules) {
        guard rules.dropParameters.isEmpty, rules.keepOnlyParameters == nil, rules.separator == "&" else { return nil }
        self.rules = rules
    }

    /// Whether the path has no escapes and the query is sorted and plainly written.
    func holds(for url: WebURL) -> Bool {
        let layout = url.layout
        guard layout.kind == .http || layout.kind == .https, layout.fragmentStart == nil else { return false }
        return url.href.utf8.withContiguousStorageIfAvailable { bytes in
            let pathEnd = layout.pathEnd(in: bytes.count)
            for index in layout.pathStart..<pathEnd where bytes[index] == UInt8(ascii: "%") { return false }
            guard let start = layout.queryStart else { return true }
            return isCanonical(bytes, query: start + 1..<bytes.count)
        } ?? false
    }

    private func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>, query: Range<Int>) -> Bool {
        var previous: (name: Range<Int>, value: Range<Int>)?
        var start = query.lowerBound
        while true {
            guard let pair = pair(bytes, start, query.upperBound) else { return false }
            if pair.value.isEmpty, !rules.keepBlankValues { return false }
            if rules.sortParameters, let previous {
                let order = Self.compare(bytes, previous.name, pair.name)
                guard order < 0 || (order == 0 && Self.compare(bytes, previous.value, pair.value) <= 0) else {
                    return false
                }
            }
            if pair.value.upperBound == query.upperBound { return true }
            previous = pair
            start = pair.value.upperBound + 1
        }
    }

    /// The pair at `start`, if it is `name=value` of unreserved characters only.
    private func pair(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> (name: Range<Int>, value: Range<Int>)? {
        let reserved = PercentEncodeSet.reserved
        var equals: Int?
        var index = start
        while index < end, bytes[index] != UInt8(ascii: "&") {
            if bytes[index] == UInt8(ascii: "="), equals == nil {
                equals = index
            } else if reserved.contains(bytes[index]) {
                return nil
            }
            index += 1
        }
        guard let equals else { return nil }
        return (start..<equals, equals + 1..<index)
    }

    private static func compare(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
        for offset in 0..<min(left.count, right.count) {
            let difference = Int(bytes[left.lowerBound + offset]) - Int(bytes[right.lowerBound + offset])
            if difference != 0 { return difference }
        }
        return left.count - right.count
    }
}
