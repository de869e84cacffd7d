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

    /// Of some links those that nobody who is forgotten has to do with: they lead to no page of theirs, and were not found on one.
    ///
    /// - Parameter personal: The kinds of pages whose address names a person.
    func without(
        _ links: [FoundLink], amongPages personal: Set<String>
    ) async throws(MongoError) -> [FrontierURL] {
        let named = links.map { link in (link, link.people(personal)) }
        let forgotten = try await among(Set(named.flatMap(\.1)))
        return named.filter { $0.1.isDisjoint(with: forgotten) }.map(\.0.url)
    }

    /// What of some visits has to do with somebody who is forgotten.
    ///
    /// Read in the transaction that stores the visits, which writes its host's document; so does forgetting between laying the tombstone and
    /// looking for pages, so that it finds what the transaction has stored, or the transaction begins anew and sees the tombstone.
    func traces(
        in visits: [VisitOutcome], amongPages personal: Set<String>, session: MongoSession
    ) async throws(MongoError) -> ForgottenTraces {
        let named = visits.map { visit in
            (visit, address: visit.addressees(personal), content: visit.peopleRead(personal))
        }
        let people = named.reduce(into: Set<Person>()) { $0.formUnion($1.address.union($1.content)) }
        let forgotten = try await among(people, session: session)
        var traces = ForgottenTraces()
        guard !forgotten.isEmpty else { return traces }
        for (visit, address, content) in named {
            let fingerprint = visit.visited.entry.fingerprint
            if !address.isDisjoint(with: forgotten) { traces.addresses.insert(fingerprint) }
            if !address.union(content).isDisjoint(with: forgotten) { traces.pages.insert(fingerprint) }
        }
        return traces
    }
}

/// A link, and where it was found.
struct FoundLink {
    let url: FrontierURL
    /// The kind of page that it was found on.
    let foundOn: String

    /// Everybody whom it may name: by where it leads, and by where it was found, which is stored with it.
    fileprivate func people(_ personal: Set<String>) -> Set<Person> {
        let own = personal.contains(url.page) ? url.people : []
        guard personal.contains(foundOn), let via = url.via else { return own }
        return own.union(Person.named(by: via, on: url.site))
    }
}

/// URLs of visits that somebody who is forgotten has to do with.
struct ForgottenTraces {
    /// Their address is the person's: nothing of them stays.
    var addresses: Set<URLFingerprint> = []
    /// The page is the person's or speaks of the person: it is not kept.
    var pages: Set<URLFingerprint> = []
}

extension VisitOutcome {
    /// Everybody whose page it may be, by its address or the one it has moved to.
    fileprivate func addressees(_ personal: Set<String>) -> Set<Person> {
        guard personal.contains(visited.entry.page) else { return [] }
        guard case .moved(let url) = disposition else { return visited.entry.people }
        return visited.entry.people.union(Person.named(by: url.href, on: visited.entry.site))
    }

    /// Everybody whom what was read from the page names.
    fileprivate func peopleRead(_ personal: Set<String>) -> Set<Person> {
        discovered.filter { personal.contains($0.page) }.reduce(into: Set(items.compactMap(\.person))) {
            $0.formUnion($1.people)
        }
    }
}

extension ForgottenPeople {
    /// Of some pages those at the address of nobody who is forgotten.
    func without(_ pages: [ArchivedPage]) async throws(MongoError) -> [ArchivedPage] {
        let named = pages.map { page in
            page.isPersonal ? Person.named(by: page.page.url, on: page.page.site) : []
        }
        let forgotten = try await among(Set(named.joined()))
        guard !forgotten.isEmpty else { return pages }
        return zip(pages, named).filter { $0.1.isDisjoint(with: forgotten) }.map(\.0)
    }
}

extension Person {
    /// Everybody whom an address may name.
    fileprivate static func named(by url: String, on site: String) -> Set<Person> {
        Set(PersonMention.parts(of: url).map { Person(site: site, name: $0) })
    }
}

extension FrontierURL {
    /// Everybody whom the address may name.
    fileprivate var people: Set<Person> { Person.named(by: url.href, on: site) }
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
