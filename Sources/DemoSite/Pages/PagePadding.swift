/// Markup without meaning that makes a page as large as the real ones.
public struct PagePadding: Sendable, Hashable {
    let markup: String

    /// About as many kilobytes as asked for, as an invisible block of links and spans.
    public init(kilobytes: Int) {
        let line =
            "<li class=\"hide\"><span class=\"ad-unit\" data-slot=\"demo\">&nbsp;</span><i class=\"icon\"></i></li>\n"
        let lines = max(0, kilobytes) * 1024 / line.utf8.count
        markup = lines == 0 ? "" : "<ul class=\"hide\">\n" + String(repeating: line, count: lines) + "</ul>"
    }
}
