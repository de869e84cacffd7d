/// Words that say nothing about what a story is about.
public struct StopWords: Sendable, Hashable {
    private let words: Set<String>

    /// Makes a list of lower-case words, contractions with their apostrophe.
    public init(_ words: some Sequence<String>) {
        self.words = Set(words)
    }

    /// Whether a word is on the list, or joins a pronoun or an auxiliary verb with another by an apostrophe.
    public func contains(_ word: String) -> Bool {
        words.contains(word) || word.utf8.contains(UInt8(ascii: "'"))
    }

    /// A list that holds the words of both.
    public func union(_ other: StopWords) -> StopWords { StopWords(words.union(other.words)) }

    /// How many words are on the list.
    public var count: Int { words.count }

    /// Pronouns, articles, prepositions, conjunctions, auxiliary verbs and adverbs of degree and place.
    public static let english = StopWords(
        lines: """
            a an the this that these those such same other another each every either neither both all any some few several many much
            more most less least own enough no none nobody nothing nor not only one ones
            i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
            it its itself they them their theirs themselves who whom whose which what whatever whoever whichever
            someone somebody something anyone anybody anything everyone everybody everything
            and or but if then else than as so because since while whereas although though unless until till whether lest yet thus
            hence therefore however moreover meanwhile nevertheless otherwise instead besides
            of at by for with without within about against between among amongst into onto upon through throughout during before
            after above below to from up down in out on off over under again further toward towards behind beside beyond across
            along around near per via despite except amid
            be am is are was were been being have has had having do does did doing done will would shall should can cannot could may
            might must ought need dare let lets get gets got getting gotten
            here there where when why how once now ever never always often sometimes soon already still just even also too very
            quite rather almost nearly perhaps maybe really simply merely indeed away back together apart later earlier ago
            first second last next
            """)

    /// Words that nearly every anime description has, or that speak of the programme and not of its story.
    public static let animeDescriptions = StopWords(
        lines: """
            anime animes animation animated manga series story stories season seasons episode episodes special specials ova ovas ona
            onas movie movies film films tv television show shows title titled based original adaptation adapted adapts version
            sequel prequel spin spinoff volume volumes chapter chapters bundled included bonus dvd blu ray bd release released plot
            follows following tells revolves centers focuses written source rewrite mal news ann anidb synopsis
            character characters main design designs designed comedy drama dramas cast commercial commercials appear appears
            promotional promote promoting official limited edition recap air aired airing airs minute minutes broadcast channel
            youtube website event mascot
            """)

    /// Verbs, adjectives and nouns that any story can have, numbers, and Japanese forms of address: they join unlike stories.
    public static let narration = StopWords(
        lines: """
            make makes making made go goes going gone went take takes taking took taken come comes coming came become becomes becoming
            became give gives giving gave given put puts keep keeps keeping kept find finds finding found look looks looking looked
            seem seems seemed see sees seeing saw seen know knows knowing knew known think thinks thought want wants wanted try tries
            trying tried begin begins beginning began begun start starts starting started meet meets meeting met call calls called
            name names named use uses using used turn turns turned bring brings brought leave leaves leaving left happen happens
            happened help helps helping live lives living lived decide decides decided continue continues way ways thing things kind
            part parts lot place places set like likes time times day days year years month months week weeks moment life people
            person man men woman women new old young little big small great good bad long short different various certain able well
            two three four five six seven eight nine ten third fourth fifth st nd rd th hundred thousand
            chan kun san sama sensei senpai etc pv cm special original number include includes including included featuring feature
            features featured
            """)

    init(lines: String) {
        self.init(lines.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
