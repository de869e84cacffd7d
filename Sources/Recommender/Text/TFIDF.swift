import Glibc

/// Weighs the terms of a document by how rare they are: a fitted vocabulary, the same as scikit-learn's `TfidfVectorizer` makes.
///
/// A term's value is its count times `ln((1 + documents) / (1 + documents with the term)) + 1`, and a document's values have the length
/// 1 together.
///
/// Source: scikit-learn user guide, section 6.2.3.4 "Tf–idf term weighting".
public struct TFIDF: Sendable, Equatable {
    /// Which terms enter the vocabulary.
    public struct Settings: Sendable, Hashable {
        /// The greatest share of documents that may have a term, 0 to 1.
        public var maximumDocumentShare: Double
        /// The least share of documents that must have it, 0 to 1.
        public var minimumDocumentShare: Double
        /// How many terms at most: those that occur most often in all documents together, of equally frequent ones the first by code
        /// point.
        public var maximumTerms: Int

        /// Makes settings; the defaults are the original system's.
        public init(maximumDocumentShare: Double = 0.17, minimumDocumentShare: Double = 0.003, maximumTerms: Int = 5000)
        {
            self.maximumDocumentShare = maximumDocumentShare
            self.minimumDocumentShare = minimumDocumentShare
            self.maximumTerms = maximumTerms
        }
    }

    /// The terms in order of code points; a term's place is its column.
    public let vocabulary: [String]
    /// The inverse document frequency of each term.
    public let inverseDocumentFrequencies: [Double]
    /// What becomes of a term's count in a document.
    public let scale: Scale
    private let columns: [String: Int32]

    /// How a term's count in a document enters its value.
    public enum Scale: Sendable, Hashable {
        /// As it is.
        case count
        /// `ln(count) + 1`: the tenth time says less than the first (scikit-learn's `sublinear_tf`).
        case logarithm
    }

    /// Fits a vocabulary to the statistics of a collection.
    public init(_ statistics: TermStatistics, settings: Settings = Settings(), scale: Scale = .count) {
        let documents = Double(statistics.documentCount)
        let range =
            settings.minimumDocumentShare * documents...max(
                settings.maximumDocumentShare, settings.minimumDocumentShare) * documents
        var kept = statistics.terms.filter { range.contains(Double($0.value.documents)) }
            .sorted { $0.key.isBefore($1.key) }
        if kept.count > settings.maximumTerms {
            kept.sort {
                let (a, b) = ($0.value.occurrences, $1.value.occurrences)
                return a > b || (a == b && $0.key.isBefore($1.key))
            }
            kept = kept.prefix(max(0, settings.maximumTerms)).sorted { $0.key.isBefore($1.key) }
        }
        self.init(
            vocabulary: kept.map(\.key),
            inverseDocumentFrequencies: kept.map { log((1 + documents) / (1 + Double($0.value.documents))) + 1 },
            scale: scale)
    }

    /// A vocabulary that was fitted before; both lists have the same length.
    public init(vocabulary: [String], inverseDocumentFrequencies: [Double], scale: Scale = .count) {
        self.vocabulary = vocabulary
        self.inverseDocumentFrequencies = inverseDocumentFrequencies
        self.scale = scale
        columns = Dictionary(
            zip(vocabulary, 0..<Int32(vocabulary.count)), uniquingKeysWith: { first, _ in first })
    }

    /// Whether a term belongs to the vocabulary.
    public func contains(_ term: String) -> Bool { columns[term] != nil }

    /// The values of a document's known terms; empty when it has none.
    public func row(for document: [String]) -> SparseRow {
        let counts = counts(for: document)
        let values = zip(counts.columns, counts.values).map { column, count in
            (scale == .logarithm ? log(count) + 1 : count) * inverseDocumentFrequencies[Int(column)]
        }
        return SparseRow(columns: counts.columns, values: values).normalised
    }

    /// How often each known term occurs in a document.
    public func counts(for document: [String]) -> SparseRow {
        let known = document.compactMap { columns[$0] }.sorted()
        var (distinct, counts): ([Int32], [Double]) = ([], [])
        for column in known {
            if column == distinct.last {
                counts[counts.count - 1] += 1
            } else {
                distinct.append(column)
                counts.append(1)
            }
        }
        return SparseRow(columns: distinct, values: counts)
    }

    /// The rows of many documents as one matrix.
    public func matrix(for documents: some Sequence<[String]>) -> SparseMatrix {
        SparseMatrix(rows: documents.map(row(for:)), columnCount: vocabulary.count)
    }
}

extension String {
    /// Order by code points, which does not depend on Unicode's version or on a language.
    fileprivate func isBefore(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
