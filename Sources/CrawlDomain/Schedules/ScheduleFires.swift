import WebStandards

/// The fires of a schedule: which come, which are due, and which are left out. Pure, so that all schedulers agree.
///
/// Every time is in seconds since 1970.
public struct ScheduleFires: Sendable {
    /// So many missed fires are made up for, or recorded as missed, at most; older ones are passed over.
    public static let most = 100
    /// A fire that is later than this was missed.
    public static let grace: Int64 = 60
    /// Windows that follow one another, at most; a fire that is still in one after them is dropped.
    private static let mostWindows = 64

    private let schedule: Schedule

    /// The fires of a schedule.
    public init(_ schedule: Schedule) {
        self.schedule = schedule
    }

    /// Whether the definition names this time.
    public func names(_ time: Int64) -> Bool { schedule.timing.next(after: time - 1) == time }

    /// The fires after a time and up to another one, those left out included.
    public func upcoming(after start: Int64, until end: Int64, limit: Int) -> [PlannedFire] {
        var fires: [PlannedFire] = []
        var cursor = start
        while fires.count < limit, let time = schedule.timing.next(after: cursor), time <= end {
            fires.append(planned(time))
            cursor = time
        }
        return fires
    }

    /// The fires that are still to come at `now` and up to another time, by their times: also those whose time has come, but which jitter or
    /// a blackout holds back.
    ///
    /// - Parameter considered: Up to which all have been dealt with; nil where that is not known.
    public func coming(after now: Int64, considered: Int64?, until end: Int64, limit: Int) -> [PlannedFire] {
        let earliest = max(now - longestHold(at: now), considered ?? .min)
        let held = upcoming(after: earliest, until: now, limit: .max).filter {
            $0.skip == nil && $0.start > now
        }
        return Array((held + upcoming(after: now, until: end, limit: limit)).prefix(limit))
    }

    /// How long ago a fire's time can be that waits still. Blackouts last a week at most, as they repeat.
    private func longestHold(at now: Int64) -> Int64 {
        let isHeldByBlackout = blackoutEnd(now) != nil || schedule.jitter > 0 && !schedule.blackouts.isEmpty
        return schedule.jitter + (isHeldByBlackout ? 7 * 86_400 : 0)
    }

    /// What is due at `now`, when all fires up to `considered` have been dealt with.
    ///
    /// A fire never overtakes the one before it, whatever their jitters. A clock set back gives nothing, as `considered` stays ahead of it.
    public func due(after considered: Int64, now: Int64) -> FirePlan {
        var plan = FirePlan(considered: considered)
        var cursor = beginning(after: considered, now: now)
        while let time = schedule.timing.next(after: cursor) {
            let fire = planned(time)
            let isDue = time <= now && (fire.skip != nil || fire.start <= now)
            guard isDue else {
                plan.wake = max(time, fire.start)
                break
            }
            plan.fires.append(fire)
            plan.considered = time
            cursor = time
        }
        plan.fires = caughtUp(plan.fires, now: now)
        return plan
    }

    /// When the run of a time starts.
    public func planned(_ time: Int64) -> PlannedFire {
        guard let open = firstTimeOutside(time) else { return PlannedFire(time: time, start: time, skip: .blackout) }
        if open > time {
            if schedule.blackoutPolicy == .drop { return PlannedFire(time: time, start: time, skip: .blackout) }
            if let next = schedule.timing.next(after: time), next <= open {
                return PlannedFire(time: time, start: open, skip: .superseded)
            }
        }
        let start = open + delay(of: time)
        // Jitter does not push a run into a blackout.
        return PlannedFire(time: time, start: blackoutEnd(start) == nil ? start : open)
    }
}

extension ScheduleFires {
    /// The policy for fires that nobody was there for.
    private func caughtUp(_ fires: [PlannedFire], now: Int64) -> [PlannedFire] {
        let wanted = fires.indices.filter { fires[$0].skip == nil }
        let kept: Set<Int> =
            switch schedule.catchUp {
            case .none: Set(wanted.suffix(1).filter { now - fires[$0].start <= Self.grace })
            case .latest: Set(wanted.suffix(1))
            case .all: Set(wanted.suffix(Self.most))
            }
        var fires = fires
        for index in wanted where !kept.contains(index) { fires[index].skip = .missed }
        return fires.suffix(Self.most)
    }

    /// Where to begin looking: `considered`, or later when so much has been missed since then that most of it is passed over anyway.
    private func beginning(after considered: Int64, now: Int64) -> Int64 {
        var span: Int64 = 60
        while now - span > considered {
            if upcoming(after: now - span, until: now, limit: Self.most + 1).count > Self.most { return now - span }
            span *= 4
        }
        return considered
    }

    /// The same for every scheduler: a hash of name and time.
    private func delay(of time: Int64) -> Int64 {
        guard schedule.jitter > 0 else { return 0 }
        let hash = SHA256.hash(Array("\(schedule.name)@\(time)".utf8)).prefix(8).reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return Int64(hash % UInt64(schedule.jitter + 1))
    }

    /// The first time from `time` on that is in no blackout; nil when there is none.
    private func firstTimeOutside(_ time: Int64) -> Int64? {
        var time = time
        for _ in 0..<Self.mostWindows {
            guard let end = blackoutEnd(time) else { return time }
            time = end
        }
        return nil
    }

    /// When the blackout ends that a time is in; nil outside.
    private func blackoutEnd(_ time: Int64) -> Int64? {
        let clock = time + schedule.zone.offset(at: time)
        return schedule.blackouts.compactMap { $0.end(containing: clock) }.max().map { moment(of: $0, after: time) }
    }

    /// When the clocks of the zone first show `clock` or more after a time.
    private func moment(of clock: Int64, after time: Int64) -> Int64 {
        let expected = clock - schedule.zone.offset(at: time)
        guard let change = schedule.zone.nextTransition(after: time), change <= expected else { return expected }
        return max(change, clock - schedule.zone.offset(at: change))
    }
}
