public import WebStandards

/// One step from what a page says to what an item holds.
///
/// What a spider cannot say nicely is said in Swift: a type that conforms, registered under a name in a ``ConverterRegistry``. It may be given a
/// whole page, `each: {css: html, as: html, then: my-reader}`, and give an object for each item; fields then find their values in it by paths.
public protocol ValueConverter: Sendable {
    /// Whether it looks at all values found at once, such as joining them, and not at each by itself.
    var needsAllValues: Bool { get }

    /// The values in their new form; what cannot be converted is left out.
    func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue]
}

extension ValueConverter {
    /// Most converters look at one value at a time.
    public var needsAllValues: Bool { false }
}

/// What a converter may know of the page.
public struct ConversionContext {
    /// What relative URLs on the page are relative to.
    public let base: WebURL
    /// The value of a name: a field found before, a page value, a capture of the URL.
    public let value: (String) -> JSONValue?

    /// Makes a context.
    public init(base: WebURL, value: @escaping (String) -> JSONValue?) {
        self.base = base
        self.value = value
    }
}

/// A converter made of a function of one value; nil leaves the value out.
struct EachConverter: ValueConverter {
    let function: @Sendable (JSONValue, ConversionContext) -> JSONValue?
    /// The same of a text, where that is all it looks at, so that no context need be made for it; nil where it is not.
    let ofText: (@Sendable (String) -> JSONValue?)?

    init(_ function: @escaping @Sendable (JSONValue, ConversionContext) -> JSONValue?) {
        self.function = function
        ofText = nil
    }

    /// Leaves out what does not pass.
    init(keeping passes: @escaping @Sendable (JSONValue, ConversionContext) -> Bool) {
        ofText = nil
        function = { value, context in
            // No ternary: nil is also how JSON's null is written, and null would be a value.
            guard passes(value, context) else { return .none }
            return value
        }
    }

    init(text function: @escaping @Sendable (String) -> JSONValue?) {
        ofText = function
        self.function = { value, _ in NumberText.text(value).flatMap(function) }
    }

    func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue] {
        values.compactMap { function($0, context) }
    }
}

/// A converter made of a function of all values.
struct AllConverter: ValueConverter {
    let function: @Sendable ([JSONValue]) -> [JSONValue]
    var needsAllValues: Bool { true }

    init(_ function: @escaping @Sendable ([JSONValue]) -> [JSONValue]) { self.function = function }

    func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue] { function(values) }
}
