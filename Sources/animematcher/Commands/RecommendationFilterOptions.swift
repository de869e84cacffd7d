import ArgumentParser
import Indexing
import Terminal

/// Which anime `recommend` may show; what is left out is replaced by the next best.
struct RecommendationFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this type, such as TV or Movie; may be given several times.", valueName: "type"))
    var type: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only what began in these years: 2010, 2010-2020, 2010- or (with =) --years=-1999.", valueName: "years"))
    var years: YearRange?

    @Option(help: ArgumentHelp("Only with this genre; of several, with all.", valueName: "genre"))
    var genre: [String] = []

    @Option(help: ArgumentHelp("Nothing with this genre; may be given several times.", valueName: "genre"))
    var noGenre: [String] = []

    @Option(help: "Only what so many people have on their lists at its site.")
    var minMembers = 0

    @Flag(help: "Recommend also what the person plans to watch.")
    var planned = false

    @Flag(help: "Recommend also what is on the list already, to see where it would stand.")
    var listed = false

    @Flag(help: "Recommend anime for adults too.")
    var adult = false

    func validate() throws {
        guard minMembers >= 0 else { throw ValidationError("--min-members: expected a number not below 0") }
    }

    /// Whether there is what was asked for.
    func check(_ facets: Facets) throws {
        try Self.check("--type", type, facets.types)
        try Self.check("--genre", genre, facets.genres)
        try Self.check("--no-genre", noGenre, facets.genres)
    }

    private static func check(_ option: String, _ words: [String], _ known: [String]) throws {
        let small = Set(known.map { $0.lowercased() })
        guard let strange = words.first(where: { !small.contains($0.lowercased()) }) else { return }
        let names = known.isEmpty ? "none is known" : "there are \(known.joined(separator: ", "))"
        throw Failure("\(option) \(Console.visible(strange)): no anime has it; \(Console.visible(names))")
    }

    var filter: RecommendationFilter {
        var filter = RecommendationFilter()
        filter.types = Set(type)
        filter.years = years?.years
        filter.genres = Set(genre)
        filter.unwantedGenres = Set(noGenre)
        filter.minimumMembers = minMembers
        filter.includesAdult = adult
        return filter
    }
}

/// Years as they are written on the command line.
struct YearRange: ExpressibleByArgument {
    let years: ClosedRange<Int>

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        func year(_ text: String, _ missing: Int) -> Int? {
            text.isEmpty ? missing : Int(text).flatMap { (1800...2999).contains($0) ? $0 : nil }
        }
        guard argument != "-", (1...2).contains(parts.count), let first = year(parts[0], 1800),
            let last = parts.count == 1 ? first : year(parts[1], 2999), first <= last, !argument.isEmpty
        else { return nil }
        years = first...last
    }
}
