import CrawlDomain
import Foundation
import WebStandards

extension CrawlProfile {
    /// A page's address as it may be kept beside items: of a person's page with the name as it is stored.
    ///
    /// - Parameter page: The kind of page.
    func shownURL(_ url: WebURL, page: String) -> String {
        guard !userNames.isPlain, let kind = spider.pages.first(where: { $0.name == page }),
            kind.items.contains(where: { $0.type == .user }), let name = kind.captures(of: url)?["name"]
        else { return url.href }
        let stored = userNames.stored(name)
        var (shown, part, isMasked) = ("", "", false)
        for character in url.href + "/" {
            guard "/?&=#".contains(character) else {
                part.append(character)
                continue
            }
            // Names are found whatever their letter case and escapes.
            if (part.removingPercentEncoding ?? part).lowercased() == name.lowercased() {
                (part, isMasked) = (stored, true)
            }
            shown += part + String(character)
            part = ""
        }
        return isMasked ? String(shown.dropLast()) : "\(url.origin) (\(page) of \(stored))"
    }
}
