import Hummingbird
import Mustache

/// Renders pages: a template with a model, in the frame that all pages have.
///
/// Models are values whose properties templates name. All text is escaped as ``HTMLText`` says; `{{{…}}}` stands for what a template made, and for
/// nothing else.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let assets: [String: Asset]
    /// Stands for all templates and assets together: a new program makes other pages of the same index.
    private let version: String

    /// - Throws: When a template has a mistake.
    init() throws {
        _ = HTMLText.isRegistered
        library = MustacheLibrary(
            templates: try PageFiles.templates.mapValues {
                try MustacheTemplate(string: HTMLText.template(String(decoding: $0, as: UTF8.self)))
            })
        assets = Dictionary(
            uniqueKeysWithValues: PageFiles.assets.map { ($0.key, Asset(name: $0.key, bytes: $0.value)) })
        let files = PageFiles.templates.sorted { $0.key < $1.key } + PageFiles.assets.sorted { $0.key < $1.key }
        version = Asset.fingerprint(of: files.map(\.value))
    }

    /// A page.
    func answer(
        _ template: String, _ model: some Sendable, _ head: PageHead, status: HTTPResponse.Status = .ok
    ) -> Answer {
        let frame = Frame(
            title: head.title,
            sections: PageSection.allCases.map {
                .init(title: $0.title, address: $0.address, isCurrent: $0 == head.section)
            },
            styles: (["site.css"] + head.styles).map(address), icon: address(of: "icon.svg"),
            scripts: head.scripts.map(address),
            body: fragment(template, model))
        return Answer(
            status: status, type: "text/html; charset=utf-8",
            bytes: Array((library.render(frame, withTemplate: "layout") ?? "").utf8),
            tag: head.tag.map { "\($0)-\(version)\(ImagePolicy.current.tag)" })
    }

    /// A template without the frame, for a script that exchanges a part of a page.
    func fragment(_ template: String, _ model: some Sendable) -> String {
        library.render(model, withTemplate: template) ?? ""
    }

    /// Where an asset is, with its version.
    func address(of asset: String) -> String { assets[asset]?.address ?? "/assets/\(asset)" }

    /// Serves the assets.
    func add(to router: Router<ServiceContext>) {
        for asset in assets.values {
            router.get("assets/\(asset.name)") { request, _ in
                asset.answer(asked: request.uri.queryParameters["v"].map(String.init)).response(to: request)
            }
        }
    }

    private struct Frame: Sendable {
        struct Section: Sendable {
            let title: String
            let address: String
            let isCurrent: Bool
        }

        let title: String
        let sections: [Section]
        let styles: [String]
        let icon: String
        let scripts: [String]
        let body: String
    }
}
