/// A place for each result of work that threads share.
///
/// `@unchecked Sendable`: each place is written by the one thread that was handed its number, and read when all threads are done.
final class ResultSlots<Element>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<Element>

    init(count: Int, filledWith element: Element) {
        places = .allocate(capacity: count)
        places.initialize(repeating: element)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    subscript(index: Int) -> Element {
        get { places[index] }
        set { places[index] = newValue }
    }

    /// All results, by number.
    var all: [Element] { Array(places) }
}
