/// Items × features, for what both ``SideInformation`` and ``ContentLikeness`` are made of: splitting and counting words takes most of the
/// time of either.
struct DescriptionMatrices {
    let titleWords: SparseMatrix
    let titlePairs: SparseMatrix
    let types: SparseMatrix
    let terms: SparseMatrix

    init(_ items: [ItemDescription]) {
        titleWords = .names(items.map(\.titleWords))
        titlePairs = .names(items.map(\.titlePairs))
        types = .names(items.map { $0.type.map { [$0] } ?? [] })
        terms = .terms(items.map(\.terms))
    }
}
