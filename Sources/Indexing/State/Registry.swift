/// Gives names numbers: 0, 1, 2 … in the order of first sight.
///
/// Numbers never move, so adding an anime leaves every stored row where it is. One whose name is gone may be given to another name.
struct Registry: Sendable, Equatable {
    private(set) var names: [String]
    private var numbers: [String: Int32]

    init(names: [String] = []) {
        self.names = names
        numbers = Dictionary(names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    }

    var count: Int { names.count }

    /// The number of a known name.
    subscript(name: String) -> Int32? { numbers[name] }

    /// The number of a name, given now if it is new.
    mutating func number(of name: String) -> Int32 {
        if let known = numbers[name] { return known }
        let number = Int32(names.count)
        names.append(name)
        numbers[name] = number
        return number
    }

    /// Gives the number of a name that is gone to a new one.
    mutating func give(_ number: Int32, to name: String) {
        numbers[names[Int(number)]] = nil
        names[Int(number)] = name
        numbers[name] = number
    }
}
