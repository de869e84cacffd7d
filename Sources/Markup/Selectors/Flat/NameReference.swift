/// A name in a compiled selector: its number where every page has the same, else its place in a list that is looked up
/// anew for each page.
struct NameReference: Hashable {
    fileprivate let raw: Int32

    /// Any name.
    static let any = NameReference(raw: -1)

    var isAny: Bool { raw == -1 }
}

/// The names of a compiled selector that not every page knows.
struct NameList {
    private(set) var names: [String] = []

    mutating func reference(_ name: UnsafeBufferPointer<UInt8>) -> NameReference {
        if let known = NameTable.html.find(name) { return NameReference(raw: known) }
        return add(String(decoding: name, as: UTF8.self))
    }

    mutating func reference(_ name: String) -> NameReference {
        if let known = NameTable.html.find(name) { return NameReference(raw: known) }
        return add(name)
    }

    private mutating func add(_ name: String) -> NameReference {
        // Strings are equal that a page tells apart: an é of one scalar and one of two.
        if let index = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
            return NameReference(raw: -2 - Int32(index))
        }
        names.append(name)
        return NameReference(raw: -1 - Int32(names.count))
    }

    /// What a reference other than ``NameReference/any`` stands for.
    func string(_ reference: NameReference) -> String {
        name(reference) ?? NameTable.html.string(reference.raw)
    }

    /// The number of a name that every page knows.
    func staticNumber(_ reference: NameReference) -> NameTable.ID? { reference.raw >= 0 ? reference.raw : nil }

    /// A name that not every page knows.
    func name(_ reference: NameReference) -> String? { reference.raw <= -2 ? names[-2 - Int(reference.raw)] : nil }

    /// The number a name has on a page; nil where the page does not have it.
    func number(_ reference: NameReference, on table: borrowing NameTable) -> NameTable.ID? {
        reference.raw >= 0 ? reference.raw : name(reference).flatMap(table.find)
    }

    /// The numbers the names have on a page.
    func bind(to table: NameTable) -> BoundNames {
        BoundNames(numbers: names.map { table.find($0) ?? BoundNames.missing })
    }
}

/// The names of a selector as numbers of one page.
struct BoundNames {
    /// The number of a name the page does not have; no node has it.
    static let missing = NameTable.ID.min

    fileprivate let numbers: [NameTable.ID]

    @inline(__always)
    func number(_ reference: NameReference) -> NameTable.ID {
        reference.raw >= -1 ? reference.raw : numbers[-2 - Int(reference.raw)]
    }
}
