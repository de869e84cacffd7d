import CrawlDomain
import Fetching
import WebStandards

/// Servers repeat what they were sent: in pages for those who look for mistakes, in addresses, in tags.
extension SpiderSecrets {
    /// An answer without the header fields that repeat a secret: where such a redirect leads is nowhere.
    func removed(from exchange: Exchange) -> Exchange {
        let repeating = exchange.response.headers.filter { stand(in: Array($0.value.utf8)) }.map(\.name)
        guard !repeating.isEmpty else { return exchange }
        var response = exchange.response
        for name in repeating { response.headers.remove(name) }
        return Exchange(
            request: exchange.request, response: response, requestedAt: exchange.requestedAt,
            receivedAt: exchange.receivedAt, end: exchange.end)
    }

    /// What was read from an answer, without the items and links that repeat a secret.
    func removed(from extraction: Extraction, of response: FetchResponse) -> Extraction {
        guard stand(in: response.body) else { return extraction }
        func repeats(_ text: String) -> Bool { stand(in: Array(text.utf8)) }
        var extraction = extraction
        extraction.mayBeKept = false
        extraction.links.removeAll { repeats($0.url.href) }
        if let next = extraction.continuation, repeats(next.url.href) { extraction.continuation = nil }
        let repeating = extraction.items.filter { repeats(JSONValue.object($0.fields).serialized()) }
        extraction.items.removeAll(where: repeating.contains)
        extraction.drops = extraction.drops.map { drop in
            repeats(drop.detail + (drop.key ?? "")) ? Drop(drop.reason, type: drop.type, detail: Self.withheld) : drop
        }
        extraction.drops += repeating.map { Drop(.invalidField, type: $0.type, detail: Self.withheld) }
        return extraction
    }

    private static let withheld = "repeats a secret that was sent"
}
