import Testing

@testable import Markup

@Suite("looking at several bytes at once")
struct ByteBlockTests {
    private func bytes(_ filler: UInt8, _ byte: UInt8, at place: Int) -> [UInt8] {
        var bytes = Array(repeating: filler, count: 32)
        bytes[place] = byte
        return bytes
    }

    @Test("a block knows the first byte that ends a value", arguments: [UInt8(ascii: "a"), 0x20, 0xFF, 0x0A])
    func values(filler: UInt8) {
        let quote = UInt8(ascii: "\"")
        for byte in UInt8.min...UInt8.max {
            for place in 0..<ByteBlock.count {
                let ends = byte == quote || byte == UInt8(ascii: "&") || byte == 0
                let found = ByteBlock(bytes(filler, byte, at: place), 0).end(ofValueIn: .init(repeating: quote))
                #expect(found == (ends ? place : ByteBlock.count), "byte \(byte) at \(place)")
            }
        }
    }

    @Test("a block knows where text is more than plain", arguments: [UInt8(ascii: "a"), 0x20, 0x80, 0x0A])
    func texts(filler: UInt8) {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<ByteBlock.count {
                let isControl = byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte)
                let ends = isControl || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == 0xEF
                let found = ByteBlock(bytes(filler, byte, at: place), 0).endOfPlainText
                #expect(found == (ends ? place : ByteBlock.count), "byte \(byte) at \(place)")
            }
        }
    }

    @Test("a word ends with the first byte that is no letter, digit or hyphen")
    func words() {
        for filler in "aZ09-z".utf8 {
            for byte in UInt8.min...UInt8.max {
                for place in 0..<8 {
                    let isPart = byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
                    let found = ByteWord(bytes(filler, byte, at: place), 0).lengthOfWord
                    #expect(found == (isPart ? 8 : place), "byte \(byte) at \(place)")
                }
            }
        }
    }

    @Test("names of HTML are found by their bytes, others are not")
    func names() {
        let names = ShortNames.html.lent
        func word(_ name: String) -> UInt64 { name.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        for name in HTMLNames.elements + HTMLNames.attributes where name.utf8.count <= 8 {
            #expect(names.find(word(name)) == NameTable.html.find(name), "\(name)")
        }
        for name in ["x", "diw", "hreff", "", "zzzzzzzz"] {
            #expect(names.find(word(name)) == NameTable.none, "\(name)")
        }
    }
}
