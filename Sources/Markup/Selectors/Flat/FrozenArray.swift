/// An array that never changes and whose place in memory never does, so that inner loops read it through a plain pointer.
///
/// Unchecked: nothing is written after `init`.
final class FrozenArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// Lent for as long as the array lives.
    let buffer: UnsafeBufferPointer<Element>

    init(_ elements: [Element]) {
        // Room for one more, so that there is a place even for none.
        let place = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count + 1)
        _ = place.initialize(from: elements)
        buffer = UnsafeBufferPointer(rebasing: place[..<elements.count])
    }

    /// Takes over memory that was allocated for it.
    init(taking elements: UnsafeMutableBufferPointer<Element>) { buffer = UnsafeBufferPointer(elements) }

    deinit { buffer.deallocate() }
}
