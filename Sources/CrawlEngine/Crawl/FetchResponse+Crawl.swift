import CrawlDomain
import Fetching
import WebStandards
import Foundation

extension FetchResponse {
    /// Whether it only says where the page is; 304 says that there is nothing new.
    var isRedirect: Bool { (300..<400).contains(status) && status != 304 }

    var contentType: String? { headers.first("content-type") }

    /// How the host took a request, as far as status and headers tell.
    ///
    /// - Parameter ofRules: Whether it was for robots.txt.
    func health(ofRules: Bool) -> HostAnswer {
        switch status {
        case 429, 503:
            let now = Int64(Date().timeIntervalSince1970)
            let seconds = RetryAfter.seconds(headers.all("retry-after"), now: now)
            return .overloaded(status: status, retryAfter: seconds.map { .seconds($0) })
        case 500...: return .failed(.serverError)
        default:
            let latency = timing.firstByte
            return ofRules ? .rules(status: status, latency: latency) : .answered(status: status, latency: latency)
        }
    }

    /// How the host took the request for a page that was read; a captcha with status 200 is no health.
    func health(of page: Extraction) -> HostAnswer {
        let drop = page.pageDrop
        let isStandard = drop.map { $0 == VerdictRule.standard(status: status) } ?? false
        // What gave something is a page, whatever words it has.
        switch page.items.isEmpty ? BlockMarks.finding(status: status, headers: headers, body: body) : nil {
        case .blocked(let reason)?: return .blocked(reason: "blocked us: \(reason)")
        case .loginWall?: return .refused(status: status, latency: timing.firstByte)
        case nil: break
        }
        switch drop?.reason {
        case .captcha?: return .blocked(reason: "blocked us: a captcha")
        case .blocked? where !isStandard: return .blocked(reason: "blocked us")
        case .blocked?, .loginWall?: return .refused(status: status, latency: timing.firstByte)
        case .emptyPage?, .truncatedPage?: return .reduced(latency: timing.firstByte)
        default: return health(ofRules: false)
        }
    }
}
