/// The migrations this program knows.
enum Migrations {
    /// All of them, oldest first.
    static let all: [any Migration] = [
        OneDocumentPerHost(),
        Addition(number: 2, name: "people who are forgotten, aliases, imports, shared bodies, a compacted change log"),
        AnimeCombinedAnew(number: 3, name: "anime combined anew by weighed relations"),
        AnimeCombinedAnew(number: 4, name: "anime combined anew with what people recommend beside them"),
    ]

    /// Hash of the rules of all schemas, without what is said for people, as they are after the last migration. Whoever changes a rule adds a
    /// migration, so that an older program leaves the database alone instead of bringing the old rules back.
    static let rules = "b235cef390b532265f13c63f64cc4c97"
}
