import Indexing

/// The picture of an anime, for the template `cover`.
struct CoverModel: Sendable, Hashable {
    /// Where it is; nil without one.
    let image: String?
    /// What stands in its place.
    let initial: String

    init(title: String, imageURL: String?) {
        image = ImagePolicy.current.address(of: imageURL)
        initial = title.first { $0.isLetter || $0.isNumber }.map { String($0).uppercased() } ?? "?"
    }
}
