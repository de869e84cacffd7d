import WebStandards

extension ConverterRegistry {
    mutating func registerNumbers() {
        register("int", EachConverter(text: { NumberText.int(.string($0.trimmed)).map(JSONValue.int) }))
        register("number", EachConverter(text: { NumberText.double(.string($0.trimmed)).map(JSONValue.double) }))
        register("bool", EachConverter { value, _ in NumberText.bool(value).map(JSONValue.bool) })
        register("not-zero", EachConverter(keeping: { value, _ in NumberText.double(value) != 0 }))
    }
}
