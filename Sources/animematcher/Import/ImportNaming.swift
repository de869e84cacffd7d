import CrawlEngine

/// How the people of an imported file are stored: by the rule that crawls of the same site keep.
enum ImportNaming {
    /// - Throws: When names are to be hashed and there is no key.
    static func naming(site: String, configuration: Configuration) throws -> UserNaming {
        let spiders = try ProjectFolder.spiders()
        if spiders.sites.contains(site), let spider = try? spiders.load(site: site) {
            return try CrawlProfile.naming(of: spider, configuration: configuration, userKey: UserNaming.environmentKey)
        }
        return try UserNaming(configuration.sites[site]?.userNames ?? .hmac, key: UserNaming.environmentKey)
    }
}
