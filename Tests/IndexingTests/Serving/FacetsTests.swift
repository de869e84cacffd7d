import Testing

@testable import Indexing

@Suite struct FacetsTests {
    @Test("what most anime have comes first; what is removed counts no more, and what is not known is nothing")
    func order() {
        let facets = Facets([
            Cards.card("a", 1, type: "Movie", year: 1999, genres: ["Drama", "Action"]), nil,
            Cards.card("b", 2, year: 2010, genres: ["Action"]), Cards.card("c", 3, genres: ["Comedy"]),
        ])
        #expect(facets.genres == ["Action", "Comedy", "Drama"] && facets.types == ["TV", "Movie"])
        #expect(facets.years == 1999...2010 && Facets([nil]).years == nil)
    }
}
