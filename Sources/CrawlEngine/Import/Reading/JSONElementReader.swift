/// Takes the elements out of one large JSON text, piece by piece: of a list, or of the member `data` of an object.
///
/// Only as much of the grammar is known here as says where an element ends; each is parsed by itself afterwards.
struct JSONElementReader: Sendable {
    /// An element's number, from 1, and its text; without text where it was too long or nested too deeply.
    typealias Element = (number: Int, bytes: [UInt8]?)

    private enum Place {
        /// Before the elements; in an object, with the last text that may be a key.
        case before
        /// Between elements, at this depth.
        case between(Int)
        /// In an element that began at this depth.
        case inside(Int)
        case after
    }

    private var place = Place.before
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var key: [UInt8] = []
    private var element: [UInt8] = []
    private var isTooLarge = false
    private var number = 0

    /// Whether the elements were found at all.
    private(set) var hasElements = false
    /// Whether something stands behind the end of the text, such as a second list.
    private(set) var hasMore = false
    /// Whether all of the text was there.
    var isComplete: Bool { depth == 0 && !isInString && hasElements }

    /// The elements that end in the next piece.
    mutating func read(_ bytes: [UInt8], _ take: (Element) throws -> Void) rethrows {
        for byte in bytes { try read(byte, take) }
    }

    private mutating func read(_ byte: UInt8, _ take: (Element) throws -> Void) rethrows {
        if case .inside = place { keep(byte) }
        if case .after = place, depth == 0, byte > 0x20 { hasMore = true }
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                return
            }
            if case .before = place, depth == 1, key.count < 16 { key.append(byte) }
            return
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            if depth == 1, case .before = place { key.removeAll(keepingCapacity: true) }
            if case .between(let outer) = place { begin(byte, at: outer) }
        case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): try close(take)
        case UInt8(ascii: ","):
            if case .inside(let outer) = place, depth == outer {
                // A bare value; its comma was kept with it.
                element.removeLast()
                try end(outer, take)
            }
            if case .before = place, depth == 1 { key.removeAll(keepingCapacity: true) }
        case 0x20, 0x09, 0x0A, 0x0D: break
        default:
            if case .between(let outer) = place { begin(byte, at: outer) }
        }
    }

    private mutating func open(_ byte: UInt8) {
        if case .between(let outer) = place { begin(byte, at: outer) }
        let isList = byte == UInt8(ascii: "[")
        if case .before = place, isList, depth == 0 || depth == 1 && key == Array("data".utf8) {
            place = .between(depth + 1)
            hasElements = true
        }
        depth += 1
        if case .inside(let outer) = place, depth - outer > ImportLimits.jsonDepth { isTooLarge = true }
    }

    private mutating func close(_ take: (Element) throws -> Void) rethrows {
        if case .inside(let outer) = place, depth == outer {
            // The list ends right behind a bare value.
            element.removeLast()
            try end(outer, take)
        }
        depth = max(0, depth - 1)
        switch place {
        case .inside(let outer) where depth == outer: try end(outer, take)
        case .between(let outer) where depth < outer: place = .after
        default: break
        }
    }

    private mutating func begin(_ byte: UInt8, at outer: Int) {
        place = .inside(outer)
        element.removeAll(keepingCapacity: element.count < 1 << 20)
        isTooLarge = false
        keep(byte)
    }

    private mutating func end(_ outer: Int, _ take: (Element) throws -> Void) rethrows {
        number += 1
        place = .between(outer)
        try take((number, isTooLarge ? nil : element))
    }

    private mutating func keep(_ byte: UInt8) {
        guard !isTooLarge else { return }
        if element.count < ImportLimits.jsonRecordBytes { element.append(byte) } else { isTooLarge = true }
    }
}
