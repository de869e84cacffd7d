import CLibXML2
import Synchronization

/// A compiled XPath expression that any number of threads may evaluate at once.
///
/// libxml2 writes into a compiled expression while evaluating it (it keeps each function it looked up), so one must not be
/// evaluated by two threads. Each evaluation therefore borrows a compiled copy for itself; a copy is compiled when all are
/// lent. Compiling takes microseconds, and there are never more copies than there were evaluations at one time.
///
/// Unchecked: the idle copies are only touched under the mutex, the source never changes.
final class XPathExpression: @unchecked Sendable {
    let source: String
    private let idle: Mutex<[Compiled]>

    /// A copy, owned by whoever holds it.
    private struct Compiled: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Compiles the expression.
    ///
    /// - Throws: ``XPathSyntaxError``.
    init(_ source: String) throws(XPathSyntaxError) {
        self.source = source
        idle = Mutex([Compiled(pointer: try XPathCompiler.compile(source))])
    }

    /// Takes an expression that is right by how it was made, and compiles it when it is first evaluated.
    init(translated source: String) {
        self.source = source
        idle = Mutex([])
    }

    deinit {
        for copy in idle.withLock({ $0 }) { xmlXPathFreeCompExpr(copy.pointer) }
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
