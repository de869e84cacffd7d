/// Finds the n-th greatest of numbers that are not below 0, digit by digit from the highest: as long for any numbers.
struct NthGreatest {
    private static let digitBits = 8
    private var counts = [Int](repeating: 0, count: 1 << digitBits)

    /// The n-th greatest, equal ones counted each; 0 when there are not so many.
    mutating func value(_ n: Int, of numbers: [Int32]) -> Int32 { find(n, of: numbers, digits: 4) }

    /// A number that is not above the n-th greatest, and not far below it: its upper 16 bits.
    mutating func bound(_ n: Int, of numbers: [Int32]) -> Int32 { find(n, of: numbers, digits: 2) }

    private mutating func find(_ n: Int, of numbers: [Int32], digits: Int) -> Int32 {
        guard n > 0, numbers.count >= n else { return 0 }
        var (found, rest) = (Int32(0), n)
        for digit in 1...digits {
            let shift = Int32(32 - digit * Self.digitBits)
            let known: Int32 = digit == 1 ? 0 : -1 << (shift + Int32(Self.digitBits))
            for place in counts.indices { counts[place] = 0 }
            for number in numbers where (number ^ found) & known == 0 {
                counts[Int(number >> shift) & 0xFF] += 1
            }
            var place = counts.count - 1
            while place > 0, counts[place] < rest {
                rest -= counts[place]
                place -= 1
            }
            found |= Int32(place) << shift
        }
        return found
    }
}
