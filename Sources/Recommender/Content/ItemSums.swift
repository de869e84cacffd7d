/// A sum per item, with the list of those that are not 0, so that few of many cost little; each thread has its own.
struct ItemSums: ~Copyable {
    private let values: UnsafeMutablePointer<Float>
    private let touched: UnsafeMutablePointer<Int32>
    private let count: UnsafeMutablePointer<Int>

    init(itemCount: Int) {
        values = .allocate(capacity: max(itemCount, 1))
        values.initialize(repeating: 0, count: itemCount)
        touched = .allocate(capacity: max(itemCount, 1))
        count = .allocate(capacity: 1)
        count.initialize(to: 0)
    }

    deinit {
        values.deallocate()
        touched.deallocate()
        count.deallocate()
    }

    /// Adds a value; one that is not above 0 changes nothing, as an item is noted once, when its sum first leaves 0.
    @inline(__always)
    func add(_ value: Float, to item: Int32) {
        guard value > 0 else { return }
        if values[Int(item)] == 0 {
            touched[count.pointee] = item
            count.pointee += 1
        }
        values[Int(item)] += value
    }

    /// Calls `body` with every sum, in the order of the first additions, and makes it 0 again.
    func take(_ body: (_ item: Int32, _ sum: Float) -> Void) {
        for position in 0..<count.pointee {
            let item = touched[position]
            body(item, values[Int(item)])
            values[Int(item)] = 0
        }
        count.pointee = 0
    }
}
