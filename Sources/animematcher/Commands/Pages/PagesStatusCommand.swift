import ArgumentParser
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher pages status`.
struct PagesStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how many pages are kept of each site, and the bytes they take.",
        discussion: """
              animematcher pages status
              animematcher pages status demo --json
            """)

    @Argument(help: "The site; all of them by default.") var site: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase { database, _ in
            let status = try await database.pages.status(site: site)
            if json { return Console.print(.array(status.map(\.value))) }
            guard !status.isEmpty else { return Console.print("no pages are kept") }
            var table = Table([
                ("site", .left), ("pages", .right), ("raw", .right), ("compressed", .right),
                ("saved by sharing", .right),
                ("stored", .right), ("oldest", .left), ("newest", .left),
            ])
            for one in status {
                table.add([
                    Console.visible(one.site), String(one.pages), Self.size(one.rawBytes),
                    Self.size(one.compressedBytes),
                    "\(Self.size(one.savedBytes)) (\(one.sharedPages) pages)", Self.size(one.storedBytes),
                    one.oldest.map(Self.day) ?? "", one.newest.map(Self.day) ?? "",
                ])
            }
            table.lines.forEach { Console.print($0) }
            let unmeasured = status.reduce(0) { $0 + $1.unmeasured }
            if unmeasured > 0 {
                Console.print("\(unmeasured) pages of an older version are not in the compressed sizes")
            }
        }
    }

    private static func size(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB"]
        var (value, unit) = (Double(bytes), 0)
        while value >= 1_000, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        return unit == 0 ? "\(bytes) B" : String(format: "%.1f %@", value, units[unit] as NSString)
    }

    private static func day(_ date: Date) -> String {
        String(W3CDateTime.format(Int64(date.timeIntervalSince1970)).prefix(10))
    }
}

extension PageStatus {
    fileprivate var value: JSONValue {
        func time(_ date: Date?) -> JSONValue {
            date.map { .string(W3CDateTime.format(Int64($0.timeIntervalSince1970))) } ?? .null
        }
        return .object([
            "site": .string(site), "pages": .int(Int64(pages)), "raw_bytes": .int(Int64(rawBytes)),
            "compressed_bytes": .int(Int64(compressedBytes)), "shared_pages": .int(Int64(sharedPages)),
            "saved_bytes": .int(Int64(savedBytes)), "stored_bytes": .int(Int64(storedBytes)),
            "unmeasured": .int(Int64(unmeasured)), "oldest": time(oldest), "newest": time(newest),
        ])
    }
}
