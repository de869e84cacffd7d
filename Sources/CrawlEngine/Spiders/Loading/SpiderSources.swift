import Foundation
import WebStandards

/// A spider's file and those it extends, the nearest first.
struct SpiderSources {
    /// The name of the spider's own file, without its ending.
    let site: String
    let files: [YAMLFile]
    /// The top level of each file.
    let maps: [YAMLMap]
    /// Changes when a file changes.
    let version: String

    private static let maximumFiles = 4

    init(file site: String, directory: String) throws(SpiderError) {
        self.site = site
        var seen: Set<String> = []
        var (files, maps, bytes): ([YAMLFile], [YAMLMap], [UInt8]) = ([], [], [])
        var next: (site: String, node: YAMLNode?)? = (site, nil)
        while let (site, node) = next {
            let path = "\(directory)/\(site).yaml"
            if let node, seen.contains(site) { throw Self.circle(node, to: site) }
            seen.insert(site)
            guard Self.isName(site), let data = FileManager.default.contents(atPath: path) else {
                throw Self.missing(path, askedFor: node, in: directory)
            }
            guard files.count < Self.maximumFiles else { throw Self.tooMany(path) }
            do throws(YAMLError) {
                files.append(try YAMLFile(name: path, bytes: Array(data)))
            } catch {
                throw SpiderError(.invalid, error.mistakes)
            }
            bytes += data
            guard let map = files[files.count - 1].root.map() else {
                throw SpiderError(.invalid, files.flatMap(\.mistakes))
            }
            maps.append(map)
            next = map.take("extends").flatMap { node in node.string().map { ($0, node) } }
        }
        (self.files, self.maps) = (files, maps)
        version = SHA256.hash(bytes).prefix(4).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    }

    /// A top-level value: of the spider's own file, else of the one it extends.
    func value(_ key: String) -> YAMLNode? {
        maps.map { $0.take(key) }.first { $0 != nil } ?? nil
    }

    /// A top-level map of named things, each thing from the nearest file that has it; the farthest file gives the order.
    func entries(_ key: String) -> [YAMLMap.Entry] {
        var entries: [YAMLMap.Entry] = []
        for map in maps.reversed() {
            for entry in map.take(key)?.map()?.entries ?? [] {
                if let index = entries.firstIndex(where: { $0.key == entry.key }) {
                    entries[index] = entry
                } else {
                    entries.append(entry)
                }
            }
        }
        return entries
    }

    private static func isName(_ site: String) -> Bool {
        !site.isEmpty && site.utf8.count <= 64
            && site.utf8.allSatisfy {
                $0 == 0x2D || $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
            }
    }

    private static func missing(_ path: String, askedFor node: YAMLNode?, in directory: String) -> SpiderError {
        guard let node else {
            let known = SpiderLoader.sites(in: directory)
            let hint = known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"
            return SpiderError(.notFound, [YAMLMistake(file: path, message: "there is no such spider\(hint)")])
        }
        let message = "there is no spider '\(path)' to extend"
        return SpiderError(
            .invalid, [YAMLMistake(file: node.file.name, line: node.line, column: node.column, message: message)])
    }

    private static func circle(_ node: YAMLNode, to site: String) -> SpiderError {
        let message = "'\(site)' would extend itself; expected another spider, or no extends"
        return SpiderError(
            .invalid, [YAMLMistake(file: node.file.name, line: node.line, column: node.column, message: message)])
    }

    private static func tooMany(_ path: String) -> SpiderError {
        SpiderError(
            .invalid, [YAMLMistake(file: path, message: "more than \(maximumFiles) spiders extend one another")])
    }
}
