public import Fetching
public import WebStandards

extension CrawlProfile {
    /// The request for a page: by POST where its kind says so, and with the fields that the spider sends.
    ///
    /// Those may be secrets. They go to pages of the spider's own kinds on its own hosts, over TLS or to this machine, and never to
    /// where a redirect leads: what was asked for is what they were meant for. Nor do they go to another port than the site's, or to another
    /// address of a page than the one under which its kind is asked for; the body does not go there either.
    ///
    /// - Parameter isRedirected: Whether a redirect led here.
    public func pageRequest(for url: WebURL, isRedirected: Bool = false) -> FetchRequest {
        var request = request(for: url)
        guard let kind = spider.page(for: url).flatMap({ spider.page(named: $0) }), kind.isAddress(url) else {
            return request
        }
        if let body = kind.body(askingFor: url) {
            request.method = .post
            request.body = body
            request.headers.append("Content-Type", "application/json")
        }
        if !isRedirected, url.scheme == "https" || isLocal(url), spider.isOwnPort(url) {
            request.headers.append(contentsOf: spiderFields.fields)
        }
        return request
    }
}
