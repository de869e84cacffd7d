import MongoDriver

/// Takes a person out of the samples that are kept to watch over fields: addresses of pages, and values read there.
struct SampleRedaction {
    let database: AnimeDatabase
    let site: String
    let mention: PersonMention

    /// Takes out whoever is forgotten and spoken of in what has just been stored.
    static func removeForgotten(
        from documents: [BSONDocument], of site: String, in database: AnimeDatabase
    ) async throws(MongoError) {
        var names: Set<String> = []
        for document in documents { collect(.document(document), into: &names) }
        let people = names.map { Person(site: site, name: $0) }
        for person in try await database.forgotten.among(people) {
            _ = try await SampleRedaction(database: database, site: site, mention: PersonMention(person.name))
                .run(isDryRun: false)
        }
    }

    /// The names that samples may speak of: parts of addresses, and values that were seen.
    private static func collect(_ value: BSONValue, into names: inout Set<String>) {
        switch value {
        case .string(let text): names.formUnion(PersonMention.parts(of: text))
        case .array(let values): for value in values { collect(value, into: &names) }
        case .document(let document):
            for (key, value) in document {
                if key == "seen", let seen = value.stringValue { names.insert(seen) }
                collect(value, into: &names)
            }
        default: break
        }
    }

    /// - Returns: How many samples were taken out, or would be.
    func run(isDryRun: Bool) async throws(MongoError) -> Int {
        var count = 0
        for name in [CollectionName.openBlocks, .driftAlarms] {
            let collection = database.collection(name)
            for document in try await collection.find(["site": .string(site)]).all() {
                guard let id = document["_id"] else { continue }
                var current: BSONDocument? = document
                while let found = current {
                    var taken = 0
                    let kept = without(found, &taken)
                    if taken == 0 { break }
                    let replaced = isDryRun ? 1 : try await collection.replaceOne(found, with: kept).matchedCount
                    if replaced == 1 {
                        count += taken
                        break
                    }
                    // A run has changed it meanwhile.
                    current = try await collection.findOne(["_id": id])
                }
            }
        }
        return count
    }

    /// The document without list values that speak of the person, and null where a sample stands alone.
    private func without(_ document: BSONDocument, _ taken: inout Int) -> BSONDocument {
        var kept = document
        for (key, value) in document {
            switch value {
            case .array(let values):
                let left = values.filter { !speaks($0) }
                taken += values.count - left.count
                kept[key] = .array(left.map { $0.documentValue.map { .document(without($0, &taken)) } ?? $0 })
            case .document(let inner):
                if speaks(value) {
                    taken += 1
                    kept[key] = .null
                } else {
                    kept[key] = .document(without(inner, &taken))
                }
            default: break
            }
        }
        return kept
    }

    private func speaks(_ value: BSONValue) -> Bool {
        switch value {
        case .string(let text): mention.isAddress(text)
        case .document(let sample):
            sample["url"]?.stringValue.map(mention.isAddress) ?? false
                || sample["seen"]?.stringValue.map { mention.isNamed(in: Array("\"\($0)\"".utf8)) } ?? false
        default: false
        }
    }
}
