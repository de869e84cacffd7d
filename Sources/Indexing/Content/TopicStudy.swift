import Recommender

/// Topics fitted on the spot to the descriptions of anime, to compare recipes and methods; stored nowhere.
public struct TopicStudy: Sendable {
    /// What is studied: anime with at least one description.
    let ids: [String]
    /// Share of each topic in each anime's story, in the order of `ids`.
    let shares: [[Double]]
    let fitted: FittedTopics
    let recipe: TopicRecipe
    let method: TopicMethod
    /// Texts the topics were fitted to.
    let documentCount: Int

    /// Fits topics.
    ///
    /// - Throws: ``IndexError`` `.missingDictionary` without WordNet, `.tooLittleText` when no topic can be found.
    public init(
        _ sources: [StorySource], recipe: TopicRecipe = .standard, method: TopicMethod = .nmf, topicCount: Int = 30
    ) throws {
        let reader = try RecipeReader(recipe)
        var (documents, owners, ids): ([[String]], [Int], [String]) = ([], [], [])
        for source in sources {
            let parts = reader.documents(of: source.descriptions).filter { !$0.isEmpty }
            guard !parts.isEmpty else { continue }
            owners += Array(repeating: ids.count, count: parts.count)
            documents += parts
            ids.append(source.id)
        }
        let statistics = documents.reduce(into: TermStatistics()) { $0.add($1) }
        let vocabulary = TFIDF(statistics, scale: recipe == .standard ? .logarithm : .count)
        guard topicCount >= 2, documents.count > topicCount, vocabulary.vocabulary.count > topicCount else {
            throw IndexError(
                .tooLittleText, "\(documents.count) texts are too few for \(topicCount) topics; crawl or import more")
        }
        let matrix = vocabulary.matrix(for: documents)
        let (model, weights) = Self.fit(matrix, vocabulary, documents, recipe, method, topicCount)
        let coherence = TopicCoherence(matrix)
        self.ids = ids
        shares = Self.averaged(weights, owners: owners, count: ids.count)
        fitted = FittedTopics(
            model, vocabulary: vocabulary.vocabulary, words: reader.words,
            coherences: (0..<model.topicCount).map {
                coherence.npmi(of: model.topTerms(of: $0, count: FittedTopics.coherenceWords))
            })
        (self.recipe, self.method, documentCount) = (recipe, method, documents.count)
    }

    private static func fit(
        _ matrix: SparseMatrix, _ vocabulary: TFIDF, _ documents: [[String]], _ recipe: TopicRecipe,
        _ method: TopicMethod, _ topicCount: Int
    ) -> (TopicModel, [[Double]]) {
        switch method {
        case .nmf where recipe == .standard:
            let model = CooccurrenceTopics(topicCount: topicCount).fit(matrix).orderedBySize(in: matrix)
            return (model, (0..<matrix.rowCount).map { model.weights(for: matrix[$0]) })
        case .nmf:
            let fit = NMF(topicCount: topicCount, maximumIterations: 200).fit(matrix)
            return (fit.model, (0..<matrix.rowCount).map { Array(fit.documents[$0]) })
        case .lda, .ldaOnline:
            let counts = SparseMatrix(
                rows: documents.map(vocabulary.counts), columnCount: vocabulary.vocabulary.count)
            let learning: LatentDirichletAllocation.Learning = method == .lda ? .batch : .online()
            let fit = LatentDirichletAllocation(topicCount: topicCount, learning: learning).fit(counts)
            return (TopicModel(topics: fit.topics), (0..<matrix.rowCount).map { Array(fit.documents[$0]) })
        }
    }

    /// The mean of the parts of each anime, scaled to shares.
    private static func averaged(_ weights: [[Double]], owners: [Int], count: Int) -> [[Double]] {
        var sums = Array(repeating: [Double](), count: count)
        for (owner, row) in zip(owners, weights) {
            sums[owner] = sums[owner].isEmpty ? row : zip(sums[owner], row).map(+)
        }
        return sums.map { row in
            let total = row.reduce(0, +)
            return total > 0 ? row.map { $0 / total } : row
        }
    }
}

/// Reads descriptions by a recipe.
private struct RecipeReader {
    private let standard: StoryReader?
    private let original: OriginalTextPipeline?
    /// Nil where descriptions stay as they are.
    private let splitter: DescriptionSplitter?
    private let spellings = Spellings()

    init(_ recipe: TopicRecipe) throws {
        standard = recipe == .standard ? try StoryReader() : nil
        original = recipe == .standard ? nil : OriginalTextPipeline(lemmatizer: try StoryReader.lemmatizer())
        splitter = recipe == .original ? DescriptionSplitter() : nil
    }

    /// The terms of each text that topics are fitted to.
    func documents(of descriptions: [String]) -> [[String]] {
        if let standard { return [standard.terms(of: descriptions)] }
        guard let original else { return [] }
        return (splitter?.parts(of: descriptions) ?? descriptions).map { part in
            var terms: [String] = []
            original.forEachTerm(in: part) { word, term in
                spellings.add(word, for: term)
                terms.append(term)
            }
            return terms
        }
    }

    var words: [String: String] { standard?.words ?? spellings.words }
}
