/// Which patterns leave nothing to others.
extension URLPattern {
    /// Whether every URL that `other` matches is matched too; false where that is not certain.
    func covers(_ other: URLPattern) -> Bool {
        guard lengths.lowerBound <= other.lengths.lowerBound, lengths.upperBound >= other.lengths.upperBound else {
            return false
        }
        let count = max(other.segments.count + (other.rest == nil ? 0 : 1), segments.count)
        return (0..<count).allSatisfy { covers(other, at: $0) } && query.allSatisfy { $0.isGranted(by: other.query) }
    }

    /// How many segments the paths have.
    var lengths: ClosedRange<Int> {
        // The rest takes at least one segment, and what may be left out takes what there is first.
        if rest != nil { return segments.count + 1...Int.max }
        return segments.count { !$0.isOptional }...segments.count
    }

    private func covers(_ other: URLPattern, at place: Int) -> Bool {
        guard place < segments.count else { return true }
        if place < other.segments.count { return segments[place].covers(other.segments[place]) }
        return other.rest == nil || segments[place].takesAll
    }

    /// Whether some path of these segments is matched; nil stands for a segment that may be anything.
    func mayMatch(path: [String?], parameters: [(name: String, value: String?)]) -> Bool {
        guard lengths.contains(path.count) else { return false }
        let fits = zip(segments, path).allSatisfy { segment, text in
            var captures: [String: String] = [:]
            return text.map { segment.match($0, &captures) } ?? true
        }
        return fits && query.allSatisfy { $0.mayHold(of: parameters) }
    }
}

extension URLPattern.Segment {
    /// Whether any text fits.
    var takesAll: Bool {
        capture?.isInteger == false && prefix.isEmpty && suffix.isEmpty && second == nil
    }

    fileprivate func covers(_ other: Self) -> Bool {
        guard let capture else { return other.capture == nil && prefix == other.prefix }
        guard let inner = other.capture else {
            var captures: [String: String] = [:]
            return match(other.prefix, &captures)
        }
        if takesAll { return true }
        if second != nil || other.second != nil {
            return second?.separator == other.second?.separator && prefix == other.prefix && suffix == other.suffix
                && second?.capture.isInteger == other.second?.capture.isInteger
        }
        if capture.isInteger { return inner.isInteger && prefix == other.prefix && suffix == other.suffix }
        return other.prefix.hasPrefix(prefix) && other.suffix.hasSuffix(suffix)
    }
}

extension URLPattern.QueryTerm {
    /// Whether it holds of every URL of which these terms hold.
    fileprivate func isGranted(by terms: [Self]) -> Bool {
        if capture?.isOptional == true { return true }
        return terms.contains { term in
            guard term.name == name, term.capture?.isOptional != true else { return false }
            if let literal { return term.literal == literal }
            guard let capture else { return true }
            if let text = term.literal {
                var captures: [String: String] = [:]
                return capture.take(text, &captures)
            }
            return term.capture.map { $0.isInteger || !capture.isInteger } ?? false
        }
    }

    /// Whether it may hold of a URL with these parameters; nil stands for any value.
    fileprivate func mayHold(of parameters: [(name: String, value: String?)]) -> Bool {
        guard let found = parameters.first(where: { $0.name == name }) else { return capture?.isOptional == true }
        guard let value = found.value else { return true }
        if let literal { return literal == value }
        var captures: [String: String] = [:]
        return capture.map { $0.isOptional || $0.take(value, &captures) } ?? true
    }
}
