import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Reports

/// The page an operator looks at: what runs, how fast and why not faster, what fails, what is held; with buttons for who has signed in.
///
/// Everybody who may read the API may read it. Without script it is as it was when it was loaded; with it, a part is asked for again every
/// few seconds, which costs a 304 where nothing has changed.
struct CrawlPage: Sendable {
    /// What the frame of the live part shows.
    private struct Model: Sendable {
        /// HTML.
        let live: String
        let tag: String
        let isOperator: Bool
        let canSignIn: Bool
        /// Whether there is no token, and so nobody can.
        let nobodyCan: Bool
        let word: String?
        let message: String?
        let messageTone: String
    }

    private struct SignIn: Sendable {
        let message: String?
        let isPossible: Bool
    }

    let pages: Pages
    let overviews: CrawlOverviews
    let sessions: OperatorSessions
    let performer: Operator
    /// The live part for whoever has not signed in, of the newest overview: many may watch.
    private let anonymous = Latest<Date, CrawlPart>()

    init(pages: Pages, overviews: CrawlOverviews, sessions: OperatorSessions, performer: Operator) {
        (self.pages, self.overviews, self.sessions, self.performer) = (pages, overviews, sessions, performer)
    }

    private static let head = PageHead(title: "Crawl", section: .crawl, scripts: ["crawl.js"], styles: ["crawl.css"])
    private static let signInHead = PageHead(title: "Sign in", section: .crawl, styles: ["crawl.css"])

    func add(to router: Router<ServiceContext>) {
        router.get("crawl") { request, _ in try await show(request) }
        router.get("crawl/live") { request, _ in try await live(request) }
        router.get("crawl/sign-in") { request, _ in signInForm(request) }
        router.post("crawl/sign-in") { request, context in try await signIn(request, context) }
        router.post("crawl/sign-out") { request, context in try await signOut(request, context) }
        router.post("crawl/steer") { request, context in try await steer(request, context) }
    }

    private func show(_ request: Request) async throws -> Response {
        let session = try await sessions.session(of: request)
        let live = try await part(for: session)
        let query = Dictionary(
            request.uri.queryParameters.map { (String($0.key), String($0.value)) },
            uniquingKeysWith: { first, _ in first })
        let message = session.flatMap { Message(query: query, session: $0) }
        let model = Model(
            live: live.text, tag: live.tag, isOperator: session != nil,
            canSignIn: session == nil && sessions.isPossible, nobodyCan: !sessions.isPossible, word: session?.formWord,
            message: message?.text, messageTone: message?.isDone == false ? "bad" : "good")
        return pages.answer("crawl", model, Self.head).response(to: request)
    }

    private func live(_ request: Request) async throws -> Response {
        let session = try await sessions.session(of: request)
        return try await part(for: session).answer.response(to: request)
    }

    private func part(for session: OperatorSession?) async throws -> CrawlPart {
        let (overview, pages) = (try await overviews.newest(), pages)
        guard session == nil else { return CrawlPart(CrawlView(overview, word: session?.formWord), pages) }
        return await anonymous.value(overview.takenAt) { CrawlPart(CrawlView(overview, word: nil), pages) }
    }

    private static func led(to address: String, cookie: String? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: address])
        if let cookie { response.headers[.setCookie] = cookie }
        return response
    }

    private static func form(_ request: Request, _ context: ServiceContext) async throws -> OperatorForm {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, "expected a form: application/x-www-form-urlencoded")
        }
        return try OperatorForm(try await request.body.collect(upTo: context.maxUploadSize).readableBytesView)
    }
}

/// Signing in and out.
extension CrawlPage {
    private func signInForm(
        _ request: Request, _ message: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        pages.answer(
            "sign-in", SignIn(message: message, isPossible: sessions.isPossible), Self.signInHead, status: status
        ).response(to: request)
    }

    private func signIn(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let form = try await Self.form(request, context)
        do {
            let session = try await sessions.signIn(form["token"], client: context.peer)
            let field = OperatorSessions.field(session, isSecure: OperatorSessions.isSecure(request))
            context.logger.info("an operator signed in")
            return Self.led(to: "/crawl", cookie: field)
        } catch OperatorSessions.Refusal.wrongToken {
            context.logger.warning("a wrong token was tried to sign in with")
            return signInForm(request, "That is not a token of this service.", status: .forbidden)
        } catch OperatorSessions.Refusal.nobodyCan {
            return signInForm(request, nil, status: .forbidden)
        } catch OperatorSessions.Refusal.tooMany(let wait) {
            var problem = Problem(.tooManyRequests, "too many wrong tokens came from your address")
            problem.retryAfter = max(1, Int(wait.inSeconds.rounded(.up)))
            throw problem
        }
    }

    private func signOut(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (session, _) = try await signedIn(request, context)
        sessions.signOut(session)
        return Self.led(
            to: "/crawl", cookie: OperatorSessions.field(nil, isSecure: OperatorSessions.isSecure(request)))
    }
}

/// What is asked with buttons.
extension CrawlPage {
    private func steer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (session, form) = try await signedIn(request, context)
        let outcome: Operator.Outcome
        do {
            outcome = try await performer.perform(try Instruction(form, sites: performer.sites.names))
        } catch let problem as Problem {
            // Said on the page, where it can be put right.
            outcome = .init(text: problem.detail, isDone: false)
        }
        await overviews.forget()
        context.logger.info("with a button: \(form["do"]) of \(form["site"]): \(outcome.isDone ? "done" : "refused")")
        return Self.led(to: Message(text: outcome.text, isDone: outcome.isDone).address(for: session))
    }

    /// The session of a request that changes something, and its form, which must have been made for that session.
    private func signedIn(
        _ request: Request, _ context: ServiceContext
    ) async throws -> (session: OperatorSession, form: OperatorForm) {
        guard let session = try await sessions.session(of: request) else {
            throw Problem(.forbidden, "sign in first: the session has ended, or there was none")
        }
        let form = try await Self.form(request, context)
        guard session.accepts(form: form["word"]) else {
            throw Problem(.forbidden, "the form is not of this session; load the page again")
        }
        return (session, form)
    }
}
