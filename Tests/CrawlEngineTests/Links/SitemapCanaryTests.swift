import Glibc
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Sitemaps that ask to open things")
struct SitemapCanaryTests {
    /// A port of this machine that notices who calls.
    private struct Canary: ~Copyable {
        let socket: Int32
        let port: UInt16

        init() throws {
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let socket = socket
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, length) == 0 && listen(socket, 5) == 0 && getsockname(socket, $0, &length) == 0
                }
            }
            try #require(isBound)
            port = UInt16(bigEndian: address.sin_port)
        }

        deinit { close(socket) }

        /// Whether anybody has connected.
        var wasCalled: Bool { accept(socket, nil, nil) >= 0 }
    }

    @Test("no file is read and nobody is called, whatever the document declares")
    func external() throws {
        let canary = try Canary()
        let url = try #require(WebURL("https://h.org/s.xml"))
        let there = "http://127.0.0.1:\(canary.port)/x"
        let body = "<urlset><url><loc>https://h.org/&x;</loc></url><url><loc>https://h.org/ok</loc></url></urlset>"
        for declaration in [
            "<!DOCTYPE u [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
            "<!DOCTYPE u [<!ENTITY x SYSTEM \"\(there)\">]>",
            "<!DOCTYPE u SYSTEM \"\(there)\">", "<!DOCTYPE u PUBLIC \"-//x\" \"\(there)\">",
            "<!DOCTYPE u [<!ENTITY % p SYSTEM \"\(there)\"> %p;]>", "<?xml-stylesheet href=\"\(there)\"?>",
        ] {
            let sitemap = try SitemapFile.read(Array((declaration + body).utf8), at: url)
            #expect(sitemap.entries.map(\.location.path).last == "/ok")
            #expect(sitemap.entries.allSatisfy { ["/ok", "/&x;"].contains($0.location.path) })
        }
        let include =
            "<urlset xmlns:xi=\"http://www.w3.org/2001/XInclude\"><url><loc><xi:include href=\"file:///etc/hostname\" parse=\"text\"/></loc></url></urlset>"
        #expect(try SitemapFile.read(Array(include.utf8), at: url).entries.isEmpty)
        let wasCalled = canary.wasCalled
        #expect(!wasCalled)
    }
}
