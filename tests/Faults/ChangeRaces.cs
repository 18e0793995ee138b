using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.Demo;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Edits, holds, disputes and voids that arrive while reminders are being sent.</summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class ChangeRaces(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private const int Seed = 20260321;

    private static readonly string[] _changes = ["hold", "dispute", "void", "edit"];

    private static int Rounds => FaultFixture.Full ? Math.Max(70 / FaultFixture.Stride, 1) : 2;

    [Fact]
    public async Task When_invoices_change_while_reminders_are_sent_each_is_sent_at_most_once_and_the_events_say_so()
    {
        var random = new Random(Seed);
        var (races, notSent) = (0, 0);
        List<string> errors = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using var environment = await FaultEnvironment.OpenAsync(fixture);
            var (scenario, changes) = await RaceAsync(environment, random);
            var http = await environment.ConnectToFaultFreeHostAsync();
            foreach (var (id, customer) in scenario.Invoices)
            {
                var reminders = environment.Providers.Accepted.Where(d => d.Notice.Customer == customer).ToList();
                var (change, acceptedAt) = changes[customer];
                errors.AddRange(
                    FindErrors(await http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}"), change, reminders)
                        .Select(f => $"round {round}, customer {customer}, {change}: {f}")
                );
                races++;
                notSent += reminders.Count == 0 ? 1 : 0;
                errors.AddRange(
                    reminders
                        .Where(d => change != "edit" && d.ReceivedAt > acceptedAt)
                        .Select(d =>
                            $"{d.Notice} began {Stopwatch.GetElapsedTime(acceptedAt, d.ReceivedAt).TotalMilliseconds:F1} ms after the {change} was accepted"
                        )
                );
            }
            errors.AddRange(
                await BookInvariants.FindFlawsAsync(environment.Tables().GetTableClient(Dunning.Tables.Book))
            );
        }
        FaultReport.Finish(
            output,
            "Changes",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{races} races of a hold, dispute, void or edit with a reminder: {notSent} customers received "
                    + $"no message; {errors.Count} errors (sent twice, sent after an accepted hold, dispute or void, "
                    + $"or wrong events)"
            )
        );
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("dispute")]
    [InlineData("void")]
    public Task A_change_between_claim_and_send_is_accepted_only_after_the_reminder_was_sent(string change) =>
        BetweenClaimAndSend.AssertNothingIsSentAfterAcceptanceAsync(
            fixture,
            (http, id, _) => http.PostAsJsonAsync($"api/invoices/{id}/{change}", new { reason = "a race" })
        );

    [Fact]
    public Task A_payment_recorded_by_hand_is_accepted_only_after_the_reminder_was_sent() =>
        BetweenClaimAndSend.AssertNothingIsSentAfterAcceptanceAsync(
            fixture,
            (http, id, customer) =>
                http.SendAsync(
                    new HttpRequestMessage(HttpMethod.Post, $"api/invoices/{id}/payments")
                    {
                        Headers = { { "Idempotency-Key", $"race-{customer}" } },
                        Content = JsonContent.Create(new { amount = "119.00", currency = "GBP" }),
                    }
                )
        );

    [Fact]
    public Task A_paid_status_from_the_source_is_accepted_only_after_the_reminder_was_sent() =>
        BetweenClaimAndSend.AssertNothingIsSentAfterAcceptanceAsync(
            fixture,
            (http, _, customer) =>
                http.PostAsJsonAsync(
                    "api/invoices",
                    FaultScenario.Invoice(customer, FaultScenario.DueDate(customer), status: "paid")
                )
        );

    /// <summary>Compares the events of the invoice with the messages that the providers accepted.</summary>
    private static IEnumerable<string> FindErrors(
        JsonElement invoice,
        string change,
        IReadOnlyList<AcceptedMessage> reminders
    )
    {
        foreach (var duplicate in reminders.CountBy(d => d.Notice).Where(d => d.Value > 1))
            yield return $"{duplicate.Key} was sent {duplicate.Value} times";
        var kinds = invoice
            .GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("kind").GetString())
            .ToList();
        if (kinds.Count(kind => kind == "sent") is var sent && sent != reminders.Count)
            yield return $"{reminders.Count} messages were accepted and the invoice has {sent} sent events: {string.Join(", ", kinds)}";
        if (sent + kinds.Count(kind => kind == "notSent") is var finished && finished != CountPlanned(kinds, invoice))
            yield return $"{CountPlanned(kinds, invoice)} notices were planned, and {finished} have a sent or notSent event: {string.Join(", ", kinds)}";
        var expected = change switch
        {
            "hold" => "onHold",
            "dispute" => "disputed",
            "void" => "void",
            _ => "open",
        };
        if (invoice.GetProperty("state").GetString() is var state && state != expected)
            yield return $"its state is {state}";
        if (change == "edit" && invoice.GetProperty("balance").GetString() != "109.00")
            yield return $"its balance is {invoice.GetProperty("balance")}";
    }

    private static int CountPlanned(List<string?> kinds, JsonElement invoice) =>
        invoice
            .GetProperty("events")
            .EnumerateArray()
            .Where(e => e.GetProperty("kind").GetString() == "planned")
            .Sum(e => e.GetProperty("what").GetString()!.Split(',').Length);

    /// <returns>What was changed on each customer's invoice, and when the response arrived.</returns>
    private static async Task<(
        FaultScenario Scenario,
        IReadOnlyDictionary<int, (string Change, long AcceptedAt)> Changes
    )> RaceAsync(FaultEnvironment environment, Random random)
    {
        var (scenario, http) = await FaultScenario.PlanMorningAsync(environment);
        var plans = scenario
            .Invoices.Select(i =>
                (Id: i.Key, Customer: i.Value, Change: _changes[random.Next(_changes.Length)], At: random.Next(900))
            )
            .ToList();
        var changes = plans.Select(p => ChangeAsync(http, p.Id, p.Customer, p.Change, p.At)).ToList();
        await Task.WhenAll(changes.Append<Task>(FaultScenario.PumpAsync(http)));
        await FaultScenario.PumpAsync(http);
        return (
            scenario,
            plans.Zip(changes).ToDictionary(p => p.First.Customer, p => (p.First.Change, p.Second.Result))
        );
    }

    private static async Task<long> ChangeAsync(HttpClient http, string id, int customer, string change, int at)
    {
        await Task.Delay(at);
        while (true)
        {
            using var response =
                change == "edit"
                    ? await http.PostAsJsonAsync(
                        "api/invoices",
                        FaultScenario.Invoice(customer, FaultScenario.DueDate(customer), amountDue: "109.00")
                    )
                    : await http.PostAsJsonAsync($"api/invoices/{id}/{change}", new { reason = "a race" });
            // A reminder is being sent: retry the same request.
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
                continue;
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            return Stopwatch.GetTimestamp();
        }
    }
}
