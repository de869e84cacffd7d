/// The migrations this program knows.
enum Migrations {
    /// All of them, oldest first.
    static let all: [any Migration] = [
        OneDocumentPerHost(),
        Addition(number: 2, name: "numbered migrations"),
    ]

    /// Hash of the rules of all schemas, without what is said for people, as they are after the last migration. Whoever changes a rule adds a
    /// migration, so that an older program leaves the database alone instead of bringing the old rules back.
    static let rules = "b75292280dc6af45bde6c3459bb4037b"
}
