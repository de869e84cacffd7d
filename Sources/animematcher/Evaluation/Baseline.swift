import ArgumentParser

/// What our recommendations are compared with.
enum Baseline: String, CaseIterable, ExpressibleByArgument {
    case popularity
    case itemNeighbours = "item-knn"
    case ease
    case slim
    case binarySLIM = "slim-binary"
    case nmf
    case sitePopularity = "site-popularity"
    case mean
    case biases
    case ratingNeighbours = "knn-baseline"

    /// Dense methods need 4 bytes × items² or more, and work in proportion; above this they run only when named.
    static let denseItems = 8_000
    /// Beyond this not even then.
    static let mostDenseItems = 30_000

    var isDense: Bool {
        switch self {
        case .ease, .slim, .binarySLIM, .ratingNeighbours: true
        default: false
        }
    }

    /// Whether it says anything of items that nobody has rated.
    var knowsColdItems: Bool { self == .sitePopularity }

    /// Whether it predicts ratings and makes no lists.
    var onlyPredicts: Bool {
        switch self {
        case .mean, .biases, .ratingNeighbours: true
        default: false
        }
    }

    /// Reads `all`, `none`, or names with commas between.
    static func chosen(_ text: String) throws -> (baselines: [Baseline], areNamed: Bool) {
        switch text {
        case "all": return (allCases, false)
        case "none": return ([], false)
        default:
            let names = try text.split(separator: ",").map { name in
                guard let known = Baseline(rawValue: String(name)) else {
                    let all = allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--baselines: expected all, none, or some of \(all), not '\(name)'")
                }
                return known
            }
            return (allCases.filter(names.contains), true)
        }
    }
}
