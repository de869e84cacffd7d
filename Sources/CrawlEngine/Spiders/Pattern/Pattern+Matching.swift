extension Pattern {
    /// The leftmost match from `start` on, in Unicode scalars.
    public func firstMatch(in text: String) -> PatternMatch? {
        mayBe(in: text) ? firstMatch(in: Self.scalars(of: text), from: 0) : nil
    }

    private func mayBe(in text: String) -> Bool {
        guard let literals = program.literals else { return true }
        var text = text
        return text.withUTF8(literals.mayBe)
    }

    /// The first group of the leftmost match, or the match when there are no groups; nil when there is no match, or the group took no part.
    ///
    /// The same as the ``PatternMatch/value`` of ``firstMatch(in:)``; for a short text of ASCII no list is made on the way.
    public func firstValue(in text: String) -> String? {
        var text = text
        let quick: Quick = text.withUTF8 { bytes in
            guard bytes.count <= Self.quickLength, bytes.allSatisfy({ $0 < 0x80 }) else { return .unknown }
            return withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: bytes.count + 1) { scalars in
                for place in bytes.indices { scalars.initializeElement(at: place, to: Unicode.Scalar(bytes[place])) }
                let looked = UnsafeBufferPointer(rebasing: scalars[..<bytes.count])
                switch PatternBacktracker(program: program, text: looked).run(from: 0) {
                case .tooLarge: return .unknown
                case .nothing: return .value(nil)
                case .found(let saved):
                    let slot = groups > 0 ? 2 : 0
                    guard saved[slot] >= 0, saved[slot + 1] >= saved[slot] else { return .value(nil) }
                    let found = bytes[Int(saved[slot])..<Int(saved[slot + 1])]
                    return .value(String(decoding: UnsafeBufferPointer(rebasing: found), as: UTF8.self))
                }
            }
        }
        switch quick {
        case .value(let value): return value
        case .unknown: return firstMatch(in: text)?.value
        }
    }

    private enum Quick {
        case value(String?)
        case unknown
    }

    /// Bytes of a text that is looked at on the stack.
    private static let quickLength = 1_024

    /// Whether it matches anywhere in the text.
    public func isFound(in text: String) -> Bool { firstMatch(in: text) != nil }

    /// All matches that do not overlap, from left to right.
    public func matches(in text: String) -> [PatternMatch] {
        mayBe(in: text) ? matches(in: Self.scalars(of: text)) : []
    }

    private func matches(in scalars: [Unicode.Scalar]) -> [PatternMatch] {
        var (matches, start): ([PatternMatch], Int) = ([], 0)
        while start <= scalars.count, let match = firstMatch(in: scalars, from: start), let range = match.ranges[0] {
            matches.append(match)
            start = range.isEmpty ? range.upperBound + 1 : range.upperBound
        }
        return matches
    }

    /// The text with every match replaced; `$1` … `$9` stand for groups, `$0` for the match.
    public func replacing(in text: String, with template: String) -> String {
        replacingMatches(in: text, with: template)?.text ?? text
    }

    /// The same, and the matches; nil when there are none.
    func replacingMatches(in text: String, with template: String) -> (text: String, matches: [PatternMatch])? {
        guard mayBe(in: text) else { return nil }
        let scalars = Self.scalars(of: text)
        let matches = matches(in: scalars)
        guard !matches.isEmpty else { return nil }
        var (result, end) = (String.UnicodeScalarView(), 0)
        for match in matches {
            guard let range = match.ranges[0] else { continue }
            result.append(contentsOf: scalars[end..<range.lowerBound])
            result.append(contentsOf: match.filled(template).unicodeScalars)
            end = range.upperBound
        }
        result.append(contentsOf: scalars[end...])
        return (String(result), matches)
    }

    private static func scalars(of text: String) -> [Unicode.Scalar] {
        var text = text
        if let scalars = text.withUTF8(asciiScalars) { return scalars }
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard scalars.count < maximumTextLength else { break }
            scalars.append(scalar)
        }
        return scalars
    }

    /// Nil where one is not ASCII.
    private static func asciiScalars(_ bytes: UnsafeBufferPointer<UInt8>) -> [Unicode.Scalar]? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return bytes.prefix(maximumTextLength).map { Unicode.Scalar($0) }
    }

    private func firstMatch(in text: [Unicode.Scalar], from start: Int) -> PatternMatch? {
        saved(in: text, from: start).map { saved in
            let ranges: [Range<Int>?] = stride(from: 0, to: saved.count, by: 2).map {
                saved[$0] >= 0 && saved[$0 + 1] >= saved[$0] ? Int(saved[$0])..<Int(saved[$0 + 1]) : nil
            }
            return PatternMatch(ranges: ranges, text: text[...])
        }
    }

    private func saved(in text: [Unicode.Scalar], from start: Int) -> [Int32]? {
        switch text.withUnsafeBufferPointer({ PatternBacktracker(program: program, text: $0).run(from: start) }) {
        case .found(let saved): return saved
        case .nothing: return nil
        case .tooLarge:
            var machine = PatternMachine(program: program, text: text)
            return machine.run(from: start)
        }
    }
}

extension PatternMatch {
    fileprivate func filled(_ template: String) -> String {
        var (result, isAfterDollar) = ("", false)
        for character in template {
            if isAfterDollar, let group = character.wholeNumberValue {
                result += self[group] ?? ""
                isAfterDollar = false
            } else if isAfterDollar {
                result += "$\(character)"
                isAfterDollar = false
            } else if character == "$" {
                isAfterDollar = true
            } else {
                result.append(character)
            }
        }
        return isAfterDollar ? result + "$" : result
    }
}
