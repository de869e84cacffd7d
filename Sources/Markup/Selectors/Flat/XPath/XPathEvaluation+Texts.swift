// What gives texts.
extension XPathEvaluation {
    func text(_ number: Int32, _ context: Context) throws(OutOfSteps) -> XPathText {
        let operation = operations[Int(number)]
        switch operation.kind {
        case .literal: return .lent(literals.buffer(operation.literal))
        case .string: return operation.count == 0 ? try stringValue(context.node) : try text(operation.first, context)
        case .concat:
            var made: [UInt8] = []
            for index in 0..<Int(operation.count) {
                let part = try text(argument(index, of: operation), context)
                part.withBytes { made.append(contentsOf: $0) }
            }
            try budget.charge(bytes: made.count)
            return .made(made)
        case .substringBefore, .substringAfter: return try part(operation, context)
        case .substring: return try substring(operation, context)
        case .normalizeSpace:
            let text = operation.count == 0 ? try stringValue(context.node) : try text(operation.first, context)
            return try normalized(text)
        case .translate: return try translated(operation, context)
        case .name, .localName: return try name(operation, context)
        case .namespaceURI:
            if operation.count > 0 { giveBack(try nodes(operation.first, context)) }
            return .empty
        default: break
        }
        switch operation.type {
        case .bool: return XPathText(try bool(number, context) ? "true" : "false")
        case .number: return XPathText(XPathNumber.text(of: try self.number(number, context)))
        case .nodes:
            guard let node = try firstNode(number, context) else { return .empty }
            return try stringValue(node)
        case .string: return .empty
        }
    }

    /// The first node in document order.
    private func firstNode(_ number: Int32, _ context: Context) throws(OutOfSteps) -> Int32? {
        let operation = operations[Int(number)]
        if operation.kind == .path, operation.first == XPathProgram.context, operation.count == 0 {
            return context.node
        }
        if let attribute = try onlyAttribute(number, context) {
            return attribute < 0 ? nil : ~Int32(truncatingIfNeeded: attribute)
        }
        let found = try nodes(number, context)
        defer { giveBack(found) }
        return found.first
    }

    /// The text of a node as XPath 1.0, section 5, defines it.
    func stringValue(_ node: Int32) throws(OutOfSteps) -> XPathText {
        if node < 0 {
            let value = tree.buffer(tree.attributes[Int(~node)].value)
            try budget.charge(bytes: value.count)
            return .lent(value)
        }
        let start = Int(node)
        switch tree.nodes[start].kind {
        case .text, .rawText, .comment, .instruction:
            let content = tree.content(start)
            try budget.charge(bytes: content.count)
            return .lent(content)
        case .element, .document: break
        }
        var only: UnsafeBufferPointer<UInt8>?
        var made: [UInt8] = []
        let end = tree.end(start)
        try budget.charge((end - start) >> 2)
        for inner in start..<end where tree.nodes[inner].isText {
            let content = tree.content(inner)
            try budget.charge(bytes: content.count)
            if let first = only {
                if made.isEmpty { made.append(contentsOf: first) }
                made.append(contentsOf: content)
            } else {
                only = content
            }
        }
        return made.isEmpty ? only.map(XPathText.lent) ?? .empty : .made(made)
    }

    private func name(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> XPathText {
        let node = operation.count == 0 ? context.node : try firstNode(operation.first, context)
        guard let node else { return .empty }
        let name = node < 0 ? tree.attributes[Int(~node)].name : tree.nodes[Int(node)].name
        return XPathText(nameTable.string(name))
    }

    // MARK: Parts

    private func part(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> XPathText {
        let text = try text(argument(0, of: operation), context)
        let mark = try self.text(argument(1, of: operation), context)
        try budget.charge(bytes: text.count)
        return text.with(mark) { bytes, wanted in
            let place = ByteMatching.firstIndex(of: wanted, in: bytes)
            guard place >= 0 else { return .empty }
            return .made(
                operation.kind == .substringBefore ? Array(bytes[..<place]) : Array(bytes[(place + wanted.count)...]))
        }
    }

    private func substring(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> XPathText {
        let text = try text(argument(0, of: operation), context)
        let first = Self.rounded(try number(argument(1, of: operation), context))
        let count = operation.count > 2 ? Self.rounded(try number(argument(2, of: operation), context)) : .infinity
        try budget.charge(bytes: text.count)
        return text.withBytes { bytes in
            var made: [UInt8] = []
            var position = 0.0
            for byte in bytes {
                if byte & 0xC0 != 0x80 { position += 1 }
                if position >= first, position < first + count { made.append(byte) }
            }
            return .made(made)
        }
    }

    private func normalized(_ text: XPathText) throws(OutOfSteps) -> XPathText {
        try budget.charge(bytes: text.count)
        return text.withBytes { bytes in
            var made: [UInt8] = []
            made.reserveCapacity(bytes.count)
            var hasSpace = false
            for byte in bytes {
                if ByteMatching.isXPathSpace(byte) {
                    hasSpace = !made.isEmpty
                } else {
                    if hasSpace { made.append(0x20) }
                    made.append(byte)
                    hasSpace = false
                }
            }
            return .made(made)
        }
    }

    private func translated(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> XPathText {
        let text = try text(argument(0, of: operation), context)
        let from = try self.text(argument(1, of: operation), context).bytes
        let to = try self.text(argument(2, of: operation), context).bytes
        try budget.charge(bytes: text.count)
        let replacements = Array(String(decoding: to, as: UTF8.self).unicodeScalars)
        var table: [Unicode.Scalar: Unicode.Scalar?] = [:]
        for (index, scalar) in String(decoding: from, as: UTF8.self).unicodeScalars.enumerated()
        where table[scalar] == nil {
            table[scalar] = .some(index < replacements.count ? replacements[index] : nil)
        }
        var made = String.UnicodeScalarView()
        for scalar in String(decoding: text.bytes, as: UTF8.self).unicodeScalars {
            if let replacement = table[scalar] {
                if let replacement { made.append(replacement) }
            } else {
                made.append(scalar)
            }
        }
        return XPathText(String(made))
    }
}
