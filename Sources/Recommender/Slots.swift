/// A place for each number that threads are handed.
///
/// `@unchecked Sendable`: each place is written by the one thread that was handed its number, and read when all threads are done.
final class Slots<Value: Sendable>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<Value>

    init(repeating value: Value, count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: value)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    subscript(index: Int) -> Value {
        get { places[index] }
        set { places[index] = newValue }
    }

    var values: [Value] { Array(places) }
}
