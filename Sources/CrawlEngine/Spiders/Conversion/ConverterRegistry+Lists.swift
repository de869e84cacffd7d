import WebStandards

extension ConverterRegistry {
    mutating func registerLists() {
        register("first", AllConverter { Array($0.prefix(1)) })
        register("last", AllConverter { Array($0.suffix(1)) })
        register(
            "unique",
            AllConverter { values in
                var seen: Set<JSONValue> = []
                return values.filter { seen.insert($0).inserted }
            })
        register("flatten", AllConverter { $0.flatMap { $0.arrayValue ?? [$0] } })
        register("count", AllConverter { [.int(Int64($0.count))] })
        register("join", Self.join)
        register("split", Self.split)
        register("short-dates", Self.shortDates)
        register("look-up", Self.lookUp)
    }

    private static let join: Maker = { options in
        guard let separator = options.requireArgument("a separator")?.string() else { return nil }
        return AllConverter { values in
            let texts = values.compactMap(NumberText.text).filter { !$0.isEmpty }
            return texts.isEmpty ? [] : [.string(texts.joined(separator: separator))]
        }
    }

    /// Parts between separators, without white space around and without empty ones.
    private static let split: Maker = { options in
        guard let separator = options.requireArgument("a separator")?.string(), !separator.isEmpty else { return nil }
        return AllConverter { values in
            values.compactMap(NumberText.text).flatMap { $0.split(separator: separator) }
                .map { String($0).trimmed }.filter { !$0.isEmpty }.map(JSONValue.string)
        }
    }

    /// `{look-up: name, by: id, take: attributes.name}`: instead of each value, what the named list has under it.
    private static let lookUp: Maker = { options in
        guard let list = options.requireArgument("the name of a list of objects").flatMap(options.knownName),
            let map = options.map,
            let key = map.require("by")?.jsonPath(), let path = map.require("take")?.jsonPath()
        else { return nil }
        return LookUp(list: list, key: key, path: path)
    }

    /// `{short-dates: [fields], evidence: name}`: dates such as 04-13-07 in fields of a list's rows.
    private static let shortDates: Maker = { options in
        guard let argument = options.requireArgument("the names of the fields with dates") else { return nil }
        let known = options.place.schema?.fieldNames
        let fields = argument.oneOrMore().compactMap { node in
            known.map { RuleReader.name(node, among: $0, what: "field") } ?? node.string()
        }
        return ShortDates(
            fields: fields, evidence: (options.map?.take("evidence")).flatMap(options.knownName))
    }
}
