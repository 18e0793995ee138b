using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Payments that arrive while reminders are being sent.</summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class PaymentRaces(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private const int Seed = 20260320;

    private static int Rounds => FaultFixture.Full ? Math.Max(70 / FaultFixture.Stride, 1) : 4;

    [Fact]
    public async Task Nothing_is_sent_after_a_payment_was_accepted()
    {
        var random = new Random(Seed);
        List<string> late = [];
        int races = 0,
            notSent = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var environment = await FaultEnvironment.OpenAsync(fixture);
            var paid = await RaceAsync(environment, random);
            races += paid.Count;
            foreach (var (customer, acceptedAt) in paid)
            {
                var reminders = environment
                    .Providers.Accepted.Where(d => d.Notice.Customer == customer && d.Notice.Step != "thanks")
                    .ToList();
                notSent += reminders.Count == 0 ? 1 : 0;
                late.AddRange(
                    reminders
                        .Where(d => d.ReceivedAt > acceptedAt)
                        .Select(d =>
                            $"{d.Notice} began {Stopwatch.GetElapsedTime(acceptedAt, d.ReceivedAt).TotalMilliseconds:F1} ms after the payment was accepted"
                        )
                );
            }
        }
        FaultReport.Finish(
            output,
            "Payments",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{races} races of a payment with a reminder: {notSent} payments came before every send, "
                    + $"{late.Count} reminders began after an accepted payment"
            )
        );
        Assert.Empty(late);
    }

    [Fact]
    public Task A_payment_between_claim_and_send_is_accepted_only_after_the_reminder_was_sent() =>
        BetweenClaimAndSend.AssertNothingIsSentAfterAcceptanceAsync(
            fixture,
            (http, _, customer) => FaultScenario.SendPaymentAsync(http, customer, fixture.Clock.GetUtcNow())
        );

    [Fact]
    public async Task One_payment_delivered_several_times_to_two_hosts_at_once_counts_once()
    {
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        environment.Clock.SetTo(FaultScenario.Start);
        var scenario = new FaultScenario(environment.Clock);
        var http = await environment.ConnectToFaultFreeHostAsync();
        using var other = new HttpClient
        {
            BaseAddress = (await environment.StartHostAsync(environment.OpenProxy())).BaseAddress,
        };
        await scenario.PostInvoicesAsync(http);

        foreach (
            var response in await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        FaultScenario.SendPaymentAsync(
                            i % 2 == 0 ? http : other,
                            customer: 0,
                            environment.Clock.GetUtcNow()
                        )
                    )
            )
        )
            using (response)
                Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        await Task.WhenAll(FaultScenario.PumpAsync(http), FaultScenario.PumpAsync(other));

        var invoice = await http.GetFromJsonAsync<JsonElement>(
            $"api/invoices/{scenario.Invoices.Single(i => i.Value == 0).Key}"
        );
        Assert.Equal("0.00", invoice.GetProperty("balance").GetString());
        Assert.Single(invoice.GetProperty("events").EnumerateArray(), e => e.GetProperty("kind").GetString() == "paid");
    }

    /// <returns>When each customer's payment was accepted.</returns>
    private static async Task<IReadOnlyDictionary<int, long>> RaceAsync(FaultEnvironment environment, Random random)
    {
        var (_, http) = await FaultScenario.PlanMorningAsync(environment);
        var paid = new ConcurrentDictionary<int, long>();
        // Replaces the 60 seconds before and after a send by a shorter time. Within them no state of a notice changes
        // by time alone (leases, delays and claim time-outs are a minute and longer), so all instants before the claim
        // are alike, and all after the record. A round claims, sends and records for about a second; payments spread
        // over that second hit each of these instants far more often than over 60 seconds.
        var payments = Enumerable
            .Range(0, FaultScenario.Customers)
            .Select(customer => (customer, At: random.Next(900)))
            .ToList();
        await Task.WhenAll(
            payments.Select(payment => PayAsync(payment.customer, payment.At)).Append(FaultScenario.PumpAsync(http))
        );
        await FaultScenario.PumpAsync(http);
        return paid;

        async Task PayAsync(int customer, int at)
        {
            await Task.Delay(at);
            using var response = await FaultScenario.SendPaymentAsync(http, customer, environment.Clock.GetUtcNow());
            if (response.IsSuccessStatusCode)
                paid[customer] = Stopwatch.GetTimestamp();
        }
    }
}
