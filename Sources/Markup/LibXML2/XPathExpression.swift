import CLibXML2
import Synchronization

/// An XPath expression that any number of threads may evaluate at once.
///
/// libxml2 writes into a compiled expression while evaluating it (it keeps each function it looked up), so one must not be
/// evaluated by two threads. Each evaluation therefore borrows a compiled copy for itself; a copy is compiled when all are
/// lent. Compiling takes microseconds, and there are never more copies than there were evaluations at one time.
///
/// Unchecked: the idle copies are only touched under the mutex, the origin never changes.
final class XPathExpression: @unchecked Sendable {
    /// What is evaluated.
    enum Origin {
        case xpath(String)
        /// A selector that is translated when libxml2 is asked, which HTML hardly ever needs.
        case css(CSSProgram, Selector.Language)
    }

    private let origin: Origin
    private let idle = Mutex<[Compiled]>([])

    /// A copy, owned by whoever holds it.
    private struct Compiled: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    init(_ origin: Origin) { self.origin = origin }

    deinit {
        for copy in idle.withLock({ $0 }) { xmlXPathFreeCompExpr(copy.pointer) }
    }

    /// The expression as written or translated.
    var source: String {
        switch origin {
        case .xpath(let source): source
        case .css(let program, let language): XPathTranslator(program, language: language).translate()
        }
    }

    /// Compiles a copy ahead of the first evaluation, to see whether that can be done.
    func prepare() throws(XPathSyntaxError) {
        let copy = Compiled(pointer: try XPathCompiler.compile(source))
        idle.withLock { $0.append(copy) }
    }

    /// Lends a compiled copy; nil is lent when there is no memory for one.
    func withCompiled<Result, Failure: Error>(
        _ body: (OpaquePointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let copy = idle.withLock { $0.popLast() } ?? (try? XPathCompiler.compile(source)).map(Compiled.init)
        defer { if let copy { idle.withLock { $0.append(copy) } } }
        return try body(copy?.pointer)
    }
}
