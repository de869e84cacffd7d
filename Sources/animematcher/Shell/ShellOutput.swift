import Terminal

/// What one command prints: bounded, one line a line, without characters that move a cursor.
struct ShellOutput {
    /// Characters of the longest line.
    static let maximumWidth = 400

    private let maximumLines: Int
    private(set) var lines: [String] = []
    private var leftOut = 0

    init(maximumLines: Int) { self.maximumLines = maximumLines }

    /// Whether further lines are only counted.
    var isFull: Bool { lines.count >= maximumLines }

    /// Adds a line of the page's making.
    mutating func add(_ line: String) {
        guard !isFull else { leftOut += 1; return }
        lines.append(Console.visible(line, limit: Self.maximumWidth))
    }

    /// Adds a text of several lines.
    mutating func add(text: String) {
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) { add(String(line)) }
    }

    /// Prints it all.
    func print() {
        lines.forEach { Console.print($0) }
        if leftOut > 0 { Console.print("… \(leftOut) more; --lines shows more") }
    }
}
