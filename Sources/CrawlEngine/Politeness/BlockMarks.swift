public import WebStandards

/// Recognises answers by which protections in front of sites turn crawlers away, for spiders that have no verdict of their own.
///
/// What it knows is what such products write themselves: a header, or a script of theirs in a page that has little else. A word such as
/// "captcha" in a page proves nothing.
public enum BlockMarks {
    /// A page of content is larger than this; what a protection shows is not.
    static let largestPage = 64 << 10

    /// What the answer says of us; nil when it is none of these.
    ///
    /// - Parameter body: Looked at where it is short, and only for statuses with which such pages come.
    public static func reason(status: Int, headers: HeaderFields, body: [UInt8]) -> String? {
        if headers.all("cf-mitigated").contains(where: { $0.lowercased().contains("challenge") }) {
            return "a challenge (cf-mitigated)"
        }
        guard [200, 202, 401, 403, 405, 429, 503].contains(status), body.count <= largestPage else { return nil }
        let text = String(decoding: body, as: UTF8.self).lowercased()
        return marks.first { $0.texts.allSatisfy(text.contains) }?.reason
    }

    /// All texts of a mark must be there, in small letters.
    private static let marks: [(texts: [String], reason: String)] = [
        (["/cdn-cgi/challenge-platform/", "<title>just a moment"], "a challenge (Cloudflare)"),
        (["cf-browser-verification"], "a challenge (Cloudflare)"),
        (["<title>attention required! | cloudflare"], "blocked (Cloudflare)"),
        (["/_incapsula_resource", "incident"], "blocked (Imperva)"),
        (["<title>access denied", "errors.edgesuite.net"], "blocked (Akamai)"),
        (["sucuri website firewall", "access denied"], "blocked (Sucuri)"),
        (["captcha-delivery.com"], "a captcha (DataDome)"),
        (["px-captcha"], "a captcha (PerimeterX)"),
        (["awswafintegration", "challenge.js"], "a challenge (AWS WAF)"),
        (["ddos-guard", "checking your browser"], "a challenge (DDoS-Guard)"),
    ]
}
