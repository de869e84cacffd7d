/// Which state of the data was taken out.
public struct ExportExtent: Sendable, Hashable {
    /// The change after which; nil for everything.
    public var since: Int?
    /// The newest change that is in it: what an export since this one brings is all that is missing.
    public var until: Int
    /// Moments of which it shows the data: one, but where it took longer than the server keeps a moment. What changed between two of them
    /// may be in it or not, and is in the next export since `until`.
    public var moments: Int

    init(since: Int?, until: Int, moments: Int = 1) {
        (self.since, self.until, self.moments) = (since, until, moments)
    }
}
