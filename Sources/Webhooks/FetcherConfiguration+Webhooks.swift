public import CrawlEngine
public import Fetching

extension FetcherConfiguration {
    /// How webhooks are posted: under our name, with the certificates that the operator trusts.
    public static func webhooks(_ configuration: Configuration, version: String) -> FetcherConfiguration {
        let contact = configuration.contact.map { " (+\($0))" } ?? ""
        var fetching = FetcherConfiguration(userAgent: "\(CrawlProfile.productToken)-Webhooks/\(version)\(contact)")
        fetching.certificateAuthorities = configuration.certificateAuthorities
        return fetching
    }
}
