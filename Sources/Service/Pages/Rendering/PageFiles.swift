/// The templates and assets of the pages, which the program carries in itself: they are found wherever it is started, and when it is copied.
///
/// A file below `Pages/Files` that is not named here is not served; a test holds the two against each other.
enum PageFiles {
    /// Mustache templates, by the names under which they are rendered and included.
    static let templates: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache,
        "crawl": PackageResources.crawl_mustache,
        "crawl-live": PackageResources.crawl_live_mustache,
        "crawl-host": PackageResources.crawl_host_mustache,
        "crawl-run": PackageResources.crawl_run_mustache,
        "sign-in": PackageResources.sign_in_mustache,
        "map": PackageResources.map_mustache,
        "problem": PackageResources.problem_mustache,
        "find": PackageResources.find_mustache,
        "anime": PackageResources.anime_mustache,
        "card": PackageResources.card_mustache,
        "cover": PackageResources.cover_mustache,
        "reasons": PackageResources.reasons_mustache,
    ]

    /// Files served below `/assets`, by name.
    static let assets: [String: [UInt8]] = [
        "site.css": PackageResources.site_css,
        "crawl.css": PackageResources.crawl_css,
        "crawl.js": PackageResources.crawl_js,
        "icon.svg": PackageResources.icon_svg,
        "map.css": PackageResources.map_css,
        "map.js": PackageResources.map_js,
        "map-painter.js": PackageResources.map_painter_js,
        "map-view.js": PackageResources.map_view_js,
        "find.js": PackageResources.find_js,
    ]
}
