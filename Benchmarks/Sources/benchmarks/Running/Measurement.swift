import WebStandards

/// What a subject cost.
struct Measurement {
    let subject: Subject
    let round: Subject.Round
    /// CPU seconds of the fastest round.
    let seconds: Double
    let rounds: Int

    /// One line.
    var json: String {
        let value: JSONValue = [
            "benchmark": .string(subject.benchmark), "who": .string(subject.who), "unit": .string(subject.unit),
            "per_cpu_second": .double(Double(round.operations) / seconds), "operations": .int(Int64(round.operations)),
            "rounds": .int(Int64(rounds)), "result": .int(Int64(round.result)),
            "peak_mib": .int(Int64(CPUTime.peakMemory)),
        ]
        return value.serialized()
    }
}
