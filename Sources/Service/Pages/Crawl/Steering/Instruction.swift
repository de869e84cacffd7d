import HTTPTypes
import WebStandards

/// What an operator asks for with a button of the crawl page.
enum Instruction: Sendable, Hashable {
    case pause(site: String, reason: String?)
    case resume(site: String)
    case pauseHost(String, site: String)
    case resumeHost(String, site: String)
    case start(site: String)
    case stop(site: String)
    case recrawl(url: String, site: String)
    case retry(site: String)
    case release(site: String, page: String, field: String)

    private static let longestReason = 300
    private static let longestURL = 2_000
    private static let longestName = 300

    /// Reads a form.
    ///
    /// - Parameter sites: Those that there are spiders for.
    /// - Throws: A problem that names what is expected.
    init(_ form: OperatorForm, sites: [String]) throws(Problem) {
        let site = form["site"]
        guard sites.contains(site) else {
            throw Problem(.notFound, "there is no spider '\(Wording.short(site, 64))'")
        }
        switch form["do"] {
        case "pause":
            let reason = form["reason"]
            guard reason.count <= Self.longestReason else {
                throw Problem(.badRequest, "the reason: expected \(Self.longestReason) characters at most")
            }
            self = .pause(site: site, reason: reason.isEmpty ? nil : reason)
        case "resume": self = .resume(site: site)
        case "pause-host": self = .pauseHost(try Self.name(form, "host"), site: site)
        case "resume-host": self = .resumeHost(try Self.name(form, "host"), site: site)
        case "start": self = .start(site: site)
        case "stop": self = .stop(site: site)
        case "recrawl":
            guard form["url"].utf8.count <= Self.longestURL, let url = WebURL(form["url"]), url.isHTTP else {
                throw Problem(.badRequest, "the URL: expected an address that begins with http:// or https://")
            }
            self = .recrawl(url: url.href, site: site)
        case "retry": self = .retry(site: site)
        case "release":
            self = .release(site: site, page: try Self.name(form, "page"), field: try Self.name(form, "field"))
        default:
            throw Problem(.badRequest, "the form: expected 'do' to be a button of the crawl page")
        }
    }

    /// The site that it is about.
    var site: String {
        switch self {
        case .pause(let site, _), .resume(let site), .pauseHost(_, let site), .resumeHost(_, let site),
            .start(let site), .stop(let site), .recrawl(_, let site), .retry(let site), .release(let site, _, _):
            site
        }
    }

    private static func name(_ form: OperatorForm, _ field: String) throws(Problem) -> String {
        let text = form[field]
        guard !text.isEmpty, text.count <= longestName else {
            throw Problem(.badRequest, "\(field): expected a text of 1 to \(longestName) characters")
        }
        return text
    }
}
