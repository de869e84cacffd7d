/// One person's opinion of one entry.
public struct DemoReview: Sendable, Hashable, Identifiable {
    /// What the reviewer makes of it.
    public enum Verdict: String, Sendable, Hashable {
        case recommended = "Recommended"
        case mixedFeelings = "Mixed Feelings"
        case notRecommended = "Not Recommended"
    }

    /// Its number, unique in the catalogue.
    public var id: Int
    /// The reviewer's name.
    public var author: String
    /// The day it was written.
    public var date: CivilDate
    /// Minutes after midnight.
    public var minute: Int
    /// What the reviewer makes of it.
    public var verdict: Verdict
    /// Episodes seen when the reviewer had not finished, else nil.
    public var preliminaryEpisodes: Int?
    /// Whether it gives the plot away.
    public var isSpoiler: Bool
    /// 1 to 10.
    public var rating: Int
    /// Nice, love it, funny, confusing, informative, well-written, creative.
    public var reactions: [Int]
    /// Paragraphs, divided by an empty line.
    public var text: String
}
