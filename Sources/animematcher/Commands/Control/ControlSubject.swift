import ArgumentParser
import CrawlEngine
import Storage
import Terminal

/// What is steered: a site, or one of its hosts.
struct ControlSubject: ParsableArguments {
    @Argument(help: "The site: the name of a file in Spiders/, without .yaml.")
    var site: String

    @Option(help: "One host of it, with its port where it is not the usual one, such as 127.0.0.1:8765.")
    var host: String?

    var subject: MongoControl.Subject { host.map { .host($0, site: site) } ?? .site(site) }

    var name: String { Console.visible(host ?? site) }

    /// A typing mistake must not look like a site that obeys.
    func checkSite() throws { try ProjectFolder.check(site: site) }

    var unknownHost: Failure {
        Failure("\(name): no host that a crawl of \(site) knows; `animematcher control status \(site)` shows them")
    }
}
