import Testing
import WebStandards

@Suite("IDNA")
struct IDNATests {
    private func host(_ domain: String) -> String? { WebURL("http://\(domain)/")?.host }

    @Test("names are mapped, composed and encoded")
    func mapping() {
        #expect(host("Bücher.DE") == "xn--bcher-kva.de")
        #expect(host("bu\u{308}cher.de") == "xn--bcher-kva.de")
        #expect(host("faß.de") == "xn--fa-hia.de")
        #expect(host("例え.テスト") == "xn--r8jz45g.xn--zckzah")
        #expect(host("ＧＯ.com") == "go.com")
        #expect(host("a\u{AD}b.com") == "ab.com")
        #expect(host("한국.kr") == "xn--3e0b707e.kr")
        #expect(host("\u{1112}\u{1161}\u{11AB}국.kr") == "xn--3e0b707e.kr")
    }

    @Test("names that no registry may hold are refused")
    func refusals() {
        #expect(host("a\u{3000}b") == nil)
        #expect(host("\u{FFFD}") == nil)
        #expect(host("\u{300}a") == nil)
        #expect(host("a\u{200D}b") == nil)
        #expect(host("א1a") == nil)
        #expect(host("\u{AD}") == nil)
    }

    @Test("a joiner may stand where it changes the letters")
    func joiners() {
        #expect(host("\u{915}\u{94D}\u{200D}\u{937}") == "xn--11b2ezcw70k")
        #expect(host("نامه\u{200C}ای") == "xn--mgba3gch31f060k")
    }
}
