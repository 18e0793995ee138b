using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Scenarios.BadWebhooks;

/// <summary>One host for all cases, with helpers that send webhooks and read the responses and the results.</summary>
public sealed class WebhookHost : ProviderScenario
{
    public const string OtherKey = "an-endpoint-key-of-another-account",
        SandboxKey = "an-endpoint-key-of-the-sandbox";
    private const string StripeKey = "local-stripe-endpoint-key",
        OtherSecret = "whsec_of_another_endpoint";

    private readonly HashSet<string> _reported = [];

    protected override Dictionary<string, string?> Settings =>
        new(base.Settings)
        {
            ["Webhooks:30:Provider"] = StripeProvider.Name,
            ["Webhooks:30:Key"] = OtherKey,
            ["Webhooks:30:Secrets:0"] = OtherSecret,
            ["Webhooks:31:Provider"] = SquareProvider.Name,
            ["Webhooks:31:Key"] = OtherKey,
            ["Webhooks:31:Secrets:0"] = ProviderSamples.Text,
            ["Webhooks:31:Url"] = ProviderSamples.Url,
            ["Webhooks:31:Account"] = "OURS",
            ["Webhooks:32:Provider"] = QuickBooksProvider.Name,
            ["Webhooks:32:Key"] = OtherKey,
            ["Webhooks:32:Secrets:0"] = ProviderSamples.Text,
            ["Webhooks:32:Account"] = "1",
        };

    public DateTimeOffset Now => Host.Clock.GetUtcNow();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        ExpectedWarnings.AddRange(["A test event was sent to the live", "An event of another account was sent to"]);
    }

    public void SetApiResponse(Func<string, (System.Net.HttpStatusCode Status, string Body)> response) =>
        ApiHandler = request => response(request.RequestUri!.PathAndQuery);

    /// <summary>An invoice of 119.00, due in two weeks.</summary>
    /// <returns>The invoice's id.</returns>
    public Task<string> PostOpenInvoiceAsync(
        string number,
        string currency = "EUR",
        string amount = "119.00",
        string? externalId = null,
        string customer = "amberley"
    ) =>
        PostInvoiceAsync(
            new
            {
                externalId = externalId ?? number,
                number,
                issueDate = "2025-12-20",
                dueDate = "2026-01-20",
                currency,
                amountDue = amount,
                customer = Customer(customer, email: $"{customer}@buyer.example"),
            }
        );

    /// <summary>State and balance such as "partPaid 69.00", after all accepted webhooks are applied.</summary>
    public async Task<string> StateAndBalanceAsync(string id)
    {
        await Host.PumpAsync();
        var view = await GetInvoiceAsync(id);
        return $"{view.GetProperty("state").GetString()} {view.GetProperty("balance").GetString()}";
    }

    /// <summary>
    /// The problems of webhooks listed for manual review since the last call; empty when there are none.
    /// </summary>
    public async Task<string> ManualReviewProblemsAsync()
    {
        await Host.PumpAsync();
        var problems = (await Http.GetFromJsonAsync<JsonElement>("api/manage/payments/unmatched"))
            .EnumerateArray()
            .Where(delivery => _reported.Add(delivery.GetProperty("delivery").GetString()!))
            .Select(delivery => delivery.GetProperty("problem").GetString()!);
        return string.Join(" + ", problems.Order(StringComparer.Ordinal));
    }

    public IEnumerable<string> WarningsOf(string part) =>
        Log.Where(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>Sends a body to the Stripe endpoint, signed with this secret, at a time offset in seconds.</summary>
    public Task<string> StripeAsync(byte[] body, string secret = StripeSecret, int seconds = 0) =>
        StripeAsync(body, ("Stripe-Signature", StripeSignature.Sign(secret, body, Now.AddSeconds(seconds))));

    public Task<string> StripeAsync(string body) => StripeAsync(Encoding.UTF8.GetBytes(body));

    public async Task<string> StripeAsync(byte[] body, params (string Name, string Value)[] headers) =>
        Code(await DeliverAsync(StripeProvider.Name, body, headers, key: StripeKey));

    public string StripeHeader(byte[] body, string? time = null)
    {
        var at = time ?? Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={at},v1={Convert.ToHexStringLower(Mac.Compute(StripeSignature.Key(StripeSecret), $"{at}.", body))}";
    }

    /// <summary>Sends a body of any provider except Stripe and PayPal, signed as its sample is.</summary>
    public async Task<string> SignedAsync(string provider, string body, string key = Key)
    {
        var sample = ProviderSamples.For(provider) with { Body = body };
        var type = provider == MollieClassicProvider.Name ? "application/x-www-form-urlencoded" : "application/json";
        return Code(
            await DeliverAsync(provider, sample.Bytes, [.. sample.Headers.Select(h => (h.Key, h.Value))], type, key)
        );
    }

    /// <summary>Sends the sample's body with a changed signature header.</summary>
    public async Task<string> HeaderAsync(string provider, Func<string, string> change)
    {
        var sample = ProviderSamples.For(provider);
        return Code(
            await DeliverAsync(provider, sample.Bytes, [(sample.Header, change(sample.Headers[sample.Header]))])
        );
    }

    public async Task<string> StandardAsync(
        string body,
        Func<Dictionary<string, string>, Dictionary<string, string>>? change = null
    )
    {
        const string secret = "whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0";
        var bytes = Encoding.UTF8.GetBytes(body);
        var headers = StandardSignature.Sign(
            secret,
            $"msg_{_reported.Count}_{body.GetHashCode(StringComparison.Ordinal)}",
            bytes,
            Now
        );
        return Code(
            await DeliverAsync(
                StandardWebhooksProvider.Name,
                bytes,
                [.. (change?.Invoke(headers) ?? headers).Select(h => (h.Key, h.Value))],
                key: "local-standard-endpoint-key"
            )
        );
    }

    public async Task<string> SendAsync(
        string provider,
        byte[] body,
        (string Name, string Value)[] headers,
        string type = "application/json",
        string key = Key
    ) => Code(await DeliverAsync(provider, body, headers, type, key));

    /// <summary>Sends a raw request that no HTTP client would send.</summary>
    /// <param name="lines">Headers after the request line and the host.</param>
    /// <returns>The status, or "closed" when the server closed the connection without a response.</returns>
    public Task<string> RawAsync(byte[] body, params string[] lines) => RawAsync(body, closesAfterBody: false, lines);

    /// <param name="closesAfterBody">The sender closes the connection after its last byte.</param>
    public async Task<string> RawAsync(byte[] body, bool closesAfterBody, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host.BaseAddress.Host, Host.BaseAddress.Port);
        var stream = client.GetStream();
        var head = string.Join(
            "\r\n",
            [
                $"POST /api/webhooks/stripe/{StripeKey} HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Connection: close",
                .. lines,
                "",
                "",
            ]
        );
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
            await stream.WriteAsync(body);
            if (closesAfterBody)
                client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return (await reader.ReadLineAsync())?.Split(' ')[1] ?? "closed";
        }
        catch (IOException)
        {
            return "closed";
        }
    }

    /// <summary>Claims a reminder as if it were being sent; returns an action that removes it.</summary>
    public async Task<Func<Task>> ClaimReminderAsync(string id)
    {
        Assert.True(InvoiceId.TryParse(id, out var invoice));
        var notice = new Notice
        {
            Id = new("in-flight"),
            CustomerId = invoice.Customer,
            Channel = Channel.Email,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(invoice.Invoice, new StepId("first"))],
            PlannedAt = Now,
            NotBefore = Now,
            State = NoticeState.Sending,
            ClaimedAt = Now,
            InvoiceIds = [invoice.Invoice],
        };
        Assert.True(
            await Table.TryCommitAsync(new CustomerTransaction(invoice.Customer).Save(before: null, notice), default)
        );
        return async () =>
        {
            var stored = (await Table.ReadAsync(invoice.Customer, default))!.Notices.Single(n =>
                n.Value.Id == notice.Id
            );
            Assert.True(await Table.TryCommitAsync(new CustomerTransaction(invoice.Customer).Delete(stored), default));
        };
    }

    private static string Code((int Status, string Body) response) =>
        response.Status.ToString(CultureInfo.InvariantCulture);
}
