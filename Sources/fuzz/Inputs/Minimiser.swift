/// Makes a failing input smaller while it still fails.
///
/// Source: Zeller & Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", TSE 28(2), 2002, without the subsets.
struct Minimiser {
    /// Tries, each of which runs a process.
    let maximumTries: Int

    /// The smallest failing input found.
    func minimised(_ input: [UInt8], fails: ([UInt8]) async -> Bool) async -> [UInt8] {
        var (best, tries) = (input, 0)
        var size = max(1, best.count / 2)
        while true {
            var (start, wasShortened) = (0, false)
            while start < best.count, tries < maximumTries {
                var candidate = best
                candidate.removeSubrange(start..<min(start + size, best.count))
                tries += 1
                if await fails(candidate) {
                    best = candidate
                    wasShortened = true
                } else {
                    start += size
                }
            }
            if tries >= maximumTries || (size == 1 && !wasShortened) { return best }
            size = max(1, size / 2)
        }
    }
}
