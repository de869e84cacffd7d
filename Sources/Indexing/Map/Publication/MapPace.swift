/// When a story map is made anew.
public struct MapPace: Sendable, Hashable {
    /// It is when so much of the descriptions has changed, as a part of all, or when the topics were fitted anew;
    public var drift: Double
    /// once they have stayed as they are for so long,
    public var quiet: Duration
    /// or so long after they changed first, at the latest;
    public var longest: Duration
    /// but never sooner after the map before than so many times the time that one took.
    public var rest: Double
    /// How often is looked.
    public var look: Duration

    /// Makes a pace; the defaults take a twentieth of one processor while a crawl changes everything, and nothing otherwise.
    public init(
        drift: Double = 0.05, quiet: Duration = .seconds(30), longest: Duration = .seconds(600), rest: Double = 20,
        look: Duration = .seconds(3)
    ) {
        (self.drift, self.quiet, self.longest, self.rest, self.look) = (drift, quiet, longest, rest, look)
    }
}

/// Decides when a map is made: a value, told what there is and what time it is.
struct MapTiming {
    /// What a map is made of, as far as it says whether one is due.
    struct Subject: Equatable {
        /// The hash of the topics; empty where there are none.
        var topics: String
        /// Descriptions changed since they were fitted.
        var topicsChanges: Int
    }

    let pace: MapPace
    private var due: (first: ContinuousClock.Instant, changed: ContinuousClock.Instant, subject: Subject)?
    private var restEnds: ContinuousClock.Instant?

    init(_ pace: MapPace) { self.pace = pace }

    /// - Parameters:
    ///   - subject: As the newest index version has it.
    ///   - anime: How many there are.
    ///   - drawn: As the newest map was made of; nil without one.
    mutating func isDue(_ subject: Subject, anime: Int, drawn: Subject?, now: ContinuousClock.Instant) -> Bool {
        guard !subject.topics.isEmpty, isStale(subject, anime: anime, drawn) else {
            due = nil
            return false
        }
        let first = due?.first ?? now
        let changed = due?.subject == subject ? due?.changed ?? now : now
        due = (first, changed, subject)
        if let restEnds, now < restEnds { return false }
        // The first one is waited for.
        return drawn == nil || now >= min(changed + pace.quiet, first + pace.longest)
    }

    /// A map was made.
    mutating func made(in seconds: Double, now: ContinuousClock.Instant) {
        due = nil
        restEnds = now + .seconds(seconds * pace.rest)
    }

    /// None could be made, or somebody else was quicker: it is not tried again at once, whatever is due.
    mutating func failed(after seconds: Double, now: ContinuousClock.Instant) {
        let end = now + max(.seconds(seconds * pace.rest), pace.quiet)
        restEnds = max(restEnds ?? end, end)
    }

    private func isStale(_ subject: Subject, anime: Int, _ drawn: Subject?) -> Bool {
        guard let drawn, drawn.topics == subject.topics else { return true }
        return Double(subject.topicsChanges - drawn.topicsChanges) > pace.drift * Double(max(anime, 1))
    }
}
