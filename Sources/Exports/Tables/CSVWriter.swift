/// Writes rows of CSV (RFC 4180, with line feeds) that spreadsheets show and do not run.
///
/// Nothing is an empty cell, the empty text `""`. A text that begins with `=`, `+`, `-`, `@`, a tab, a line end or an apostrophe gets an
/// apostrophe in front; whoever reads the file takes away the first apostrophe of a cell, and has what was stored.
///
/// Source: OWASP, "CSV Injection".
public enum CSVWriter {
    /// Adds a row.
    public static func append(_ cells: [CSVCell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .plain(let text): bytes += text.utf8
            case .text(let text): append(text, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let isGuarded = isFormula(text)
        guard isGuarded || text.isEmpty || text.utf8.contains(where: needsQuotes) else {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether a spreadsheet may take a text for a formula; the wide forms of the signs too, which some do.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return "=+-@'\t\r\n＝＋－＠".unicodeScalars.contains(first)
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
}
