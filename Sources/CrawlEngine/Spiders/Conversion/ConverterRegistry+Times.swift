import WebStandards

extension ConverterRegistry {
    mutating func registerTimes() {
        register("date", EachConverter(text: { DateText.date($0).map(JSONValue.string) }))
        register("date-parts", EachConverter { value, _ in DateText.date(parts: value).map(JSONValue.string) })
        register("period", EachConverter(text: { DateText.period($0) }))
        register(
            "timestamp",
            EachConverter { value, _ in
                NumberText.int(value).flatMap(DateText.timestamp).map(JSONValue.string)
            })
        register("duration", EachConverter(text: { DurationText.seconds($0).map { .int($0) } }))
    }
}
