/// An array that only one owner has and that is written without a look at whether it is shared.
///
/// Places are not checked: only numbers that the owner counted itself may be used.
struct GrowingBlock<Element: BitwiseCopyable & Sendable>: ~Copyable {
    private var start: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(16, capacity)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    var isEmpty: Bool { count == 0 }

    var last: Element? { count == 0 ? nil : start[count - 1] }

    /// Lent until something is appended.
    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }

    subscript(place: Int) -> Element {
        @inline(__always) get { start[place] }
        @inline(__always) nonmutating _modify { yield &start[place] }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: 2 * capacity) }
        (start + count).initialize(to: element)
        count += 1
    }

    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let first = elements.baseAddress else { return }
        if count + elements.count > capacity { grow(to: max(2 * capacity, count + elements.count)) }
        (start + count).initialize(from: first, count: elements.count)
        count += elements.count
    }

    /// Appends elements of its own.
    mutating func append(copyOf places: Range<Int>) {
        if count + places.count > capacity { grow(to: max(2 * capacity, count + places.count)) }
        (start + count).initialize(from: start + places.lowerBound, count: places.count)
        count += places.count
    }

    @inline(__always)
    mutating func removeLast(_ number: Int = 1) { count -= min(number, count) }

    private mutating func grow(to capacity: Int) {
        let place = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        place.initialize(from: start, count: count)
        start.deallocate()
        (start, self.capacity) = (place, capacity)
    }

    /// Hands its memory over.
    consuming func frozen() -> FrozenArray<Element> {
        let array = FrozenArray(taking: UnsafeMutableBufferPointer(start: start, count: count))
        discard self
        return array
    }
}
