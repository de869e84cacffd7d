import CrawlEngine
import Foundation
import Testing

@testable import Service

@Suite("ImageKind") struct ImageKindTests {
    @Test("images are told by their first bytes; what is a program or a page is none")
    func kinds() {
        #expect(ImageKind([0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
        #expect(ImageKind([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .png)
        #expect(ImageKind(Array("RIFF0000WEBPVP8 ".utf8)) == .webp)
        #expect(ImageKind(Array("GIF89a".utf8)) == .gif)
        #expect(ImageKind(Array("0000ftypavif".utf8)) == .avif)
        for text in [
            "", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!doctype html>", "GIF90a", "RIFF0000WAVE",
            "\u{FF}\u{D8}",
        ] {
            #expect(ImageKind(Array(text.utf8)) == nil, "\(text)")
        }
    }
}

@Suite("ImagePolicy") struct ImagePolicyTests {
    private func policy(_ mode: ImageSettings.Mode, hosts: [String] = ["img.example", "*.cdn.example"]) -> ImagePolicy {
        var settings = ImageSettings()
        (settings.mode, settings.hosts) = (mode, hosts)
        return ImagePolicy(settings: settings)
    }

    @Test("a page links to hosts that are named, always with https, and to no other")
    func links() {
        let policy = policy(.links)
        #expect(policy.address(of: "http://img.example/a.jpg") == "https://img.example/a.jpg")
        #expect(policy.address(of: "https://a.cdn.example/b.webp") == "https://a.cdn.example/b.webp")
        for other in [
            "https://cdn.example/x.jpg", "https://img.example.evil.test/x", "https://evilcdn.example/x",
            "http://127.0.0.1:9/x",
            "https://img.example@evil.test/x", "javascript:alert(1)", "data:image/png;base64,AA", "",
        ] {
            #expect(policy.address(of: other) == nil, "\(other)")
        }
        #expect(policy.address(of: nil) == nil)
    }

    @Test("the browser may load from where the page links to, and else from here alone")
    func sources() {
        #expect(policy(.links).sources == "'self' https://img.example https://*.cdn.example")
        #expect(policy(.links, hosts: ["127.0.0.1"]).sources == "'self' http://127.0.0.1:*")
        #expect(policy(.cache).sources == "'self'")
        #expect(policy(.none).sources == "'self'")
    }

    @Test("with the cache a page names images by fingerprints; without images by nothing")
    func modes() throws {
        let address = try #require(policy(.cache).address(of: "https://img.example/a.jpg"))
        #expect(ImageShelf.isName(String(address.dropFirst("/images/".count))))
        #expect(policy(.cache).address(of: "https://elsewhere.example/a.jpg") == nil)
        #expect(policy(.none).address(of: "https://img.example/a.jpg") == nil)
    }
}

@Suite("ImageShelf") struct ImageShelfTests {
    private func folder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("images-\(UUID().uuidString)")
    }

    private func name(_ number: Int) -> String { String(repeating: "\(number)", count: 32) }

    @Test("what was not looked at for longest goes when there is no more room, and the rest is there the next time")
    func eviction() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var shelf = try ImageShelf(folder: folder, mostBytes: 100)
        for number in 1...3 { shelf.write(Array(repeating: UInt8(number), count: 30), as: name(number)) }
        let first = shelf.read(name(1))
        #expect(first == Array(repeating: 1, count: 30))
        shelf.write(Array(repeating: 4, count: 30), as: name(4))
        #expect(shelf.names == [name(1), name(3), name(4)])
        let gone = shelf.read(name(2))
        #expect(gone == nil)
        #expect(shelf.bytes == 90)
        #expect(try ImageShelf(folder: folder, mostBytes: 100).names == shelf.names)
        #expect(try ImageShelf(folder: folder, mostBytes: 60).bytes <= 60)
    }

    @Test("what is a month old is no longer there, until it is written anew")
    func aged() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var shelf = try ImageShelf(folder: folder, mostBytes: 100)
        shelf.write([1], as: name(1))
        let (fresh, aged) = (shelf.read(name(1)), shelf.read(name(1), now: Date() + 30 * 86_400 + 1))
        #expect(fresh == [1] && aged == nil)
        let old = Date() - 31 * 86_400
        try FileManager.default.setAttributes(
            [.modificationDate: old], ofItemAtPath: folder.appendingPathComponent(name(1)).path)
        var again = try ImageShelf(folder: folder, mostBytes: 100)
        let before = again.read(name(1))
        again.write([2], as: name(1))
        let after = again.read(name(1))
        #expect(before == nil && after == [2])
    }

    @Test("names that are no fingerprints are neither written nor taken over")
    func names() throws {
        let parent = folder()
        let folder = parent.appendingPathComponent("shelf")
        defer { try? FileManager.default.removeItem(at: parent) }
        var shelf = try ImageShelf(folder: folder, mostBytes: 100)
        shelf.write([1], as: "../outside")
        shelf.write([1], as: name(1).uppercased() + "x")
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["shelf"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        try Data([1]).write(to: folder.appendingPathComponent("notes.txt"))
        #expect(try ImageShelf(folder: folder, mostBytes: 100).names.isEmpty)
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("notes.txt").path))
    }
}

@Suite("ImageTurns") struct ImageTurnsTests {
    @Test("a host is asked one thing at a time, with a pause after each answer")
    func pause() {
        var turns = ImageTurns(pause: .seconds(1))
        let now = ContinuousClock.now
        let answer1 = turns.decide("a", now: now)
        #expect(answer1 == .ask)
        let answer2 = turns.decide("b", now: now)
        #expect(answer2 == .ask)
        let answer3 = turns.decide("a", now: now)
        #expect(answer3 != .ask)
        turns.answered("a", closedFor: nil, now: now + .seconds(5))
        let answer4 = turns.decide("a", now: now + .seconds(5))
        #expect(answer4 == .wait(.seconds(1)))
        let answer5 = turns.decide("a", now: now + .seconds(6))
        #expect(answer5 == .ask)
    }

    @Test("one that has had enough is left alone, and only so many wait")
    func closed() {
        var turns = ImageTurns()
        let now = ContinuousClock.now
        for _ in 0..<ImageTurns.mostWaiting {
            let isIn = turns.enter("a", now: now)
            #expect(isIn)
        }
        let answer6 = turns.enter("a", now: now)
        #expect(!answer6)
        turns.leave("a")
        let answer7 = turns.enter("a", now: now)
        #expect(answer7)
        let answer8 = turns.decide("a", now: now)
        #expect(answer8 == .ask)
        turns.answered("a", closedFor: .seconds(60), now: now)
        let answer9 = turns.decide("a", now: now + .seconds(59))
        #expect(answer9 == .refuse)
        turns.leave("a")
        let answer10 = turns.enter("a", now: now + .seconds(59))
        #expect(!answer10)
        let answer11 = turns.decide("a", now: now + .seconds(60))
        #expect(answer11 == .ask)
    }
}
