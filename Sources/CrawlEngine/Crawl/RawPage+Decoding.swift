public import CrawlDomain
public import Fetching

extension RawPage {
    /// The body as the spider reads it.
    ///
    /// - Throws: `.badEncoding` when it is broken.
    public func decodedBody() throws(FetchError) -> [UInt8] {
        switch coding {
        case .identity: body
        case .gzip: try ContentCoding.gzip.decode(body, limit: length)
        }
    }
}
