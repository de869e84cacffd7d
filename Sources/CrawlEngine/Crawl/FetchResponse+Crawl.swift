import Fetching
import WebStandards
import Foundation

extension FetchResponse {
    /// Whether it only says where the page is; 304 says that there is nothing new.
    var isRedirect: Bool { (300..<400).contains(status) && status != 304 }

    var contentType: String? { headers.first("content-type") }

    /// How the host took the request.
    var healthReport: HostSchedule.Answer {
        switch status {
        case 429, 503:
            let now = Int64(Date().timeIntervalSince1970)
            let seconds = RetryAfter.seconds(headers.all("retry-after"), now: now)
            return .overloaded(status: status, retryAfter: seconds.map { .seconds($0) })
        case 500...: return .failed
        default: return .answered(status: status, latency: timing.firstByte)
        }
    }
}
