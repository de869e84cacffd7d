import Fetching
import Testing

@Suite("AddressGuard")
struct AddressGuardTests {
    private func verdict(_ text: String, _ rules: AddressRules = .publicOnly) throws -> AddressGuard.Verdict {
        AddressGuard(rules).judge(try #require(IPAddress(text)))
    }

    @Test(
        "public addresses pass",
        arguments: [
            "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00::1", "2001:200::1", "2003::1",
        ])
    func publicAddress(text: String) throws {
        #expect(try verdict(text) == .allowed)
    }

    @Test(
        "everything else is refused with its class",
        arguments: [
            ("0.0.0.0", AddressClass.unspecified), ("0.255.0.1", .unspecified), ("::", .unspecified),
            ("127.0.0.1", .loopback),
            ("127.255.255.254", .loopback), ("::1", .loopback), ("10.0.0.1", .privateUse), ("172.16.0.1", .privateUse),
            ("172.31.255.255", .privateUse), ("192.168.1.1", .privateUse), ("100.64.0.1", .sharedUse),
            ("100.127.255.255", .sharedUse), ("169.254.1.1", .linkLocal), ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal),
            ("fc00::1", .uniqueLocal), ("fd00::1", .uniqueLocal), ("224.0.0.1", .multicast),
            ("239.255.255.255", .multicast),
            ("ff02::1", .multicast), ("240.0.0.1", .reserved), ("255.255.255.255", .reserved), ("192.0.2.1", .reserved),
            ("198.18.0.1", .reserved), ("198.51.100.1", .reserved), ("203.0.113.1", .reserved),
            ("192.0.0.8", .reserved),
            ("169.254.169.254", .metadata), ("fd00:ec2::254", .metadata), ("100.100.100.200", .metadata),
            ("2001:db8::1", .reserved), ("3fff::1", .reserved), ("2001:10::1", .reserved), ("fec0::1", .reserved),
            ("4000::1", .reserved), ("100::1", .reserved), ("::ffff:127.0.0.1", .embedded),
            ("::ffff:8.8.8.8", .embedded),
            ("::127.0.0.1", .embedded), ("64:ff9b::7f00:1", .embedded), ("64:ff9b::808:808", .embedded),
            ("64:ff9b:1::1", .embedded), ("2002:7f00:1::", .embedded), ("2001:0:1::1", .embedded),
            ("::ffff:0:127.0.0.1", .embedded),
        ])
    func refused(text: String, kind: AddressClass) throws {
        #expect(try verdict(text) == .refused(kind))
    }

    @Test("a named block passes, its neighbours do not")
    func named() throws {
        let rules = AddressRules(allowing: ["10.1.0.0/16", "fd12::/16"])
        #expect(try verdict("10.1.2.3", rules) == .allowed)
        #expect(try verdict("10.2.0.1", rules) == .refused(.privateUse))
        #expect(try verdict("fd12::1", rules) == .allowed)
        #expect(try verdict("127.0.0.1", rules) == .refused(.loopback))
    }

    @Test("loopback rules let this machine pass and nothing else")
    func loopback() throws {
        #expect(try verdict("127.0.0.1", .loopback) == .allowed)
        #expect(try verdict("::1", .loopback) == .allowed)
        #expect(try verdict("::ffff:127.0.0.1", .loopback) == .refused(.embedded))
        #expect(try verdict("0.0.0.0", .loopback) == .refused(.unspecified))
        #expect(try verdict("10.0.0.1", .loopback) == .refused(.privateUse))
    }

    @Test("a metadata address passes only when it is named alone")
    func metadata() throws {
        #expect(try verdict("169.254.169.254", .init(allowing: ["169.254.0.0/16"])) == .refused(.metadata))
        #expect(try verdict("169.254.169.254", .init(allowing: ["0.0.0.0/0"])) == .refused(.metadata))
        #expect(try verdict("169.254.169.254", .init(allowing: ["169.254.169.254"])) == .allowed)
    }

    @Test("an embedded address passes when its form is named and the address inside passes")
    func embedded() throws {
        let translated = AddressRules(allowing: ["64:ff9b::/96"])
        #expect(try verdict("64:ff9b::808:808", translated) == .allowed)
        #expect(try verdict("64:ff9b::7f00:1", translated) == .refused(.loopback))
        #expect(try verdict("64:ff9b::a9fe:a9fe", translated) == .refused(.metadata))
        let tunnelled = AddressRules(allowing: ["2002::/16", "2001::/32"])
        #expect(try verdict("2002:808:808::1", tunnelled) == .allowed)
        #expect(try verdict("2002:a00:1::1", tunnelled) == .refused(.privateUse))
        // Teredo keeps the client's address inverted: 80ff:fffe is 127.0.0.1.
        #expect(try verdict("2001:0:808:808::80ff:fffe", tunnelled) == .refused(.loopback))
        #expect(try verdict("::1", .init(allowing: ["::/0"])) == .allowed)
    }

    @Test("a refused block wins over public and allowed ones")
    func refusedBlock() throws {
        let rules = AddressRules(allowing: ["127.0.0.0/8"], refusing: ["8.8.8.0/24", "127.0.0.2"])
        #expect(try verdict("8.8.8.8", rules) == .refused(.global))
        #expect(try verdict("127.0.0.2", rules) == .refused(.loopback))
        #expect(try verdict("127.0.0.1", rules) == .allowed)
    }
}
