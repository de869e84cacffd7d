import CrawlDomain
import WebStandards

/// Tells URLs of which a site can make any number from those of its pages, by their look alone.
///
/// Sources: Heritrix's PathologicalPathDecideRule and TooManyPathSegmentsDecideRule; the calendar and pagination rules are what operators of
/// Nutch and Norconex write as regular expressions by hand.
struct TrapRules: Sendable {
    let limits: LinkLimits

    /// Why a URL is not followed; nil when it may be.
    ///
    /// - Parameters:
    ///   - depth: Links from a seed to it.
    ///   - kind: The page kind that reads it; what it captures as an id is no year.
    ///   - year: The current one.
    func refusal(of url: WebURL, depth: Int, kind: PageKind?, year: Int) -> LinkRefusal? {
        if depth > limits.depth { return .depth }
        if url.href.utf8.count > limits.urlLength { return .urlLength }
        let shape = URLShape(url)
        if shape.segments.count > limits.pathSegments { return .pathSegments }
        if shape.parameters.count > limits.parameters { return .parameters }
        if hasRepeats(shape) { return .repeats }
        if limits.stripsSessionIDs, shape.segments.contains(where: { SessionID.isSegment(shape.bytes($0)) }) {
            return .sessionIDs
        }
        if let offset = offset(of: shape), offset > kind?.largestOffset ?? limits.offset { return .offset }
        if let part = farYear(of: shape, year: year), !isID(part, in: shape, url: url, kind: kind) { return .years }
        return nil
    }

    /// Whether a group of segments follows itself more often than allowed, or one segment comes twice as often as that anywhere.
    private func hasRepeats(_ shape: URLShape) -> Bool {
        let segments = shape.segments
        guard segments.count > limits.repeats else { return false }
        for period in 1...max(1, segments.count / (limits.repeats + 1)) {
            var run = 0
            for index in segments.indices.dropFirst(period) {
                run = shape.isSame(segments[index], segments[index - period]) ? run + 1 : 0
                if run >= period * limits.repeats { return true }
            }
        }
        guard segments.count > 2 * limits.repeats else { return false }
        return segments.contains { one in segments.count { shape.isSame(one, $0) } > 2 * limits.repeats }
    }

    private static let offsetNames: Set<String> = [
        "page", "p", "pg", "pn", "paged", "start", "offset", "limit", "show", "skip",
    ]

    /// Where in a list the URL leads: a parameter, or `/page/7`.
    private func offset(of shape: URLShape) -> Int? {
        var largest: Int?
        for parameter in shape.parameters where parameter.name.count <= 6 {
            guard let number = shape.number(parameter.value), Self.offsetNames.contains(shape.text(parameter.name))
            else { continue }
            largest = max(largest ?? 0, number)
        }
        for (part, next) in zip(shape.segments, shape.segments.dropFirst()) where part.count == 4 {
            guard let number = shape.number(next), shape.text(part) == "page" else { continue }
            largest = max(largest ?? 0, number)
        }
        return largest
    }

    private static let yearNames: Set<String> = ["year", "yr", "y"]
    private static let dayNames: Set<String> = ["month", "mon", "m", "week", "day", "d"]

    /// The year of a date that is too far from now: `/2093/05`, `/2093-05-01`, `year=2093&month=5`, `date=2093-05-01`.
    private func farYear(of shape: URLShape, year now: Int) -> Range<Int>? {
        func isFar(_ year: Int) -> Bool { year > now + limits.yearsAhead || year < now - limits.yearsBack }
        for (index, segment) in shape.segments.enumerated() where segment.count >= 4 {
            let next = index + 1 < shape.segments.count ? shape.segments[index + 1] : nil
            let isFollowed = next.map { isMonth($0, shape) } ?? false
            if let year = isFollowed ? fourDigits(segment, shape) : dated(segment, shape), isFar(year) {
                return segment
            }
        }
        let hasDay = shape.parameters.contains { $0.name.count <= 5 && Self.dayNames.contains(shape.text($0.name)) }
        for parameter in shape.parameters {
            let isYear = hasDay && parameter.name.count <= 4 && Self.yearNames.contains(shape.text(parameter.name))
            if let year = isYear ? shape.number(parameter.value) : dated(parameter.value, shape), isFar(year) {
                return parameter.value
            }
        }
        return nil
    }

    private func fourDigits(_ part: Range<Int>, _ shape: URLShape) -> Int? {
        part.count == 4 ? shape.number(part) : nil
    }

    private func isMonth(_ part: Range<Int>, _ shape: URLShape) -> Bool {
        part.count <= 2 && shape.number(part).map { (1...12).contains($0) } ?? false
    }

    /// The year of `YYYY-MM` or `YYYY-MM-DD`.
    private func dated(_ part: Range<Int>, _ shape: URLShape) -> Int? {
        let start = part.lowerBound
        guard part.count == 7 || part.count == 10, shape.text(start + 4..<start + 5) == "-",
            isMonth(start + 5..<start + 7, shape), part.count == 7 || shape.text(start + 7..<start + 8) == "-"
        else { return nil }
        return shape.number(start..<start + 4)
    }

    private static let dateNames = yearNames.union(dayNames).union(["date", "from", "to"])

    /// Whether the page kind reads it as something else than a date: `/anime/2093/…` is an anime.
    private func isID(_ part: Range<Int>, in shape: URLShape, url: WebURL, kind: PageKind?) -> Bool {
        let text = shape.text(part)
        return kind?.captures(of: url)?.contains { $0.value == text && !Self.dateNames.contains($0.key) } ?? false
    }
}
