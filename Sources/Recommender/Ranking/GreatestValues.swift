/// Chooses the items with the greatest values above 0, of equal ones those with the lower index: what ``TopSelection`` keeps of all items,
/// without comparing most of them with any that is kept.
///
/// The n-th greatest of the greatest values of blocks is not above the n-th greatest of all, as so many blocks each have one as great. So
/// only blocks with a value as great are looked at, and of the few values found as great the n-th is the bound. Everything is compared as
/// the bits of floats, which of values above 0 are in their order, and of others are below.
struct GreatestValues {
    /// Items of which the greatest value is found together.
    static let blockSize = 16

    /// What was chosen; ascending by item until it is sorted.
    private(set) var items: [Int32] = []
    private var bits: [Int32] = []
    /// Of each block.
    private var greatest: [Int32] = []
    private var keys: [UInt64] = []
    private var nth = NthGreatest()

    var count: Int { items.count }

    /// Whole blocks for a number of items.
    static func paddedCount(_ count: Int) -> Int { (count + blockSize - 1) / blockSize * blockSize }

    /// Chooses from values that lie side by side, or every so many apart.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - values: A value for each item, and zeros up to a whole block; no value is not a number.
    ///   - itemCount: How many items, in whole blocks.
    ///   - distance: From one item's value to the next.
    mutating func choose(_ count: Int, of values: UnsafePointer<Float>, itemCount: Int, distance: Int = 1) {
        values.withMemoryRebound(to: Int32.self, capacity: itemCount * distance) {
            // Known when it is compiled, for the case that is the most frequent.
            if distance == 1 { find(count, $0, itemCount, 1) } else { find(count, $0, itemCount, distance) }
        }
        let least = nth.value(count, of: bits)
        // Of those that are just as great as the last one the first few.
        var places = count
        for value in bits where value > least { places -= 1 }
        var kept = 0
        for place in bits.indices where bits[place] >= least {
            if bits[place] == least {
                guard places > 0 else { continue }
                places -= 1
            }
            (items[kept], bits[kept]) = (items[place], bits[place])
            kept += 1
        }
        items.removeLast(items.count - kept)
        bits.removeLast(bits.count - kept)
    }

    /// Finds all values that are as great as a bound which so many are not below.
    @inline(__always)
    private mutating func find(_ count: Int, _ values: UnsafePointer<Int32>, _ itemCount: Int, _ distance: Int) {
        greatest.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        bits.removeAll(keepingCapacity: true)
        guard count > 0 else { return }
        for start in stride(from: 0, to: itemCount * distance, by: Self.blockSize * distance) {
            greatest.append(Self.greatest(of: values + start, distance))
        }
        let least = max(nth.bound(count, of: greatest), 1)
        for (block, greatest) in greatest.enumerated() where greatest >= least {
            for item in block * Self.blockSize..<(block + 1) * Self.blockSize where values[item * distance] >= least {
                items.append(Int32(truncatingIfNeeded: item))
                bits.append(values[item * distance])
            }
        }
    }

    @inline(__always)
    private static func greatest(of values: UnsafePointer<Int32>, _ distance: Int) -> Int32 {
        var (even, odd): (Int32, Int32) = (0, 0)
        for place in stride(from: 0, to: blockSize, by: 2) {
            even = max(even, values[place * distance])
            odd = max(odd, values[(place + 1) * distance])
        }
        return max(even, odd)
    }

    /// Puts what was chosen in order of rank: the greatest first, of equal ones the lower item.
    mutating func sort() {
        keys.removeAll(keepingCapacity: true)
        for (item, value) in zip(items, bits) {
            keys.append(UInt64(UInt32(bitPattern: ~value)) << 32 | UInt64(UInt32(bitPattern: item)))
        }
        keys.sort()
        for (place, key) in keys.enumerated() {
            items[place] = Int32(truncatingIfNeeded: key)
            bits[place] = ~Int32(truncatingIfNeeded: key >> 32)
        }
    }

    /// The value of what was chosen at a place.
    func value(at place: Int) -> Float { Float(bitPattern: UInt32(bitPattern: bits[place])) }

    /// What was chosen, in memory of its own: this one's is used again, and has room for more.
    var column: SparseColumn {
        SparseColumn(
            items: items.withUnsafeBufferPointer { Array($0) },
            weights: bits.map { Float(bitPattern: UInt32(bitPattern: $0)) })
    }
}
