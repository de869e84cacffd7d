import WebStandards

extension ConverterRegistry {
    mutating func registerPatterns() {
        register("match", Self.match)
        register("match-all", Self.matchAll)
        register("remove", Self.remove)
        register("replace", Self.replace)
    }

    /// The first group of the first match, or the match; a text without a match is left out.
    private static let match: Maker = { options in
        guard let pattern = options.requireArgument("a regular expression")?.pattern() else { return nil }
        return EachConverter(text: { pattern.firstValue(in: $0).map(JSONValue.string) })
    }

    /// The same for every match.
    private static let matchAll: Maker = { options in
        guard let pattern = options.requireArgument("a regular expression")?.pattern() else { return nil }
        return AllConverter { values in
            values.flatMap { value in
                NumberText.text(value).map { pattern.matches(in: $0).compactMap { $0.value.map(JSONValue.string) } }
                    ?? []
            }
        }
    }

    private static let remove: Maker = { options in
        guard let argument = options.requireArgument("a regular expression") else { return nil }
        let patterns = argument.oneOrMore().compactMap { $0.pattern() }
        return EachConverter(text: { text in
            .string(patterns.reduce(text) { $1.replacing(in: $0, with: "") }.trimmed)
        })
    }

    private static let replace: Maker = { options in
        guard let parts = options.requireArgument("[expression, text]")?.list(), parts.count == 2,
            let pattern = parts[0].pattern(), let text = parts[1].string()
        else { return options.node.refuse("expected {replace: [expression, text]}") }
        return EachConverter(text: { .string(pattern.replacing(in: $0, with: text)) })
    }
}
