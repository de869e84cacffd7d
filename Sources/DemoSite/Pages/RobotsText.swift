/// `/robots.txt`.
enum RobotsText {
    static func render(_ context: PageContext) -> String {
        var lines = ["User-agent: *"]
        lines += context.options.disallowed.map { "Disallow: \($0)" }
        if let delay = context.options.crawlDelay { lines.append("Crawl-delay: \(seconds(delay))") }
        if let hours = context.options.visitTime { lines.append("Visit-time: \(hours)") }
        if let rate = context.options.requestRate { lines.append("Request-rate: \(rate)") }
        lines += ["", "User-agent: UnwelcomeBot", "Disallow: /", "", "Sitemap: \(context.link("/sitemap.xml"))", ""]
        return lines.joined(separator: "\n")
    }

    private static func seconds(_ delay: Double) -> String {
        delay == delay.rounded() ? String(Int(delay)) : String(delay)
    }
}
