/// What a page can be asked for again by: "only if it is not this any more".
///
/// Source: RFC 9110, sections 8.8 and 13.1; RFC 9111, section 4.3.
public struct Validators: Sendable, Hashable {
    /// The tag of the state that is had.
    public var entityTag: EntityTag?
    /// The date of the state that is had, as the server wrote it.
    public var lastModified: String?

    /// Makes validators.
    public init(entityTag: EntityTag? = nil, lastModified: String? = nil) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }

    /// Those of an answer. A Last-Modified that is no date is no validator: a server would compare it as text, if at all.
    public init(_ fields: HeaderFields) {
        let dates = fields.all("Last-Modified")
        let tags = fields.all("ETag")
        self.init(
            entityTag: tags.count == 1 ? EntityTag(tags[0]) : nil,
            lastModified: dates.count == 1 && Self.isDate(dates[0]) ? dates[0] : nil)
    }

    /// Whether it is a date in any form, and one that can be sent back.
    private static func isDate(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && HTTPDate.parse(text) != nil
    }

    /// Whether there is nothing to ask by.
    public var isEmpty: Bool { entityTag == nil && lastModified == nil }

    /// The fields that make a request conditional; a server that knows `If-None-Match` passes the date over.
    public var requestFields: HeaderFields {
        var fields = HeaderFields()
        if let entityTag { fields.append("If-None-Match", entityTag.text) }
        if let lastModified { fields.append("If-Modified-Since", lastModified) }
        return fields
    }

    /// The fields of an answer that states them.
    public var storedFields: HeaderFields {
        var fields = HeaderFields()
        if let entityTag { fields.append("ETag", entityTag.text) }
        if let lastModified { fields.append("Last-Modified", lastModified) }
        return fields
    }

    /// Whether a 304 with these fields is about the state that was asked for: another tag than ours, or another date where there are no
    /// tags, would confirm something that we do not have.
    public func areConfirmed(by fields: HeaderFields) -> Bool {
        guard !isEmpty else { return false }
        let answer = Validators(fields)
        if let sent = entityTag, let tag = answer.entityTag { return tag.matchesWeakly(sent) }
        guard entityTag == nil, let date = answer.lastModified.flatMap(HTTPDate.parse) else { return true }
        return lastModified.flatMap(HTTPDate.parse).map { $0 >= date } ?? false
    }
}
