public import WebStandards

/// Recognises answers by which sites and what protects them turn crawlers away, for spiders that have no verdict of their own.
///
/// What it knows is what such products write themselves: a header, or a title or sentence of theirs in a short page. Their scripts stand in
/// good pages too, and a word such as "captcha" proves nothing.
public enum BlockMarks {
    /// What an answer is.
    public enum Finding: Sendable, Hashable {
        /// The host wants no crawler; how it said so.
        case blocked(String)
        /// A page is shown to members only.
        case loginWall
    }

    /// A page of content is larger than this; what a protection shows is not.
    static let largestPage = 64 << 10

    /// What the answer says of us; nil when it is none of these.
    ///
    /// - Parameter body: Looked at where it is short, and only for statuses with which such pages come.
    public static func finding(status: Int, headers: HeaderFields, body: [UInt8]) -> Finding? {
        if headers.all("cf-mitigated").contains(where: { $0.lowercased().contains("challenge") }) {
            return .blocked("a challenge (cf-mitigated)")
        }
        guard [200, 202, 401, 403, 405, 429, 503].contains(status), body.count <= largestPage else { return nil }
        let text = String(decoding: body, as: UTF8.self).lowercased()
        if let mark = marks.first(where: { $0.texts.allSatisfy(text.contains) }) { return .blocked(mark.reason) }
        return isLogin(text) ? .loginWall : nil
    }

    /// All texts of a mark must be there, in small letters.
    private static let marks: [(texts: [String], reason: String)] = [
        (["<title>just a moment...</title>"], "a challenge (Cloudflare)"),
        (["cf-browser-verification", "checking your browser"], "a challenge (Cloudflare)"),
        (["<title>attention required! | cloudflare"], "a block page (Cloudflare)"),
        (["request unsuccessful. incapsula incident id"], "a block page (Imperva)"),
        (["<title>pardon our interruption"], "a block page (Imperva)"),
        (["<title>access denied", "errors.edgesuite.net"], "a block page (Akamai)"),
        (["sucuri website firewall - access denied"], "a block page (Sucuri)"),
        (["geo.captcha-delivery.com/captcha"], "a captcha (DataDome)"),
        (["id=\"px-captcha\"", "_pxappid"], "a captcha (PerimeterX)"),
        (["awswafintegration", "gokuprops"], "a challenge (AWS WAF)"),
        (["<title>ddos-guard</title>"], "a challenge (DDoS-Guard)"),
    ]

    /// A page that calls itself a login and asks for a password; many a page has such a form beside what it is about.
    private static func isLogin(_ text: String) -> Bool {
        guard text.contains("type=\"password\""), let start = text.firstRange(of: "<title>"),
            let end = text.firstRange(of: "</title>")
        else { return false }
        guard start.upperBound < end.lowerBound else { return false }
        let title = text[start.upperBound..<end.lowerBound]
        let words = title.split { !$0.isLetter }
        return ["login", "signin"].contains { word in words.contains { $0 == word } }
            || title.contains("log in") || title.contains("sign in")
    }
}
