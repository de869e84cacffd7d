@testable import WebStandards

/// The smallest cache that does what the values decide.
struct PlainCache {
    private struct Entry {
        var response: CachedResponse
        let body: String
    }

    struct Failed: Error {}

    private var entries: [WebURL: [Entry]] = [:]

    /// The answer to a request, from what is kept or from the origin.
    mutating func answer(_ request: RequestHead, from origin: CacheOrigin, now: Int64) throws -> CacheOrigin.Answer {
        let url = request.url.withoutFragment
        let index = entries[url]?.lastIndex { $0.response.isSelected(by: request) }
        guard let index, let entry = entries[url]?[index] else { return try fetch(request, from: origin, now: now) }
        switch entry.response.decision(for: request, now: now) {
        case .reuse: return Self.reused(entry, request, now)
        case .fetch: return try fetch(request, from: origin, now: now, insteadOf: entry)
        case .revalidate(let fields):
            var conditional = request
            for field in fields { conditional.fields.set(field.name, field.value) }
            let answer: CacheOrigin.Answer
            do { answer = try origin.answer(conditional, now: now) } catch {
                return try Self.stale(entry, request, now)
            }
            guard answer.head.status == 304 else { return keep(answer, request, now) }
            guard let updated = entry.response.updated(by: answer.head, requestedAt: now, receivedAt: now) else {
                return try fetch(request, from: origin, now: now)
            }
            entries[url]?[index].response = updated
            return Self.reused(Entry(response: updated, body: entry.body), request, now)
        }
    }

    private mutating func fetch(
        _ request: RequestHead, from origin: CacheOrigin, now: Int64, insteadOf entry: Entry? = nil
    ) throws -> CacheOrigin.Answer {
        let answer: CacheOrigin.Answer
        do {
            answer = try origin.answer(request, now: now)
        } catch {
            guard let entry else { throw Failed() }
            return try Self.stale(entry, request, now)
        }
        for url in CacheInvalidation.urls(after: request, answer.head) { entries[url] = nil }
        return keep(answer, request, now)
    }

    private mutating func keep(_ answer: CacheOrigin.Answer, _ request: RequestHead, _ now: Int64) -> CacheOrigin.Answer
    {
        guard let response = CachedResponse(answer.head, to: request, requestedAt: now, receivedAt: now) else {
            return answer
        }
        let url = request.url.withoutFragment
        entries[url, default: []].removeAll { $0.response.isSelected(by: request) }
        entries[url, default: []].append(Entry(response: response, body: answer.body))
        return answer
    }

    private static func stale(_ entry: Entry, _ request: RequestHead, _ now: Int64) throws -> CacheOrigin.Answer {
        guard entry.response.mayServeStale else { throw Failed() }
        return reused(entry, request, now)
    }

    private static func reused(_ entry: Entry, _ request: RequestHead, _ now: Int64) -> CacheOrigin.Answer {
        var head = entry.response.response
        head.fields.set("Age", "\(entry.response.age(now: now))")
        let isKnown = entry.response.isNotModified(for: request)
        if isKnown { head.status = 304 }
        return CacheOrigin.Answer(
            head: head, body: isKnown ? "" : entry.body,
            now: head.fields.first("Server-Now").flatMap { Int64($0) } ?? now)
    }
}
