import HTTPTypes
import Hummingbird
import Indexing
import WebStandards

/// The page a fan opens: marks, a name or a list, and what to watch next with the reasons for it.
///
/// Everything works without script: forms are sent to the page itself, which says the same in its address afterwards. A list that somebody
/// brings is answered at once and goes back into the form; so such a form is posted.
struct FindPage: Sendable {
    let holder: IndexHolder
    let lists: KnownLists
    let pages: Pages
    private let turns = UploadTurns()

    init(holder: IndexHolder, lists: KnownLists, pages: Pages) {
        (self.holder, self.lists, self.pages) = (holder, lists, pages)
    }

    private static let found = 8

    func add(to router: Router<ServiceContext>) {
        router.get("/") { request, _ -> Response in
            let query = try FindQuery(FormFields.decode(request.uri.query ?? ""))
            guard !query.isVerbose else { return .redirect(to: query.address, type: .normal) }
            return try await show(query).response(to: request)
        }
        router.post("/") { request, _ in try await turns.with { try await post(request) } }
    }

    private func post(_ request: Request) async throws -> Response {
        let bytes = Array(try await request.body.collect(upTo: UploadedList.mostFormBytes).readableBytesView)
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            let query = try FindQuery(FormFields.decode(String(decoding: bytes, as: UTF8.self)))
            guard query.list != nil else { return .redirect(to: query.address, type: .normal) }
            return try await show(query).response(to: request)
        }
        let form = try MultipartForm(bytes, contentType: type)
        let query = try FindQuery(form.fields)
        guard let file = form.parts.first(where: { $0.name == "export" }) else {
            throw Problem(.badRequest, "export: expected a file")
        }
        let upload = try UploadedList(file.bytes, in: try loaded())
        return try await show(query, upload).response(to: request)
    }

    private func show(_ query: FindQuery, _ upload: UploadedList? = nil) async throws -> Answer {
        let index = try loaded()
        var (message, status) = (String?.none, HTTPResponse.Status.ok)
        let list = try upload?.list ?? query.list.map { try CarriedList($0) }
        var rows = list?.values
        var tag: String? = list == nil ? index.tag : nil
        if rows == nil, let name = query.user {
            if let user = try await lists.user(name) {
                rows = user["list"]?.arrayValue
                tag = user["content_hash"]?.stringValue.map { "\(index.tag)-\($0)" }
            } else {
                (message, status) = (
                    "Nobody called “\(name)” is known here. Lists get here by crawls; you can bring yours as a file.",
                    .notFound
                )
            }
        }
        let strangers = (query.likes + query.dislikes).filter { index.card($0) == nil }
        if let stranger = strangers.first {
            (message, status) = ("“\(stranger)” is not known here.", .notFound)
        }
        if message == nil, let both = query.likes.first(where: query.dislikes.contains) {
            message = "“\(both)” is liked and not liked; here it counts as liked."
        }
        let person = FindPerson(
            rows: rows, likes: query.likes.filter { !strangers.contains($0) },
            dislikes: query.dislikes.filter { !strangers.contains($0) })
        let model = FindModel(
            query, found: query.search.map { index.search($0, limit: Self.found) } ?? [],
            results: try person.recommendations(query.options, in: index), facets: index.facets, list: list,
            listNote: upload?.note ?? list.map { "Your list: \($0.rows.count) anime." }, message: message)
        let head = PageHead(
            title: model.hasPerson ? "For you" : "What to watch next", section: .find, scripts: ["find.js"],
            tag: status == .ok ? tag : nil)
        return pages.answer("find", model, head, status: status)
    }

    private func loaded() throws(Problem) -> AnimeIndex {
        let index = try holder.loaded()
        return index
    }
}
