import CrawlDomain
import Hummingbird
import Reports
import Storage
import WebStandards

/// What an operator does: pause, resume, stop, crawl, read again, forget. Needs a token.
struct SteeringAPI: Sendable {
    let performer: Operator
    let lists: KnownLists

    private static let site = Parameter.path("site", "The site's name.", most: 64)
    private static let reasonBody: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": ["reason": ["type": "string", "maxLength": 300]],
    ]
    private static let whole = Parameter(name: "whole", kind: .flag, about: "Also what has not changed.")
    private static let broken = "The site's spider has mistakes, or another site has the page."
    private static let noSite = [404: "There is no spider of that name."]

    var endpoints: [Endpoint] {
        [
            .steering(
                "/sites/{site}/pause", "Ask the site nothing until it is resumed.", parameters: [Self.site],
                body: Self.reasonBody, answer: "Done", problems: Self.noSite, handle: pause),
            .steering(
                "/sites/{site}/resume", "Let a paused site go on.", parameters: [Self.site], answer: "Done",
                problems: Self.noSite, handle: resume),
            .steering(
                "/sites/{site}/stop", "Let the runs of the site end, with what is under way stored.",
                parameters: [Self.site], answer: "Done", problems: Self.noSite, handle: stop),
            .steering(
                "/sites/{site}/crawl", "Begin a crawl of the site, as `animematcher crawl SITE` does.",
                parameters: [Self.site], answer: "Done",
                problems: Self.noSite.merging([
                    409:
                        "A crawl of the site was begun here already, or may not begin: the site is paused, the operator's word for it is missing, or its spider has mistakes."
                ]) { $1 },
                handle: crawl),
            .steering(
                "/sites/{site}/recrawl", "Make all known pages of a kind due again.",
                parameters: [
                    Self.site,
                    Parameter(
                        name: "page", kind: .text(most: 64), about: "The page kind, as the spider names it.",
                        isRequired: true),
                    Self.whole,
                ], answer: "Done",
                problems: [404: "There is no spider of that name, or it has no such kind.", 409: Self.broken],
                handle: recrawl),
            .steering(
                "/sites/{site}/recrawl-url", "Make a page due, before all others.",
                parameters: [
                    Self.site,
                    Parameter(
                        name: "url", kind: .text(most: 2_000), about: "The page's address.", isRequired: true),
                    Self.whole,
                ], answer: "Done",
                problems: [404: "There is no spider of that name, or it does not read the page.", 409: Self.broken],
                handle: recrawlURL),
            .steering(
                "/people/{name}", "Forget a person everywhere, and keep the name from coming back.", method: .delete,
                parameters: [.path("name", "The name as the site writes it.")], answer: "Done",
                problems: [502: "`animematcher forget` failed; the service's log says why."], handle: forget),
        ]
    }

    private func known(_ call: Call) throws(Problem) -> String { try performer.sites.known(call.text("site")) }

    private func pause(_ call: Call) async throws -> Answer {
        let site = try known(call)
        let reason = try Self.reason(call.body)
        try await performer.database.control.setPaused(.site(site), true, reason: reason)
        return Self.done("\(site) is paused")
    }

    /// What the body of `pause` says; nil without one.
    private static func reason(_ body: JSONValue?) throws(Problem) -> String? {
        guard let body else { return nil }
        let reason = body["reason"]?.stringValue
        guard body.objectValue?.count == (reason == nil ? 0 : 1), (reason?.count ?? 0) <= 300 else {
            throw Problem(.badRequest, "the body: expected {\"reason\": a text of at most 300 characters}")
        }
        return reason
    }

    private func resume(_ call: Call) async throws -> Answer {
        let site = try known(call)
        try await performer.database.control.setPaused(.site(site), false)
        return Self.done("\(site) goes on")
    }

    private func stop(_ call: Call) async throws -> Answer {
        let site = try known(call)
        return Self.done("\(try await performer.stop(site)) runs are asked to end")
    }

    private func crawl(_ call: Call) async throws -> Answer {
        let site = try known(call)
        try await performer.begin(site)
        return Self.done("a crawl of \(site) begins")
    }

    private func recrawl(_ call: Call) async throws -> Answer {
        let site = try known(call)
        let count = try await performer.database.frontier.recrawl(
            site: site, page: try performer.sites.kind(call.text("page"), of: site), whole: call.flag("whole"))
        return Self.done("\(count) pages are due again")
    }

    private func recrawlURL(_ call: Call) async throws -> Answer {
        let page = try performer.sites.page(call.text("url"), of: try known(call))
        try await performer.recrawl(page, whole: call.flag("whole"))
        return Self.done("\(page.url.href) is due now, before all others")
    }

    private func forget(_ call: Call) async throws -> Answer {
        let name = call.text("name")
        // The name is a person's, and no option.
        guard !name.hasPrefix("-"), name.contains(where: { !$0.isWhitespace }) else {
            throw Problem(.badRequest, "name: expected one that is no white space and does not begin with '-'")
        }
        guard try await performer.programs.run(["forget", name, "--json"]) else {
            throw Problem(.badGateway, "the person could not be forgotten; the service's log says why")
        }
        // Before anybody is told that it is done, and not only when it is heard of.
        lists.forget()
        return Self.done("the person is forgotten")
    }

    private static func done(_ text: String) -> Answer { .json(["done": .string(text)]) }
}
