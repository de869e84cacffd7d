public import Foundation
import MongoDriver

/// Every collection with its fields, indexes and examples, as `schemas/` and the program have them.
public struct DataDictionary: Sendable {
    /// One collection.
    public struct Collection: Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let meaning: String
        /// Whether it is read by others than this program: the rest is how a crawl keeps its state.
        public let isProduct: Bool
        /// Each before those inside it, in the schema's order.
        public let fields: [DictionaryField]
        /// All but that of `_id`.
        public let indexes: [DictionaryIndex]
        /// Whole documents, as extended JSON with one field a line.
        public let examples: [String]
    }

    /// The product first, then the rest by name.
    public let collections: [Collection]

    private static let product: [CollectionName] = [.anime, .entries, .reviews, .users, .changes, .pages, .runs]

    /// Reads the schemas and examples of a folder.
    ///
    /// - Throws: ``SchemaError``.
    public init(folder: URL) throws(SchemaError) {
        let schemas = try SchemaSet(folder: folder).schemas
        let indexes = Dictionary(IndexPlan.all.map { ($0.collection, $0.indexes) }, uniquingKeysWith: { $0 + $1 })
        var collections: [Collection] = []
        for schema in schemas {
            collections.append(
                Collection(
                    name: schema.collection, meaning: schema.document["description"]?.stringValue ?? "",
                    isProduct: Self.rank(schema.collection) < Self.product.count,
                    fields: DictionaryField.fields(of: schema.document),
                    indexes: (indexes[schema.collection] ?? []).map(DictionaryIndex.init),
                    examples: try SchemaExamples.texts(schema.collection, folder: folder)))
        }
        self.collections = collections.sorted { a, b in
            (Self.rank(a.name), a.name) < (Self.rank(b.name), b.name)
        }
    }

    /// One collection; nil when there is none of this name.
    public subscript(name: String) -> Collection? { collections.first { $0.name == name } }

    private static func rank(_ name: String) -> Int {
        product.firstIndex { $0.rawValue == name } ?? product.count
    }
}
