import WebStandards

extension ConverterRegistry {
    mutating func registerNumbers() {
        register("int", EachConverter(text: { NumberText.int(.string($0.trimmed)).map(JSONValue.int) }))
        register("number", EachConverter(text: { NumberText.double(.string($0.trimmed)).map(JSONValue.double) }))
        register("bool", EachConverter { value, _ in NumberText.bool(value).map(JSONValue.bool) })
        register("not-zero", EachConverter(keeping: { value, _ in NumberText.double(value) != 0 }))
        register(
            "sum",
            AllConverter { values in
                let numbers = values.compactMap(NumberText.int)
                let sum = numbers.reduce(into: Int64?(0)) { sum, next in
                    sum = sum.flatMap { $0.addingReportingOverflow(next) }.flatMap {
                        $0.overflow ? nil : $0.partialValue
                    }
                }
                return numbers.isEmpty ? [] : sum.map { [.int($0)] } ?? []
            })
        register(
            "round",
            EachConverter { value, _ in
                NumberText.double(value).flatMap { Int64(exactly: $0.rounded()) }.map(JSONValue.int)
            })
        register("plus", Self.plus)
        register("times") { Self.scaled($0) { $0 * $1 } }
        register("divided-by") { Self.scaled($0) { $0 / $1 } }
    }

    /// `{plus: -1}`: the year before.
    private static let plus: Maker = { options in
        guard let summand = options.requireArgument("a whole number")?.int(in: -1_000_000...1_000_000) else {
            return nil
        }
        return EachConverter { value, _ in
            guard let sum = NumberText.int(value)?.addingReportingOverflow(Int64(summand)), !sum.overflow else {
                return .none
            }
            return .int(sum.partialValue)
        }
    }

    /// `{times: 60}`, `{divided-by: 10}`: minutes as seconds, a score of a hundred as one of ten; whole where nothing is left over.
    private static func scaled(
        _ options: ConverterOptions, _ scale: @escaping @Sendable (Double, Double) -> Double
    ) -> (any ValueConverter)? {
        guard let factor = options.requireArgument("a number")?.double(in: 0.000_001...1_000_000_000) else {
            return nil
        }
        return EachConverter { value, _ in
            guard let number = NumberText.double(value) else { return .none }
            // What a division leaves behind the sixth decimal is its own, and nobody's measurement.
            let scaled = (scale(number, factor) * 1_000_000).rounded() / 1_000_000
            guard scaled.isFinite else { return .none }
            return Int64(exactly: scaled).map(JSONValue.int) ?? .double(scaled)
        }
    }
}
