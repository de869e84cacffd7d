/// Memory for a few arrays of plain values, one behind the other; its owner frees it.
struct FrozenBlock {
    private let start: UnsafeMutableRawPointer
    private let byteCount: Int
    private var used = 0

    init(byteCount: Int) {
        start = .allocate(byteCount: byteCount, alignment: MemoryLayout<Int>.alignment)
        self.byteCount = byteCount
    }

    func deallocate() { start.deallocate() }

    /// The bytes that an array takes.
    @inline(__always)
    static func size<Element: BitwiseCopyable>(_ elements: [Element]) -> Int {
        elements.count * MemoryLayout<Element>.stride
    }

    /// Copies an array behind the others; the strictly aligned come first.
    @inline(__always)
    mutating func add<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let size = Self.size(elements)
        precondition(used + size <= byteCount && used % MemoryLayout<Element>.alignment == 0)
        let place = (start + used).bindMemory(to: Element.self, capacity: elements.count)
        elements.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { place.initialize(from: base, count: buffer.count) }
        }
        used += size
        return UnsafeBufferPointer(start: place, count: elements.count)
    }
}
