import Foundation
import Testing
import WebStandards

@testable import Webhooks

@Suite struct WebhookSecretTests {
    /// 32 bytes.
    private static let text = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()

    @Test("the signature of the specification's example is the specification's")
    func vector() throws {
        // Standard Webhooks, "Signature scheme": secret, id, timestamp, body and signature as printed there.
        let secret = try WebhookSecret(
            variable: "S", environment: ["S": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        let fields = secret.fields(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(fields.first("webhook-signature") == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(fields.first("webhook-timestamp") == "1614265330")
    }

    @Test("while a secret is replaced, messages are signed with both")
    func rotation() throws {
        let other = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()
        let both = try WebhookSecret(variable: "S", environment: ["S": "\(Self.text) \(other)"])
        let signature = both.fields(id: "a", timestamp: 1, body: []).first("webhook-signature") ?? ""
        let alone = try WebhookSecret(variable: "S", environment: ["S": other])
        #expect(signature.split(separator: " ").count == 2)
        #expect(signature.hasSuffix(alone.fields(id: "a", timestamp: 1, body: []).first("webhook-signature") ?? "-"))
    }

    @Test(
        "what is no secret is refused without being repeated",
        arguments: ["", "hunter22hunter22", "whsec_", "whsec_c2hvcnQ=", "whsec_hunter22!!hunter22hunter22hunter2"])
    func unusable(text: String) {
        let error = #expect(throws: WebhookSecret.Unusable.self) {
            try WebhookSecret(variable: "HOOK_SECRET", environment: ["HOOK_SECRET": text])
        }
        #expect(error?.description.contains("HOOK_SECRET") == true && error?.description.contains("hunter") == false)
    }

    @Test("printing, dumping and reflecting shows nothing of it")
    func silent() throws {
        let secret = try WebhookSecret(variable: "S", environment: ["S": Self.text])
        var dumped = ""
        dump(secret, to: &dumped)
        let all = "\(secret) \(String(reflecting: secret)) \(dumped)"
        #expect(!all.contains("AAEC") && !all.contains("[0, 1"))
    }
}
