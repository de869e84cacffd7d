/// Pages with little on them, in the site's frame.
enum PlainPages {
    static func notFound(_ context: PageContext) -> HTML {
        let content: HTML = """
            <div class="error404" title="This page doesn't exist."><a href="\(context.link("/"))" class="btn-home"></a>
            <p class="message">This page doesn't exist.</p></div>
            """
        return frame("404 Not Found", content, context)
    }

    static func unavailable(_ context: PageContext) -> HTML {
        frame("503 Service Unavailable", "<div class=\"badresult\">This page is currently unavailable.</div>", context)
    }

    static func privateList(_ context: PageContext) -> HTML {
        frame(
            "Access Denied", "<div class=\"badresult\">Access to this list has been restricted by the owner.</div>",
            context)
    }

    static func login(_ context: PageContext) -> HTML {
        let content: HTML = """
            <div class="page-login-block"><form method="post" name="loginForm" action="\(context.link("/login.php"))">\
            <input type="text" name="user_name"><input type="password" name="password"><input type="submit" value="Login"></form></div>
            """
        return frame("Login", content, context)
    }

    static func home(_ context: PageContext) -> HTML {
        let newest = context.catalogue.anime.suffix(10).reversed()
        let content: HTML = """
            <div class="widget"><h2>Latest entries</h2><ul>\(each: newest, { entry in
                "<li><a href=\"\(context.link(entry.path))\">\(entry.title)</a></li>\n"
            })</ul></div>\(context.options.hasTraps ? traps(context) : "")
            """
        return frame("Home", content, context)
    }

    private static func traps(_ context: PageContext) -> HTML {
        "<p><a href=\"\(context.link("/trap/"))\">More and more</a></p>"
    }

    /// A page that exists on the real site and has no content here.
    static func stub(_ title: String, _ context: PageContext) -> HTML {
        frame(title, "<p>This part of the demo site is empty.</p>", context)
    }

    private static func frame(_ title: String, _ content: HTML, _ context: PageContext) -> HTML {
        PageFrame(
            title: "\(title) - \(context.options.siteName)", heading: "<div><h1 class=\"h1\">\(title)</h1></div>",
            content: content
        ).render(context)
    }
}
