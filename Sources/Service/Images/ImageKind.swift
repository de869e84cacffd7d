/// What an image is, told by its first bytes: what a server says of it, or its name, is not believed. SVG is none: it is a program.
enum ImageKind: String, CaseIterable {
    case jpeg, png, webp, gif, avif

    init?(_ bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(16))
        func has(_ text: String, at start: Int) -> Bool { head.dropFirst(start).starts(with: text.utf8) }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("GIF87a", at: 0) || has("GIF89a", at: 0) {
            self = .gif
        } else if has("ftypavif", at: 4) || has("ftypavis", at: 4) {
            self = .avif
        } else {
            return nil
        }
    }

    var mediaType: String { "image/\(rawValue)" }
}
