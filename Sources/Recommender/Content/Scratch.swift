/// Two sums per item, zeros between uses; each thread has its own.
final class Scratch {
    let direct: UnsafeMutableBufferPointer<Float>
    let lending: UnsafeMutableBufferPointer<Float>

    init(count: Int) {
        direct = .allocate(capacity: count)
        lending = .allocate(capacity: count)
        clear()
    }

    deinit {
        direct.deallocate()
        lending.deallocate()
    }

    func clear() {
        direct.initialize(repeating: 0)
        lending.initialize(repeating: 0)
    }
}
