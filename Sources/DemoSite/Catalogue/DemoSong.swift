/// An opening or ending song.
public struct DemoSong: Sendable, Hashable {
    /// Its title, without quotation marks.
    public var title: String
    /// Who sings it, nil when nobody wrote it down.
    public var artist: String?
    /// "eps 1-12", nil for all.
    public var episodes: String?

    /// A song.
    public init(title: String, artist: String?, episodes: String? = nil) {
        self.title = title
        self.artist = artist
        self.episodes = episodes
    }
}
