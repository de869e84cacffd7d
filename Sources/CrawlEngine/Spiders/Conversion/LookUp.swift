import WebStandards

/// Follows references within a page: values stand for the objects of a named list that have them as their key, as in JSON:API's `included`.
struct LookUp: ValueConverter {
    /// The name of the list.
    let list: String
    /// Where each object has its key.
    let key: JSONPath
    /// What is taken of the object.
    let path: JSONPath

    var needsAllValues: Bool { true }

    func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue] {
        let named = context.value(list)
        let keyed = (named?.arrayValue ?? named.map { [$0] } ?? []).compactMap { object in
            key.values(in: object).first.flatMap(NumberText.text).map { ($0, object) }
        }
        let objects = Dictionary(keyed, uniquingKeysWith: { first, _ in first })
        return values.compactMap(NumberText.text).compactMap { objects[$0] }.flatMap { path.values(in: $0) }
    }
}
