/// Writes what an entry is about, in the vocabulary of its theme and sometimes a little of another.
struct SynopsisComposer: Sendable {
    let theme: Theme
    let second: Theme?
    let hero: InventedPerson
    let publisher: String

    /// One to three paragraphs of well over 140 characters.
    func long(_ random: inout SplitMix64) -> String {
        var paragraphs = [opening(&random), middle(&random)]
        if random.chance(0.6) { paragraphs.append(closing(&random)) }
        return paragraphs.joined(separator: "\n\n")
    }

    /// One sentence of fewer than 140 characters.
    func short(_ random: inout SplitMix64) -> String {
        let sentence = "\(hero.given) wants to \(random.pick(theme.tasks))."
        return sentence.utf8.count < 120 && random.chance(0.5) ? sentence : "\(hero.given) takes a day off."
    }

    /// The line at the end, or nil.
    func attribution(_ random: inout SplitMix64) -> String? {
        switch random.below(20) {
        case 0..<9: "[Written by Demo Rewrite]"
        case 9..<12: "(Source: \(publisher))"
        case 12: "(Source: Official Site, edited)"
        case 13, 14: "(Source: Official Website)"
        default: nil
        }
    }

    private func opening(_ random: inout SplitMix64) -> String {
        let who = random.pick(theme.heroes)
        let place = phrase(theme.places, &random)
        let task = phrase(theme.tasks, &random)
        let trouble = phrase(theme.troubles, &random)
        switch random.below(4) {
        case 0:
            return
                "\(hero.fullName) is \(star(who, &random)) at \(place). To keep a promise, \(hero.given) must \(task). "
                + "Then \(trouble), and nothing goes as planned."
        case 1:
            return "At \(place), \(star(who, &random)) has only one dream: to \(task). But when \(trouble), "
                + "\(hero.fullName) has to choose between the dream and a friend."
        case 2:
            return "\"I will \(task).\" With these words \(hero.fullName), \(star(who, &random)), leaves \(place). "
                + "On the very first day \(trouble)."
        default:
            return
                "It begins when \(trouble). \(hero.given) \"\(hero.family.prefix(4))\" \(hero.family), \(star(who, &random)), "
                + "is sent to \(place) in order to \(task)."
        }
    }

    private func middle(_ random: inout SplitMix64) -> String {
        let details = random.pick(2, of: theme.details).joined(separator: " ")
        let companion = phrase(theme.companions, &random)
        let extra = second.map { " " + random.pick($0.details) } ?? ""
        return "\(details) \(companion.sentenceCased) offers help, though \(hero.given) does not ask why.\(extra)"
    }

    private func closing(_ random: inout SplitMix64) -> String {
        let task = phrase((second ?? theme).tasks, &random)
        let trouble = phrase(theme.troubles, &random)
        return "\(random.pick(theme.details)) And just when it seems possible to \(task), \(trouble)."
    }

    private func phrase(_ phrases: [String], _ random: inout SplitMix64) -> String {
        star(random.pick(phrases), &random)
    }

    private func star(_ phrase: String, _ random: inout SplitMix64) -> String {
        phrase.replacingStar(with: InventedName.forge(&random).latin)
    }
}
