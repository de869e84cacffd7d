/// One value for each number, computed by several threads, in order: what is computed for a number depends on nothing but the number.
struct Rows<Value> {
    let values: [Value]

    init(count: Int, threads: Int, _ value: @escaping @Sendable (Int) -> Value) {
        let places = Places<Value>(count: count)
        forEachParallel(count: count, threads: threads) { next in
            while let number = next() { places.set(number, value(number)) }
        }
        values = places.values
    }
}

/// `@unchecked Sendable`: each place is written by the one thread that was handed its number, and read when all threads are done.
private final class Places<Value>: @unchecked Sendable {
    private var places: UnsafeMutableBufferPointer<Value?>

    init(count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: nil)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    func set(_ number: Int, _ value: Value) { places[number] = value }

    var values: [Value] { places.compactMap(\.self) }
}
