import Fetching
import Testing

@Suite("IPAddress")
struct IPAddressTests {
    @Test(
        "one address has one value, however it is written",
        arguments: [
            ("127.0.0.1", IPAddress.v4(0x7f00_0001)), ("255.255.255.255", .v4(.max)), ("::", .v6(0, 0)),
            ("::1", .v6(0, 1)),
            ("[::1]", .v6(0, 1)), ("0:0:0:0:0:0:0:1", .v6(0, 1)), ("::ffff:127.0.0.1", .v6(0, 0xffff_7f00_0001)),
            ("2001:DB8::a", .v6(0x2001_0db8_0000_0000, 10)),
        ])
    func readable(text: String, address: IPAddress) {
        #expect(IPAddress(text) == address)
        #expect(IPAddress(address.description) == address)
    }

    @Test(
        "other spellings and names are no addresses",
        arguments: [
            "", "localhost", "127.1", "0177.0.0.1", "2130706433", "0x7f.1", "1.2.3", "1.2.3.4.5", "256.0.0.1",
            "1.2.3.4 ",
            ":::", "1::2::3", "[::1", "fe80::1%eth0", "１２７.0.0.1",
        ])
    func unreadable(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
