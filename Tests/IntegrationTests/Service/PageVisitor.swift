import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks for pages as a browser does, but for what a browser does by itself: redirects are looked at, cookies are told.
struct PageVisitor: Sendable {
    struct Page: Sendable {
        let status: Int
        let fields: [String: String]
        let body: String

        /// What a browser would send back of the cookies that came.
        var cookie: String? { fields["set-cookie"].map { String($0.prefix { $0 != ";" }) } }

        /// The word that the forms carry.
        var word: String? {
            body.firstMatch(of: #/name="word" value="([0-9a-f]+)"/#).map { String($0.1) }
        }
    }

    let origin: String
    private let session: URLSession

    init(_ origin: String) {
        self.origin = origin
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    func get(_ path: String, _ fields: [String: String] = [:]) async throws -> Page {
        try await send("GET", path, fields, nil)
    }

    /// Sends a form.
    func post(_ path: String, _ form: [String: String], _ fields: [String: String] = [:]) async throws -> Page {
        let escape = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        let body = form.map { "\(escape($0.key))=\(escape($0.value))" }.joined(separator: "&")
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await send("POST", path, type.merging(fields) { $1 }, body)
    }

    private func send(_ method: String, _ path: String, _ fields: [String: String], _ body: String?) async throws
        -> Page
    {
        guard let url = URL(string: origin + path) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await session.data(for: request)
        let answer = response as? HTTPURLResponse
        var found: [String: String] = [:]
        for (name, value) in answer?.allHeaderFields ?? [:] { found["\(name)".lowercased()] = "\(value)" }
        return Page(status: answer?.statusCode ?? 0, fields: found, body: String(decoding: data, as: UTF8.self))
    }

    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }
}
