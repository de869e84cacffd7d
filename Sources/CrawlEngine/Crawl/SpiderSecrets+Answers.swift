import CrawlDomain
import Fetching
import WebStandards

/// Servers repeat what they were sent: in pages for those who look for mistakes, in addresses, in tags.
extension SpiderSecrets {
    /// An answer without the header fields that repeat a secret: where such a redirect leads is nowhere.
    func removed(from exchange: Exchange) -> Exchange {
        guard !isEmpty else { return exchange }
        let kept = exchange.response.headers.filter { !repeats($0.value) }
        guard kept.count < exchange.response.headers.count else { return exchange }
        var response = exchange.response
        response.headers = HeaderFields(kept)
        return Exchange(
            request: exchange.request, response: response, requestedAt: exchange.requestedAt,
            receivedAt: exchange.receivedAt, end: exchange.end)
    }

    /// What was read from an answer, without the items and links that repeat a secret, and not to be kept where the answer does.
    ///
    /// Items are looked at by themselves: the page may write a text with tags in it that its item has without. A continuation stays, to be
    /// refused when it is asked for; without it a part of a list would look like the whole.
    func removed(from extraction: Extraction, of response: FetchResponse) -> Extraction {
        guard !isEmpty else { return extraction }
        var extraction = extraction
        if extraction.mayBeKept, stand(in: response.body) { extraction.mayBeKept = false }
        let links = extraction.links.filter { !repeats($0.url.href) }
        if links.count < extraction.links.count { (extraction.links, extraction.lacksLinks) = (links, true) }
        let repeating = extraction.items.filter { repeats(JSONValue.object($0.fields).serialized()) }
        extraction.items.removeAll(where: repeating.contains)
        extraction.drops = extraction.drops.map { drop in
            repeats(drop.detail + (drop.key ?? "")) ? Drop(drop.reason, type: drop.type, detail: Self.withheld) : drop
        }
        extraction.drops += repeating.map { Drop(.invalidField, type: $0.type, detail: Self.withheld) }
        if !repeating.isEmpty { extraction.mayBeKept = false }
        return extraction
    }

    /// Whether a text repeats one of them.
    func repeats(_ text: String) -> Bool { !isEmpty && stand(in: Array(text.utf8)) }

    private static let withheld = "repeats a secret that was sent"
}
