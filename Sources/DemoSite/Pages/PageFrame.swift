/// What is around every page: head, menu, search bar, ranking and footer.
struct PageFrame {
    var title: String
    var canonicalPath: String?
    var openGraphTitle: String?
    var description = "A fictional anime database for demonstrations."
    var imagePath: String?
    var nextPath: String?
    /// The content's attributes: microdata of entries.
    var contentAttributes: HTML = ""
    var heading: HTML
    var content: HTML

    func render(_ context: PageContext) -> HTML {
        """
        \(head(context))
        <body onload=" " class="page-common" data-ms="true" data-time="0">
        <div id="myanimelist">
        <script>window.demoSite = {"layout": "desktop", "note": "1 < 2 && 3 > 2"};</script>
        <div class="wrapper"><div id="headerSmall"><a href="/" class="link-mal-logo">\(context.options.siteName)</a>
        <div id="header-menu"><div class="header-menu-login"><a class="btn-login" href="\(context.link("/login.php"))" id="malLogin">Login</a>\
        <a class="btn-signup" href="\(context.link("/register.php"))">Sign Up</a></div></div></div>
        \(SiteMenu.render(context))
        <div id="contentWrapper"\(contentAttributes)>\(heading)<div id="content">
        \(content)
        </div></div><!-- end of contentWrapper -->
        <div style="clear:both;"></div></div>
        \(SiteFooter.render(context))
        \(HTML(markup: context.options.padding.markup))
        </div></body></html>
        """
    }

    private func head(_ context: PageContext) -> HTML {
        """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
        <html lang="en" xmlns:og="http://ogp.me/ns#" class="appearance-none">
        <head>
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
        <title>
        \(title)
        </title>
        <meta name="description" content="\(description)" />
        <meta name="keywords" content="anime, demo, fictional" />
        \(with: canonicalPath, { "<link rel=\"canonical\" href=\"\(context.link($0))\" />\n" })\
        \(with: nextPath, { "<link rel=\"next\" href=\"\(context.link($0))\" />\n" })\
        <meta property="og:locale" content="en_US"><meta property="og:site_name" content="\(context.options.siteName)">\
        <meta property="og:title" content="\(openGraphTitle ?? title)">\
        \(with: imagePath, { "<meta property=\"og:image\" content=\"\(context.link($0))\">" })\
        \(with: canonicalPath, { "<meta property=\"og:url\" content=\"\(context.link($0))\">" })
        <link rel="stylesheet" type="text/css" href="/static/assets/css/pc/style.css" />
        <style>.hide{display:none} body > div{margin:0}</style>
        </head>
        """
    }
}
