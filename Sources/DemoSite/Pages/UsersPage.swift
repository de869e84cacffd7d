/// `/users.php`: twenty members who were online a moment ago; each request sees the next twenty. With `?show=N` it lists all members by
/// twenty, so that a crawl can reach everybody.
struct UsersPage {
    static let pageSize = 20

    /// How many times the page was asked for before.
    let turn: Int
    /// The first member of a list by twenty; nil for those who are online.
    let first: Int?
    let context: PageContext

    func render() -> HTML {
        var frame = PageFrame(
            title: "Users - \(context.options.siteName)", heading: "<div><h1 class=\"h1\">Users</h1></div>",
            content: content)
        frame.canonicalPath = "/users.php"
        return frame.render(context)
    }

    private var shown: [DemoUser] {
        let users = context.catalogue.users
        guard !users.isEmpty else { return [] }
        if let first { return Array(users.dropFirst(first).prefix(Self.pageSize)) }
        let start = turn * Self.pageSize % users.count
        return (0..<min(Self.pageSize, users.count)).map { users[(start + $0) % users.count] }
    }

    private var content: HTML {
        """
        \(Breadcrumb(steps: [("Users", "/users.php")]).render(context))
        <table border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td valign="top" width="68%">
        <div class="normal_header" style="font-size: 14px;">Recently Online Users</div>
        <table border="0" cellpadding="10" cellspacing="0" width="100%"><tr>\
        \(each: Array(shown.enumerated()), { cell($1, place: $0) })</tr></table></td></tr></table>
        """
    }

    private func cell(_ user: DemoUser, place: Int) -> HTML {
        """
        \(if: place > 0 && place % 5 == 0, "</tr><tr>")<td align="center"  class="borderClass">
        <div style="margin-bottom: 7px;"><a href="\(context.shortLink("/profile/\(user.name)"))">\(user.name)</a></div>
        <div class="spaceit_pad lightLink"><small>\(place + 2) seconds ago</small></div>
        </td>
        """
    }
}
