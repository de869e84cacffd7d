import CrawlDomain
import MongoDriver
import WebStandards

extension ForgottenPeople {
    /// Of some writes those that are of nobody who is forgotten, and a drop for each other one.
    ///
    /// Read in the transaction that writes, whose change numbers are taken from the counter that forgetting writes too: of the two the one that
    /// comes second sees the other.
    func without(
        _ writes: [DocumentWriter.Write], session: MongoSession
    ) async throws(StorageError) -> (welcome: [DocumentWriter.Write], drops: [Drop]) {
        let people = Set(writes.compactMap { $0.item?.person })
        let forgotten = try await StorageError.wrapping { () throws(MongoError) in
            try await among(people, session: session)
        }
        guard !forgotten.isEmpty else { return (writes, []) }
        let detail = "the person asked to be forgotten (`animematcher forget --lift` takes it back)"
        let parted = writes.map { write in (write, write.item?.person.map(forgotten.contains) ?? false) }
        let drops = parted.filter(\.1).map { write, _ in
            Drop(.forgotten, type: write.item?.type, key: write.key, detail: detail)
        }
        return (parted.filter { !$0.1 }.map(\.0), drops)
    }

    /// Of some links those that lead to the page of nobody who is forgotten.
    ///
    /// - Parameter personal: The kinds of pages whose address names a person.
    func without(_ links: [FrontierURL], amongPages personal: Set<String>) async throws(MongoError) -> [FrontierURL] {
        let named = links.filter { personal.contains($0.page) }.map { link in
            (link, Self.people(namedBy: link.url.href, of: link.site))
        }
        guard !named.isEmpty else { return links }
        let forgotten = try await among(Set(named.flatMap(\.1)))
        guard !forgotten.isEmpty else { return links }
        let unwelcome = Set(named.filter { !$0.1.isDisjoint(with: forgotten) }.map(\.0.fingerprint))
        return links.filter { !unwelcome.contains($0.fingerprint) }
    }

    /// Of some pages those at the address of nobody who is forgotten.
    func without(_ pages: [ArchivedPage]) async throws(MongoError) -> [ArchivedPage] {
        let named = pages.map { page in
            page.isPersonal ? Self.people(namedBy: page.page.url, of: page.page.site) : []
        }
        let forgotten = try await among(Set(named.joined()))
        guard !forgotten.isEmpty else { return pages }
        return zip(pages, named).filter { $0.1.isDisjoint(with: forgotten) }.map(\.0)
    }

    /// Everybody whom an address may name.
    private static func people(namedBy url: String, of site: String) -> Set<Person> {
        Set(PersonMention.parts(of: url).map { Person(site: site, name: $0) })
    }
}

extension Item {
    /// Who a list is of or a review is by, under the name it is stored with; nil for entries.
    var person: Person? {
        let name: String?
        switch type {
        case .entry: return nil
        case .user: name = fields["name"]?.stringValue
        case .review: name = fields["author"]?.stringValue
        }
        guard let name, let site = key.split(separator: ":", maxSplits: 1).first else { return nil }
        return Person(site: String(site), name: name)
    }
}
