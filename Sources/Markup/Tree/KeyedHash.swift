/// Hashing with a key of this process's own, so that no page can be written whose words all fall into one place.
enum KeyedHash {
    /// This process's own key; odd, and with bits at its upper end.
    static let key = UInt64.random(in: 1 << 62 ... .max) | 1

    /// Mixes a number with the key: both halves of their product, so that each bit of the number reaches all bits.
    ///
    /// The lower half alone would not do: what differs in the upper bits of a number differs only in the upper bits of it.
    @inline(__always)
    static func fold(_ number: UInt64, by key: UInt64) -> UInt64 {
        let product = number.multipliedFullWidth(by: key)
        return product.high ^ product.low
    }
}
