import Markup
import Testing

/// A `meta` element behind the first 1,024 bytes, which browsers meet while parsing.
@Suite("Late declarations of the encoding")
struct LateDeclarationTests {
    private static let filler = "<html><head>" + String(repeating: "<link rel=icon href=/favicon.ico>\n", count: 40)
    private static let meta = "<meta charset=shift_jis>"

    private func sniffed(_ html: String, before: String = filler) -> (CharacterEncoding, CharacterEncoding.Source) {
        let found = CharacterEncoding.sniff(Array((before + html).utf8))
        return (found.encoding, found.source)
    }

    @Test(
        "is found wherever an element can stand",
        arguments: [
            meta, "<title>a</title>\(meta)", "<script>if (a < b) c()</script>\(meta)", "<body><p>\(meta)",
            "<meta http-equiv=content-type content='text/html; charset=shift_jis'>",
            "<meta name=description content='a > b' data-x='\(String(repeating: "x", count: 3_000))' charset=shift_jis>",
            "<meta charset=shift_jis data-x='\(String(repeating: "x>", count: 3_000))'>",
            "<script><!-- <script> </script> --></script>\(meta)", "<script><!-- a </script>\(meta)",
            "<script><!-- --> <script> </script>\(meta)", "<STYLE>a</StYlE >\(meta)", "<scripts>\(meta)",
            "<title>a</titles></title>\(meta)", "<!-- a --><!-->\(meta)",
        ])
    func found(html: String) {
        let (encoding, source) = sniffed(html)
        #expect(encoding == .shiftJIS)
        #expect(source == .declaration)
    }

    @Test(
        "does not count where it is text, a comment or part of a value",
        arguments: [
            "<script>'\(meta)'</script>", "<style>/* \(meta) */</style>", "<title>\(meta)</title>",
            "<noscript>\(meta)</noscript>", "<textarea>\(meta)</textarea>", "<!-- \(meta) -->",
            "<iframe>\(meta)</iframe>",
            "<xmp>\(meta)</xmp>", "<noframes>\(meta)</noframes>", "<a title=\"\(meta)\">", "<script src=a>\(meta)",
            "<script><!-- <script> </script> \(meta) --></script>", "<title>\(meta)</titles>",
            "<p>meta charset=shift_jis",
            "<meta name=a content='charset=shift_jis'>", "<meta charset=none>", "<meta charset=shift_jis",
        ])
    func notFound(html: String) {
        let (encoding, source) = sniffed(html)
        #expect(encoding == .windows1252)
        #expect(source == .guess)
    }

    @Test("the first that stands in mark-up counts, and none behind 65,536 bytes")
    func first() {
        let script = "<script>var head = '<meta charset=big5>'</script>"
        #expect(sniffed(script + "<meta charset=euc-kr>" + Self.meta).0 == .eucKR)
        let long = Self.filler + "<p>" + String(repeating: "a", count: 65_536)
        #expect(sniffed(Self.meta, before: long).1 == .guess)
        #expect(sniffed("<p>" + String(repeating: "a", count: 60_000) + Self.meta).0 == .shiftJIS)
    }

    @Test("a page of beginnings is looked through once")
    func hostile() {
        for piece in ["<script><!--", "<title>", "<meta charset ", "<!--", "<script>--", "</script", "<a b=\"charset"] {
            let page = String(repeating: piece, count: 2_000_000 / piece.utf8.count) + "charset"
            let clock = ContinuousClock()
            let time = clock.measure { _ = sniffed(page) }
            #expect(time < .seconds(10), "\(piece)")
        }
    }
}
