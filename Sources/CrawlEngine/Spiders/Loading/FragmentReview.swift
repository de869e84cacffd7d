/// Which fragments were included, and what is wrong with those that were not.
final class FragmentReview {
    private var used: Set<String> = []

    func note(_ name: String) { used.insert(name) }

    /// What fails in an unused fragment wherever it could be included: in markup and in JSON, whatever names are known there.
    func reportUnused(_ rules: RuleReader) {
        for (name, node) in rules.fragments.sorted(by: { $0.key < $1.key }) where !used.contains(name) {
            let tries = [false, true].map { isJSON in
                node.file.attempt {
                    var place = RuleReader.Place(isJSON: isJSON, isOpen: true)
                    var fields: [FieldRule] = []
                    rules.fields(node, &place, into: &fields)
                }
            }
            let places = Set(tries[1].map { [$0.line, $0.column] })
            for mistake in tries[0] where places.contains([mistake.line, mistake.column]) {
                node.file.report(mistake.message, line: mistake.line, column: mistake.column)
            }
        }
    }
}
