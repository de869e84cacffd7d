import Yams

extension YAMLMistake {
    /// What libyaml or Yams refused, at its place.
    init(_ error: any Error, file: String) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, column: mark.column, message: problem)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            self.init(
                file: file, line: context.mark.line, column: context.mark.column,
                message: "the key '\(keys.first ?? "")' stands twice in one map")
        case YamlError.reader(let problem, _, _, _):
            self.init(file: file, message: problem)
        default:
            self.init(file: file, message: "not readable as YAML")
        }
    }
}
