/// Texts of which every match of an expression holds one: where none of them stands, the expression need not be tried.
///
/// Source: the prefilter of RE2 and of Russ Cox, "Regular Expression Matching with a Trigram Index", 2012, with whole literals in place of trigrams.
struct PatternLiterals: Sendable {
    /// More ways to write one part are not written out.
    private static let maximumTexts = 16
    /// Texts shorter than this are in nearly everything.
    private static let minimumLength = 2
    /// Texts as long as this are rare enough; they are not made more by the ways to go on.
    private static let sufficientLength = 4
    /// Texts below this many bytes are as quickly tried.
    private static let worthwhile = 48

    private let texts: [ByteSearch]
    private let ignoresCase: Bool

    /// Nil where there are no such texts.
    init?(_ syntax: PatternSyntax, options: PatternParser.Options) {
        ignoresCase = options.ignoresCase
        guard let texts = Reading(ignoresCase: ignoresCase).required(syntax),
            texts.allSatisfy({ $0.count >= Self.minimumLength })
        else { return nil }
        self.texts = texts.map(ByteSearch.init)
    }

    /// Whether the expression may match somewhere in a text.
    func mayBe(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= Self.worthwhile else { return true }
        guard ignoresCase else { return stand(in: text) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { folded in
            for place in text.indices {
                let byte = text[place]
                folded[place] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
            return stand(in: UnsafeBufferPointer(folded))
        }
    }

    private func stand(in text: UnsafeBufferPointer<UInt8>) -> Bool { texts.contains { $0.isFound(in: text) } }

    /// Works out what parts of an expression match.
    private struct Reading {
        let ignoresCase: Bool

        /// All texts that a part matches, where they are few; letters in lower case where case does not count.
        func exact(_ syntax: PatternSyntax) -> [[UInt8]]? {
            switch syntax {
            case .scalar(let scalar): return written(scalar)
            case .set(let set):
                let values = set.ranges.joined().prefix(maximumTexts + 1)
                guard !set.isNegated, set.named.isEmpty, values.count <= maximumTexts else { return nil }
                return Array(Set(values.compactMap(Unicode.Scalar.init).flatMap(written)))
            case .any: return nil
            case .start, .end, .wordBoundary: return [[]]
            case .group(_, let inner): return exact(inner)
            case .sequence(let parts):
                return parts.reduce([[]]) { texts, part in
                    guard let texts, let more = exact(part) else { return nil }
                    return product(texts, more)
                }
            case .alternatives(let branches):
                return all(branches.map(exact)).map { $0.flatMap(\.self) }.flatMap {
                    $0.count <= maximumTexts ? $0 : nil
                }
            case .repeated(let part, let range, _):
                guard range.upperBound <= 1, let texts = exact(part) else { return nil }
                return range.lowerBound == 1 ? texts : [[]] + texts
            }
        }

        /// Texts one of which every match of a part holds; the longest that are to be had.
        func required(_ syntax: PatternSyntax) -> [[UInt8]]? {
            switch syntax {
            case .group(_, let inner): return required(inner)
            case .alternatives(let branches): return all(branches.map(required)).map { $0.flatMap(\.self) }
            case .repeated(let part, let range, _): return range.lowerBound > 0 ? required(part) : nil
            case .sequence(let parts): return required(parts)
            case .scalar, .set, .any, .start, .end, .wordBoundary: return exact(syntax)
            }
        }

        private func required(_ parts: [PatternSyntax]) -> [[UInt8]]? {
            var best: [[UInt8]]?
            func consider(_ texts: [[UInt8]]?) {
                if let texts, length(texts) > best.map(length) ?? 0 { best = texts }
            }
            var run: [[UInt8]] = [[]]
            for part in parts {
                if let texts = exact(part) {
                    let isEnough = length(run) >= PatternLiterals.sufficientLength && texts.count > 1
                    if !isEnough, let longer = product(run, texts) {
                        run = longer
                        continue
                    }
                    consider(run)
                    run = texts
                } else {
                    consider(run)
                    consider(required(part))
                    run = [[]]
                }
            }
            consider(run)
            return best
        }

        private func length(_ texts: [[UInt8]]) -> Int { texts.map(\.count).min() ?? 0 }

        private func product(_ texts: [[UInt8]], _ more: [[UInt8]]) -> [[UInt8]]? {
            guard texts.count * more.count <= maximumTexts else { return nil }
            return texts.flatMap { text in more.map { text + $0 } }
        }

        private func all(_ parts: [[[UInt8]]?]) -> [[[UInt8]]]? {
            let known = parts.compactMap(\.self)
            return known.count == parts.count ? known : nil
        }

        /// The forms of a character that count; of ASCII letters only the one in lower case where case does not count.
        private func written(_ scalar: Unicode.Scalar) -> [[UInt8]] {
            let forms = ignoresCase ? scalar.caseVariants : [scalar]
            return Array(
                Set(
                    forms.map { form in
                        guard ignoresCase, form.isASCII else { return Array(String(form).utf8) }
                        return [
                            UInt8(
                                truncatingIfNeeded: form.properties.lowercaseMapping.unicodeScalars.first?.value
                                    ?? form.value)
                        ]
                    }))
        }

        private var maximumTexts: Int { PatternLiterals.maximumTexts }
    }
}
