import Reports
import Terminal
import WebStandards

/// What a command has done, in one line.
struct ControlAnswer {
    private let subject: ControlSubject
    private let done: String
    private let delay: Duration?

    init(_ subject: ControlSubject, _ done: String, delay: Duration? = nil) {
        self.subject = subject
        self.done = done
        self.delay = delay
    }

    func print(json: Bool) {
        guard json else { return Console.print("\(subject.name): \(done)") }
        Console.print(
            .object([
                "site": .string(subject.site), "host": subject.host.map { .string($0) } ?? .null,
                "done": .string(done), "delay_seconds": delay.map { .double($0.inSeconds) } ?? .null,
            ]))
    }
}
