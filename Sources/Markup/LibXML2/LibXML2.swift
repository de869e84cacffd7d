import CLibXML2

/// libxml2 as a whole.
enum LibXML2 {
    /// Makes libxml2 ready for use from several threads; evaluated once.
    static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    /// Forgets an error; given wherever libxml2 would else print it.
    static let ignoreError: xmlStructuredErrorFunc = { _, _ in }
}
