/// What the frame of a page says: its title, where in the site it is, and which scripts it has.
struct PageHead: Sendable {
    /// The title of the window, without the name of the site.
    let title: String
    /// The part of the site it belongs to; nil for none.
    var section: PageSection?
    /// Assets that are scripts; the page must be of use without them.
    var scripts: [String] = []
    /// Assets that are styles, beside the one that all pages have.
    var styles: [String] = []
    /// Stands for what the page was made of, such as the index version; nil for a page that may be other at any time.
    var tag: String?
}
