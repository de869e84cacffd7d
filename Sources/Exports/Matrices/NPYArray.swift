/// The head of a NumPy array file; the elements follow it, little-endian, the last dimension fastest.
///
/// Source: NumPy, "NEP 1: A simple file format for NumPy arrays", version 1.0.
struct NPYArray {
    /// What the elements are.
    enum Element {
        case int32, int64, float32
        /// Byte strings of this length.
        case bytes(Int)

        var descriptor: String {
            switch self {
            case .int32: "<i4"
            case .int64: "<i8"
            case .float32: "<f4"
            case .bytes(let count): "|S\(count)"
            }
        }
    }

    let header: [UInt8]

    init(_ element: Element, shape: [Int]) {
        let sizes = shape.map { "\($0)," }.joined(separator: " ")
        var text = "{'descr': '\(element.descriptor)', 'fortran_order': False, 'shape': (\(sizes)), }"
        // The elements begin at a multiple of 64.
        text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
        let length = UInt16(text.utf8.count)
        header = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
    }
}
