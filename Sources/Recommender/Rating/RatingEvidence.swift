/// What each part says of one person's rating of an item.
struct RatingEvidence {
    private let parts: RatingParts
    private let person: RatedPerson
    private let factors: LatentFactors.Person?
    private var neighbours: NeighbourPredictor

    init(_ parts: RatingParts, _ list: RatedList) {
        let person = RatedPerson(list, effects: parts.effects, scale: parts.scale, settings: parts.settings)
        self.parts = parts
        self.person = person
        factors = list.count == 0 ? nil : parts.factors?.person(list, values: person.values)
        neighbours = NeighbourPredictor(
            parts.correlations, list: list, residuals: person.residuals, settings: parts.settings)
    }

    /// Everything: effects of item and person, both neighbour predictions, factors.
    mutating func full(_ item: Int) -> RatingBlend.Evidence {
        let opinion = neighbours.opinion(of: item)
        return evidence(item, [opinion.average, opinion.interpolation])
    }

    /// Without the interpolation, which takes most of the time.
    func quick(_ item: Int) -> RatingBlend.Evidence { evidence(item, [neighbours.broadAverage(of: item)]) }

    private func evidence(_ item: Int, _ opinions: [Double]) -> RatingBlend.Evidence {
        let base = person.level + person.deviation * parts.effects[item]
        var corrections = [base - parts.effects.level] + opinions.map { $0 * person.deviation }
        if let model = parts.factors {
            let value = factors.map { person.mean + person.deviation * model.value(of: item, for: $0) }
            corrections.append((value ?? base) - base)
        }
        return RatingBlend.Evidence(base: base, corrections: corrections)
    }
}
