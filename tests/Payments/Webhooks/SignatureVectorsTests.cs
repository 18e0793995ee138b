using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Notices.Sms;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments.Webhooks;

public sealed class SignatureVectorsTests
{
    private const string File = "webhooks/vectors.json";

    /// <summary>Provider names that differ in the vectors.</summary>
    private static readonly Dictionary<string, string> _names = new()
    {
        ["adyen-item"] = AdyenProvider.Name,
        ["adyen-body"] = AdyenPlatformProvider.Name,
    };

    public static TheoryData<string> Ids()
    {
        var ids = new TheoryData<string>();
        if (SharedFixtures.Root is not null)
        {
            foreach (var vector in Vectors())
                ids.Add(vector.GetProperty("id").GetString()!);
        }
        return ids;
    }

    [FixtureTheory]
    [MemberData(nameof(Ids))]
    public void Every_published_vector_is_judged_as_its_publisher_says(string id)
    {
        var vector = Vectors().Single(v => v.GetProperty("id").GetString() == id);

        var valid = Text(vector, "scheme") switch
        {
            "paypal-rsa" => IsPayPal(vector),
            "twilio-form" => TwilioSignature.Verify(
                Text(vector, "url")!,
                Form(Body(vector)),
                Header(vector, TwilioSignature.HeaderName),
                Secrets(vector)
            ),
            "twilio-json" => TwilioSignature.Verify(
                Text(vector, "url")!,
                Encoding.UTF8.GetBytes(Body(vector)),
                Header(vector, TwilioSignature.HeaderName),
                Secrets(vector)
            ),
            var scheme => IsSigned(vector, _names.GetValueOrDefault(scheme!, scheme!)),
        };

        Assert.Equal(Text(vector, "expect") == "valid", valid);
    }

    [FixtureFact]
    public void Every_scheme_but_Braintrees_has_vectors() =>
        Assert.Equal(
            [
                "adyen-body",
                "adyen-item",
                "gocardless",
                "mollie",
                "paddle",
                "paypal-rsa",
                "quickbooks",
                "razorpay",
                "square",
                "standard-webhooks",
                "stripe",
                "twilio-form",
                "twilio-json",
            ],
            Vectors().Select(v => Text(v, "scheme")!).Distinct().Order(StringComparer.Ordinal)
        );

    private static bool IsSigned(JsonElement vector, string provider)
    {
        var now =
            vector.GetProperty("now").ValueKind is JsonValueKind.Number ? vector.GetProperty("now").GetInt64() : 0;
        TimeSpan? tolerance =
            vector.GetProperty("toleranceSeconds").ValueKind is JsonValueKind.Number
                ? TimeSpan.FromSeconds(vector.GetProperty("toleranceSeconds").GetInt32())
                : null;
        return WebhookSignatures.Verify(
            provider,
            Request(vector),
            Secrets(vector),
            DateTimeOffset.FromUnixTimeSeconds(now),
            tolerance
        );
    }

    private static bool IsPayPal(JsonElement vector)
    {
        using var key = RSA.Create();
        key.ImportFromPem(SharedFixtures.Text($"webhooks/{Text(vector, "publicKeyFile")}"));
        return PayPalSignature.Verify(Request(vector), Text(vector, "webhookId")!, key);
    }

    private static WebhookRequest Request(JsonElement vector) =>
        new(
            vector
                .GetProperty("headers")
                .EnumerateObject()
                .Select(h => KeyValuePair.Create(h.Name, h.Value.GetString()!)),
            Encoding.UTF8.GetBytes(Body(vector)),
            Text(vector, "url")
        );

    private static List<JsonElement> Vectors() =>
        [
            .. JsonElement
                .Parse(SharedFixtures.Text(File))
                .GetProperty("vectors")
                .EnumerateArray()
                .Where(vector => !Text(vector, "scheme")!.StartsWith("braintree", StringComparison.Ordinal)),
        ];

    private static List<string> Secrets(JsonElement vector) =>
        [.. vector.GetProperty("secrets").EnumerateArray().Select(s => s.GetString()!)];

    private static string? Header(JsonElement vector, string name) =>
        vector.GetProperty("headers").GetProperty(name).GetString();

    private static IEnumerable<KeyValuePair<string, string>> Form(string body) =>
        body.Split('&')
            .Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])));

    private static string? Text(JsonElement vector, string name) => vector.GetProperty(name).GetString();

    private static string Body(JsonElement vector) =>
        vector.TryGetProperty("bodyRepeat", out var repeat)
            ? new string(repeat.GetProperty("char").GetString()![0], repeat.GetProperty("count").GetInt32())
            : vector.GetProperty("body").GetString()!;
}
