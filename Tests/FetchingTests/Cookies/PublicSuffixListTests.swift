import Foundation
import Testing

@testable import Fetching

@Suite("PublicSuffixList")
struct PublicSuffixListTests {
    @Test(
        "this machine's list knows registries, private domains, wildcards, exceptions and other scripts",
        arguments: [
            ("com", true), ("example.com", false), ("co.uk", true), ("example.co.uk", false), ("github.io", true),
            ("foo.ck", true), ("www.ck", false), ("kobe.jp", true), ("foo.kobe.jp", true), ("city.kobe.jp", false),
            ("xn--fiqs8s", true), ("xn--55qx5d.cn", true), ("xn--55qx5d.example.cn", false), ("localhost", true),
            ("a.unlisted", false), ("unlisted", true),
        ])
    func system(name: String, isSuffix: Bool) throws {
        #expect(try PublicSuffixList.system().isPublicSuffix(name) == isSuffix)
    }
}
