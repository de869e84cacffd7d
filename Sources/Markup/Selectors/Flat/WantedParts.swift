/// What the selectors of a set look for, so that a pass over a page lists nothing else.
///
/// Unchecked: the tables point into `words`, which never changes, and are never written after `init`.
final class WantedParts: @unchecked Sendable {
    /// Names among those that every page has, and others.
    struct Names {
        private var known: [Int32] = Array(repeating: -1, count: NameTable.html.count)
        private var others: [String] = []
        private var count: Int32 = 0

        mutating func add(_ reference: NameReference, of list: NameList) {
            if let number = list.staticNumber(reference) {
                guard known[Int(number)] < 0 else { return }
                known[Int(number)] = count
                count += 1
            } else if let name = list.name(reference), !others.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
                others.append(name)
            }
        }

        /// For each name of a page the number of its list, or -1.
        func keys(on table: NameTable) -> [Int32] {
            var keys = known
            keys.append(contentsOf: repeatElement(-1, count: table.count - known.count))
            for (index, name) in others.enumerated() {
                if let number = table.find(name) { keys[Int(number)] = count + Int32(index) }
            }
            return keys
        }
    }

    let names: Names
    let attributes: Names
    let classWords: WordTable
    let ids: WordTable
    let classShapes: WordShapes
    let idShapes: WordShapes
    private let words: FrozenArray<UInt8>

    init(of programs: [SelectorProgram]) {
        var (names, attributes) = (Names(), Names())
        var (classes, ids) = (Set<[UInt8]>(), Set<[UInt8]>())
        for program in programs {
            let literals = program.literals
            func text(_ span: ByteSpan) -> [UInt8] { Array(Literals(literals).buffer(span)) }
            defer { withExtendedLifetime(program) {} }
            for key in program.keys {
                switch key {
                case .name(let name): names.add(name, of: program.names)
                case .attribute(let name): attributes.add(name, of: program.names)
                case .hasClass(let word): classes.insert(text(word))
                case .id(let id): ids.insert(text(id))
                }
            }
        }
        self.names = names
        self.attributes = attributes
        words = FrozenArray(Array(classes.joined()) + Array(ids.joined()))
        var place = 0
        (classWords, classShapes) = Self.table(of: classes, in: words, &place)
        (self.ids, idShapes) = Self.table(of: ids, in: words, &place)
    }

    private static func table(
        of texts: Set<[UInt8]>, in words: FrozenArray<UInt8>, _ place: inout Int
    ) -> (WordTable, WordShapes) {
        var table = WordTable(capacity: texts.count)
        var shapes = WordShapes.none
        for text in texts {
            let word = UnsafeBufferPointer(rebasing: words.buffer[place..<place + text.count])
            _ = table.intern(word)
            shapes.add(word)
            place += text.count
        }
        return (table, shapes)
    }
}

/// Lengths and first bytes of some words, which tell most others apart from them before any is hashed.
struct WordShapes {
    private var counts: UInt64
    private var starts: UInt64

    static let none = WordShapes(counts: 0, starts: 0)
    static let all = WordShapes(counts: .max, starts: .max)

    mutating func add(_ word: UnsafeBufferPointer<UInt8>) {
        counts |= 1 << UInt64(word.count & 63)
        starts |= 1 << UInt64((word.first ?? 0) & 63)
    }

    @inline(__always)
    func contain(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard counts >> UInt64(word.count & 63) & 1 != 0 else { return false }
        return word.isEmpty || starts >> UInt64(word[0] & 63) & 1 != 0
    }
}
