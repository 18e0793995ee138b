using System.Net;
using System.Text;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Notices.Email;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dunning.Tests.Payments.Webhooks;

/// <summary>Details missing in an event, fetched from the provider's API.</summary>
public sealed class EventDetailsTests
{
    private const string Base = "https://stand-in.example/api/";
    private const string Payment =
        """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","metadata":{},"reference":"2026-0042"}}""";

    [Fact]
    public async Task GoCardless_is_asked_for_the_payment_with_the_token_of_the_endpoint()
    {
        var handler = Answering(Payment);

        var paymentEvent = await CompleteAsync(handler, GoCardlessProvider.Name, Announced(GoCardlessProvider.Name));

        Assert.Equal(
            "Failed PM1 - | 2026-0042 || Zoë & Payment PM1 0.00 EUR | 2026-0042 || Zoë",
            ChangeText.Format(paymentEvent)
        );
        var asked = Assert.Single(handler.Requests).Request;
        Assert.Equal(
            (Base + "payments/PM1", "Bearer token"),
            (asked.RequestUri!.ToString(), asked.Headers.Authorization!.ToString())
        );
        Assert.Equal("2015-07-06", asked.Headers.GetValues("GoCardless-Version").Single());
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("paypal")]
    [InlineData("Mollie")]
    [InlineData("a-typo")]
    public async Task A_provider_without_an_API_is_named_and_no_other_one_gets_its_token(string provider)
    {
        var handler = Answering(Payment);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new PaymentApi(new HttpClient(handler)).GetAsync(
                new WebhookEndpoint { Provider = provider, ApiToken = "token" },
                "payments/1",
                default
            )
        );

        Assert.Contains($"'{provider}'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("gocardless", false, "https://api.gocardless.com/payments/1")]
    [InlineData("gocardless", true, "https://api-sandbox.gocardless.com/payments/1")]
    [InlineData("mollie", false, "https://api.mollie.com/v2/payments/1")]
    [InlineData("mollie-classic", true, "https://api.mollie.com/v2/payments/1")]
    public async Task Each_provider_is_asked_at_its_own_address(string provider, bool testMode, string address)
    {
        var handler = Answering(Payment);

        await new PaymentApi(new HttpClient(handler)).GetAsync(
            new WebhookEndpoint
            {
                Provider = provider,
                TestMode = testMode,
                ApiToken = "token",
            },
            "payments/1",
            default
        );

        Assert.Equal(address, Assert.Single(handler.Requests).Request.RequestUri!.ToString());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task A_failure_throws_so_that_the_queue_tries_again(HttpStatusCode status) =>
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            CompleteAsync(Answering("", status), GoCardlessProvider.Name, Announced(GoCardlessProvider.Name))
        );

    [Fact]
    public async Task An_answer_that_cannot_be_read_throws_too() =>
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            CompleteAsync(Answering("<html>"), GoCardlessProvider.Name, Announced(GoCardlessProvider.Name))
        );

    [Theory]
    [InlineData("""{"payments":{"id":"PM2","amount":11900,"currency":"EUR"}}""", "the API returned another object")]
    [InlineData(
        """{"payments":{"id":"PM1","amount":-1,"currency":"EUR"}}""",
        "payments.amount is not an amount that can be booked"
    )]
    [InlineData(
        """{"payments":{"id":"PM1","amount":1,"currency":"EURO"}}""",
        "payments.currency is not an ISO 4217 code"
    )]
    [InlineData("[]", "payments.id is missing")]
    public async Task An_answer_that_makes_no_sense_is_for_a_person(string answer, string problem) =>
        Assert.Equal(
            problem,
            (
                await CompleteAsync(Answering(answer), GoCardlessProvider.Name, Announced(GoCardlessProvider.Name))
            ).Problem
        );

    [Fact]
    public async Task What_the_provider_does_not_know_is_for_a_person()
    {
        var paymentEvent = await CompleteAsync(
            Answering("", HttpStatusCode.NotFound),
            MollieClassicProvider.Name,
            Announced(MollieClassicProvider.Name)
        );

        Assert.Equal(
            ("mollie-classic has no object payments/tr_1", 0),
            (paymentEvent.Problem, paymentEvent.Changes.Count)
        );
    }

    [Theory]
    [InlineData("paid", "", "live", "Payment tr_1 119.00 EUR | 7")]
    [InlineData("open", "", "live", "InFlight tr_1 - | 7")]
    [InlineData("authorized", "", "live", "InFlight tr_1 - | 7")]
    [InlineData("expired", "", "live", "Failed tr_1 - | 7")]
    [InlineData("paid", "", "test", " (test)")]
    [InlineData(
        "paid",
        ""","_embedded":{"refunds":[{"id":"re_1","status":"refunded","amount":{"value":"5.00","currency":"EUR"}},{"id":"re_2","status":"pending","amount":{"value":"6.00","currency":"EUR"}}]}""",
        "live",
        "Payment tr_1 119.00 EUR | 7 & Refund re_1 5.00 EUR | 7 | tr_1"
    )]
    [InlineData(
        "paid",
        ""","_embedded":{"chargebacks":[{"id":"chb_1","reversedAt":null,"amount":{"value":"5.00","currency":"EUR"}},{"id":"chb_2","reversedAt":"2026-01-05","amount":{"value":"6.00","currency":"EUR"}}]}""",
        "live",
        "Payment tr_1 119.00 EUR | 7 & Chargeback chb_1 5.00 EUR | 7 | tr_1 & ChargebackReversed chb_2 0.00 EUR | "
            + "7 | tr_1"
    )]
    public async Task Mollie_s_classic_payment_is_what_the_API_says_now(
        string status,
        string more,
        string mode,
        string meaning
    )
    {
        var answer =
            $$"""{"id":"tr_1","mode":"{{mode}}","status":"{{status}}","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoice_number":7,"order_id":"1"}{{more}} }""";

        var paymentEvent = await CompleteAsync(
            Answering(answer),
            MollieClassicProvider.Name,
            Announced(MollieClassicProvider.Name)
        );

        Assert.Equal((meaning, ProviderSamples.Now), (ChangeText.Format(paymentEvent), paymentEvent.OccurredAt));
    }

    [Fact]
    public async Task A_simple_payload_of_Mollie_is_completed_and_without_a_token_is_for_a_person()
    {
        var simple = Read(
            MollieProvider.Name,
            """{"id":"whe_1","type":"payment.paid","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00"}"""
        );
        const string answer = """{"id":"tr_1","amount":{"value":"119.00","currency":"EUR"},"metadata":"2026-0042"}""";

        Assert.Equal(
            "Payment tr_1 119.00 EUR | 2026-0042",
            ChangeText.Format(await CompleteAsync(Answering(answer), MollieProvider.Name, simple))
        );
        Assert.Contains(
            "ApiToken",
            (await CompleteAsync(Answering(answer), MollieProvider.Name, simple, token: null)).Problem,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("id=tr_1&id=tr_2")]
    [InlineData("id=tr_../1")]
    [InlineData("id=tr_%2e%2e")]
    [InlineData("id=pay_1")]
    [InlineData("id=")]
    [InlineData("")]
    [InlineData("""{"id":"tr_1"}""")]
    public void A_form_that_names_no_payment_is_for_a_person(string form) =>
        Assert.NotNull(Read(MollieClassicProvider.Name, form).Problem);

    [Fact]
    public void A_form_with_an_id_of_ten_kilobytes_is_for_a_person() =>
        Assert.NotNull(Read(MollieClassicProvider.Name, "id=tr_" + new string('a', 10_000)).Problem);

    [Fact]
    public async Task A_payment_that_belongs_to_another_account_has_no_effect()
    {
        const string answer =
            """{"id":"tr_1","mode":"live","status":"paid","profileId":"pfl_theirs","amount":{"value":"119.00","currency":"EUR"}}""";

        var paymentEvent = await CompleteAsync(
            Answering(answer),
            MollieClassicProvider.Name,
            Announced(MollieClassicProvider.Name),
            account: "pfl_ours"
        );

        Assert.Equal(
            ("the event is of account pfl_theirs; this endpoint is for pfl_ours", 0),
            (paymentEvent.Problem, paymentEvent.Changes.Count)
        );
    }

    [Fact]
    public async Task An_event_dated_in_the_future_gets_the_time_of_its_arrival()
    {
        var paymentEvent = await CompleteAsync(
            Answering(""),
            SquareProvider.Name,
            Announced(SquareProvider.Name) with
            {
                OccurredAt = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero),
            }
        );

        Assert.Equal(ProviderSamples.Now, paymentEvent.OccurredAt);
    }

    private static PaymentEvent Announced(string provider) => Read(provider, ProviderSamples.For(provider).Body);

    private static PaymentEvent Read(string provider, string body) =>
        Assert.Single(PaymentEvents.Read(provider, new([], Encoding.UTF8.GetBytes(body))));

    private static RecordingHandler Answering(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(_ => new HttpResponseMessage(status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        });

    private static async Task<PaymentEvent> CompleteAsync(
        RecordingHandler handler,
        string provider,
        PaymentEvent announced,
        string? token = "token",
        string? account = null
    )
    {
        var endpoint = new WebhookEndpoint
        {
            Provider = provider,
            Key = "0123456789abcdef",
            Secrets = ["s"],
            Url = ProviderSamples.Url,
            ApiToken = token,
            ApiBaseAddress = Base,
            Account = account,
        };
        using var http = new HttpClient(handler);
        var details = new EventDetails(
            new PaymentApi(http),
            new WebhookEndpoints([endpoint]),
            new StandingClock(ProviderSamples.Now),
            NullLogger<EventDetails>.Instance
        );
        return await details.CompleteAsync(
            new WebhookDelivery(
                endpoint.Id,
                "d",
                provider,
                "e",
                ProviderSamples.Now,
                new Dictionary<string, string>(),
                []
            ),
            announced,
            default
        );
    }
}

internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
