/// One metric with all its series, as Prometheus reads them.
///
/// Source: Prometheus text exposition format 0.0.4.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    /// One series: a value under labels.
    struct Sample: Sendable {
        /// What is added to the family's name: "_bucket" for instance.
        var suffix = ""
        var labels: [(name: String, value: String)] = []
        let value: Double
    }

    /// "animematcher_…" with the unit at the end.
    let name: String
    let help: String
    let kind: Kind
    let samples: [Sample]

    init(_ name: String, _ help: String, _ kind: Kind, _ samples: [Sample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }

    /// The lines of the text format, each ended.
    var text: String {
        var text = "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
            text += "\(name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(sample.value))\n"
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.isFinite ? "\(value)" : value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf"
    }
}
