using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Payments that come while reminders are leaving.</summary>
[Trait("Category", "Faults")]
public sealed class PaymentRaces(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    private const int Seed = 20260320;

    private static int Rounds => FaultLab.Full ? Math.Max(70 / FaultLab.Stride, 1) : 4;

    [Fact]
    public async Task Nothing_is_sent_after_a_payment_was_accepted()
    {
        var random = new Random(Seed);
        List<string> late = [];
        int races = 0,
            dropped = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var stage = await Stage.OpenAsync(lab);
            var paid = await PlayAsync(stage, random);
            races += paid.Count;
            foreach (var (customer, acceptedAt) in paid)
            {
                var reminders = stage
                    .Ledger.Deliveries.Where(d => d.Name.Customer == customer && d.Name.Step != "thanks")
                    .ToList();
                dropped += reminders.Count == 0 ? 1 : 0;
                late.AddRange(
                    reminders
                        .Where(d => d.BeganAt > acceptedAt)
                        .Select(d =>
                            $"{d.Name} began {Stopwatch.GetElapsedTime(acceptedAt, d.BeganAt).TotalMilliseconds:F1} ms after the payment was accepted"
                        )
                );
            }
        }
        FaultReport.End(
            output,
            "Payments",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{races} races of a payment with a reminder: {dropped} payments came before every send, "
                    + $"{late.Count} reminders began after an accepted payment"
            )
        );
        Assert.Empty(late);
    }

    [Fact]
    public Task A_payment_between_claim_and_send_is_called_accepted_only_when_the_reminder_is_gone() =>
        BetweenClaimAndSend.NothingFollowsAsync(
            lab,
            (http, _, customer) => Script.SendPaymentAsync(http, customer, lab.Clock.GetUtcNow())
        );

    [Fact]
    public async Task One_payment_told_to_two_hosts_at_once_many_times_counts_once()
    {
        await using var stage = await Stage.OpenAsync(lab);
        stage.Clock.SetTo(Script.Start);
        var script = new Script(stage.Clock);
        var http = await stage.CalmHostAsync();
        using var other = new HttpClient { BaseAddress = (await stage.StartHostAsync(stage.OpenWire())).BaseAddress };
        await script.PostInvoicesAsync(http);

        foreach (
            var answer in await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Script.SendPaymentAsync(i % 2 == 0 ? http : other, customer: 0, stage.Clock.GetUtcNow())
                    )
            )
        )
            using (answer)
                Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        await Task.WhenAll(Script.PumpAsync(http), Script.PumpAsync(other));

        var invoice = await http.GetFromJsonAsync<JsonElement>(
            $"api/invoices/{script.Invoices.Single(i => i.Value == 0).Key}"
        );
        Assert.Equal("0.00", invoice.GetProperty("balance").GetString());
        Assert.Single(invoice.GetProperty("events").EnumerateArray(), e => e.GetProperty("kind").GetString() == "paid");
    }

    /// <returns>When each customer's payment was accepted.</returns>
    private static async Task<IReadOnlyDictionary<int, long>> PlayAsync(Stage stage, Random random)
    {
        var (_, http) = await Script.PlanMorningAsync(stage);
        var paid = new ConcurrentDictionary<int, long>();
        // The 60 seconds before and after a send, made shorter: within them nothing happens to a notice by time alone
        // (leases, delays and patience are a minute and longer), so before it is claimed and after it is recorded every
        // instant is like any other. A round claims, sends and records for about a second, one after the other;
        // payments spread over it meet each of these instants far more often than 60 seconds would.
        var payments = Enumerable
            .Range(0, Script.Customers)
            .Select(customer => (customer, At: random.Next(900)))
            .ToList();
        await Task.WhenAll(
            payments.Select(payment => PayAsync(payment.customer, payment.At)).Append(Script.PumpAsync(http))
        );
        await Script.PumpAsync(http);
        return paid;

        async Task PayAsync(int customer, int at)
        {
            await Task.Delay(at);
            using var answer = await Script.SendPaymentAsync(http, customer, stage.Clock.GetUtcNow());
            if (answer.IsSuccessStatusCode)
                paid[customer] = Stopwatch.GetTimestamp();
        }
    }
}
