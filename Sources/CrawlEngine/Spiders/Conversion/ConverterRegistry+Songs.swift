import WebStandards

extension ConverterRegistry {
    mutating func registerSongs() {
        register("song-line", EachConverter(text: { Song($0)?.line.map(JSONValue.string) }))
        register("song", Self.song)
    }

    /// `{song: opening}`: an object with the song's parts, as far as they can be told.
    private static let song: Maker = { options in
        guard let kind = options.requireArgument("opening or ending")?.choice(of: Song.Kind.self) else { return nil }
        return EachConverter(text: { Song($0)?.value(kind: kind) })
    }
}
