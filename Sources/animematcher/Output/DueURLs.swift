import Terminal
import WebStandards

/// How many URLs a command has made due, for people or for programs.
struct DueURLs {
    let count: Int

    init(_ count: Int) { self.count = count }

    func print(json: Bool) {
        if json { return Console.print(.object(["due": .int(Int64(count))])) }
        Console.print(count == 1 ? "1 URL is due" : "\(count) URLs are due")
    }
}
