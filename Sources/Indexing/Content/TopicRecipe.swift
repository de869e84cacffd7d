/// How topics are made of descriptions.
public enum TopicRecipe: String, Sendable, CaseIterable {
    /// Words that meet in descriptions, factorised: more coherent topics, which differ more.
    case standard
    /// As the original system did: its text cleaning, TF-IDF of the parts of long descriptions, NMF from NNDSVD, averaged for each anime.
    case original
    /// The same with whole descriptions, neither cut nor shortened.
    case originalUncut = "original-uncut"
}

/// What finds the topics.
public enum TopicMethod: String, Sendable, CaseIterable {
    /// Non-negative matrix factorisation.
    case nmf
    /// Latent Dirichlet allocation, after passes over everything.
    case lda
    /// Latent Dirichlet allocation, online.
    case ldaOnline = "lda-online"
}
