import Fetching
import Testing

@Suite("AddressBlock")
struct AddressBlockTests {
    @Test(
        "a block contains what shares its first bits",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "8.8.8.8", false), ("172.16.0.0/12", "172.31.255.255", true),
            ("172.16.0.0/12", "172.32.0.0", false), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4", "1.2.3.5", false),
            ("10.1.2.3/8", "10.9.9.9", true), ("fc00::/7", "fdff::1", true), ("fc00::/7", "fe00::", false),
            ("2001:db8::/32", "2001:db8:ffff::", true), ("::ffff:0:0/96", "::ffff:1.2.3.4", true),
            ("::ffff:0:0/96", "::fffe:1.2.3.4", false), ("::1/128", "::1", true), ("::1/128", "::2", false),
            ("2001:db8::/64", "2001:db8::ffff:0:0:1", true), ("2001:db8::/65", "2001:db8:0:0:8000::", false),
        ])
    func contains(block: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressBlock(block)).contains(#require(IPAddress(address))) == expected)
    }

    @Test(
        "what is no block is nil",
        arguments: ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10/8", "1.2.3.4/-1", "1.2.3.4/+1", "a/8"])
    func notABlock(text: String) {
        #expect(AddressBlock(text) == nil)
    }
}
