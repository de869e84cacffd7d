import Testing

@testable import CrawlEngine

@Suite struct SlowSelectorTests {
    @Test("no selector of the spiders we ship is left to libxml2")
    func ours() throws {
        let loader = try SpiderFixtures.loader()
        #expect(!loader.sites.isEmpty)
        for site in loader.sites {
            let spider = try loader.load(site: site)
            #expect(spider.slowSelectors.isEmpty, "\(site)")
            // Spiders of nothing but JSON have no selectors.
            let hasMarkup = spider.pages.contains { $0.document == .html }
            #expect(hasMarkup ? spider.selectorCount > 25 : spider.selectorCount == 0, "\(site)")
        }
    }

    @Test("a selector without a compiled form is named, wherever it stands, and works")
    func slow() throws {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example]
                verdicts: [{drop: captcha, xpath: "id('captcha')"}]
                pages:
                  anime:
                    url: "/anime/{id:int}"
                    item:
                      type: entry
                      id: "{site}:{id}"
                      when: {not: {xpath: "//p[lang('xx')]"}}
                      fields:
                        id: {from: id}
                        title: {css: h1, without: .x}
                        adult: {const: false}
                """)
        let slow = extractor.spider.slowSelectors
        #expect(slow.map(\.selector) == ["id('captcha')", "//p[lang('xx')]"])
        #expect(slow.map(\.reason) == ["the function id()", "the function lang()"])
        #expect(extractor.spider.selectorCount == 4)
    }
}
