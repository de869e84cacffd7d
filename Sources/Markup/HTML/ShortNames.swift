/// The names of HTML that have eight letters, digits and hyphens at most, to be found by their bytes as one number.
///
/// Nearly every name of a page is one of them. The table is the same for all pages, so that no page can make it slow.
final class ShortNames: Sendable {
    struct Slot: BitwiseCopyable, Sendable {
        /// The bytes in lower case, the first one lowest; 0 where there is no name.
        var word: UInt64
        var id: NameTable.ID
    }

    static let html = ShortNames(NameTable.html, HTMLNames.elements + HTMLNames.attributes)

    private static let bits = 10
    private let slots: FrozenArray<Slot>

    private init(_ table: NameTable, _ names: [String]) {
        var slots = Array(repeating: Slot(word: 0, id: NameTable.none), count: 1 << Self.bits)
        for name in names {
            guard name.utf8.count <= 8, name.utf8.allSatisfy(Self.isPart), let id = table.find(name) else { continue }
            let word = name.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            var place = Self.place(of: word)
            while slots[place].word != 0, slots[place].word != word { place = (place + 1) & (slots.count - 1) }
            slots[place] = Slot(word: word, id: id)
        }
        self.slots = FrozenArray(slots)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
    }

    /// Multiplies by 2^64 divided by the golden ratio. Source: Knuth, "The Art of Computer Programming" 3, section 6.4.
    @inline(__always)
    private static func place(of word: UInt64) -> Int {
        Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
    }

    /// Lent for as long as the process lives.
    var lent: Lent { Lent(slots: slots.buffer) }

    /// The table, to look names up without a look at whether the global is there yet.
    struct Lent {
        fileprivate let slots: UnsafeBufferPointer<Slot>

        /// The number of a name of HTML; `NameTable.none` for others.
        @inline(__always)
        func find(_ word: UInt64) -> NameTable.ID {
            var place = ShortNames.place(of: word)
            while slots[place].word != word {
                if slots[place].word == 0 { return NameTable.none }
                place = (place + 1) & (slots.count - 1)
            }
            return slots[place].id
        }
    }
}
