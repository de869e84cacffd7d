/// The invented companies and singers of one catalogue.
struct FictionalIndustry: Sendable {
    let studios: [String]
    let producers: [String]
    let licensors: [String]
    let artists: [String]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed, stream: "industry")
        func names(_ count: Int, _ forms: [String]) -> [String] {
            (0..<count).map { _ in
                random.pick(forms).replacingStar(with: InventedName.forge(&random).latin)
            }
        }
        studios = names(24, ["Studio *", "* Works", "* Animation", "Atelier *"])
        producers = names(40, ["* Pictures", "* Records", "* Broadcasting", "*-sha", "* & Partners", "* Holdings"])
        licensors = names(9, ["* Entertainment", "* Media", "* Distribution"])
        artists = names(60, ["*", "The * Quartet", "* feat. DJ Kettle", "*♪", "* x *", "Choir of *"])
    }
}

extension String {
    /// The phrase with every `*` replaced.
    func replacingStar(with name: String) -> String {
        guard utf8.contains(UInt8(ascii: "*")) else { return self }
        return split(separator: "*", omittingEmptySubsequences: false).joined(separator: name)
    }

    /// The phrase with its first letter large.
    var sentenceCased: String { InventedName.capitalised(self) }
}
