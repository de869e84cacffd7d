import HTTPTypes
import Hummingbird

/// What went wrong, for somebody who looks at it in a browser.
struct ProblemPage: Sendable, Hashable {
    let heading: String
    let detail: String
    /// What to do about it; nil when nothing helps.
    let advice: String?

    init(_ problem: Problem) {
        heading = Self.heading(problem.status)
        // A sentence begins with a capital, the name of a field stays as it is.
        let isSentence = problem.detail.prefix { $0 != " " }.allSatisfy(\.isLetter)
        detail = isSentence ? problem.detail.prefix(1).uppercased() + problem.detail.dropFirst() : problem.detail
        advice = Self.advice(problem)
    }

    /// Whether an answer to a request is looked at as a page: what programs ask for is not.
    static func isWanted(path: String, accept: String?) -> Bool {
        !path.hasPrefix("/api/") && (accept ?? "").lowercased().contains("text/html")
    }

    private static func heading(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 404: "Not found"
        case 400, 422: "That could not be understood"
        case 413: "That is too much at once"
        case 429: "Too many requests"
        case 503: "Not ready yet"
        case 500...: "Something went wrong here"
        default: status.reasonPhrase
        }
    }

    private static func advice(_ problem: Problem) -> String? {
        if let seconds = problem.retryAfter { return "Try again in \(seconds) second\(seconds == 1 ? "" : "s")." }
        return switch problem.status.code {
        case 503: "Try again in a moment."
        case 500...: "It has been written to the log. Try again in a moment."
        default: nil
        }
    }
}
