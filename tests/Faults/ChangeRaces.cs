using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.Demo;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Edits, holds, disputes and voids that come while reminders are leaving.</summary>
[Trait("Category", "Faults")]
public sealed class ChangeRaces(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    private const int Seed = 20260321;

    private static readonly string[] _changes = ["hold", "dispute", "void", "edit"];

    private static int Rounds => FaultLab.Full ? Math.Max(70 / FaultLab.Stride, 1) : 2;

    [Fact]
    public async Task Whatever_changes_while_reminders_leave_each_is_sent_once_or_not_at_all_and_the_book_says_which()
    {
        var random = new Random(Seed);
        var (races, withheld) = (0, 0);
        List<string> findings = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using var stage = await Stage.OpenAsync(lab);
            var (script, changes) = await PlayAsync(stage, random);
            var http = await stage.CalmHostAsync();
            foreach (var (id, customer) in script.Invoices)
            {
                var reminders = stage.Ledger.Deliveries.Where(d => d.Name.Customer == customer).ToList();
                var (change, acceptedAt) = changes[customer];
                findings.AddRange(
                    Judge(await http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}"), change, reminders)
                        .Select(f => $"round {round}, customer {customer}, {change}: {f}")
                );
                races++;
                withheld += reminders.Count == 0 ? 1 : 0;
                findings.AddRange(
                    reminders
                        .Where(d => change != "edit" && d.BeganAt > acceptedAt)
                        .Select(d =>
                            $"{d.Name} began {Stopwatch.GetElapsedTime(acceptedAt, d.BeganAt).TotalMilliseconds:F1} ms after the {change} was accepted"
                        )
                );
            }
            findings.AddRange(await BookInvariants.FindFlawsAsync(stage.Tables().GetTableClient(Dunning.Tables.Book)));
        }
        FaultReport.End(
            output,
            "Changes",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{races} races of a hold, dispute, void or edit with a reminder: {withheld} customers were not "
                    + $"written to; {findings.Count} sent twice, after an accepted hold, dispute or void, or told "
                    + $"otherwise than they went"
            )
        );
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("dispute")]
    [InlineData("void")]
    public Task A_change_between_claim_and_send_is_called_accepted_only_when_the_reminder_is_gone(string change) =>
        BetweenClaimAndSend.NothingFollowsAsync(
            lab,
            (http, id, _) => http.PostAsJsonAsync($"api/invoices/{id}/{change}", new { reason = "a race" })
        );

    [Fact]
    public Task A_payment_that_a_person_saw_is_called_accepted_only_when_the_reminder_is_gone() =>
        BetweenClaimAndSend.NothingFollowsAsync(
            lab,
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
    public Task What_its_source_calls_paid_is_called_accepted_only_when_the_reminder_is_gone() =>
        BetweenClaimAndSend.NothingFollowsAsync(
            lab,
            (http, _, customer) =>
                http.PostAsJsonAsync("api/invoices", Script.Invoice(customer, Script.DueDate(customer), status: "paid"))
        );

    /// <summary>What the invoice tells of its one step must be what the provider saw.</summary>
    private static IEnumerable<string> Judge(JsonElement invoice, string change, IReadOnlyList<Delivery> reminders)
    {
        foreach (var twice in reminders.CountBy(d => d.Name).Where(d => d.Value > 1))
            yield return $"{twice.Key} was sent {twice.Value} times";
        var told = invoice
            .GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("kind").GetString())
            .ToList();
        if (told.Count(kind => kind == "sent") is var sent && sent != reminders.Count)
            yield return $"{reminders.Count} left and the invoice tells of {sent}: {string.Join(", ", told)}";
        if (sent + told.Count(kind => kind == "notSent") is var ended && ended != Planned(told, invoice))
            yield return $"{Planned(told, invoice)} notices were planned, and {ended} are sent or not sent: {string.Join(", ", told)}";
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

    private static int Planned(List<string?> told, JsonElement invoice) =>
        invoice
            .GetProperty("events")
            .EnumerateArray()
            .Where(e => e.GetProperty("kind").GetString() == "planned")
            .Sum(e => e.GetProperty("what").GetString()!.Split(',').Length);

    /// <returns>What was changed about each customer's invoice, and when the answer came.</returns>
    private static async Task<(
        Script Script,
        IReadOnlyDictionary<int, (string Change, long AcceptedAt)> Changes
    )> PlayAsync(Stage stage, Random random)
    {
        var (script, http) = await Script.PlanMorningAsync(stage);
        var plans = script
            .Invoices.Select(i =>
                (Id: i.Key, Customer: i.Value, Change: _changes[random.Next(_changes.Length)], At: random.Next(900))
            )
            .ToList();
        var changes = plans.Select(p => ChangeAsync(http, p.Id, p.Customer, p.Change, p.At)).ToList();
        await Task.WhenAll(changes.Append<Task>(Script.PumpAsync(http)));
        await Script.PumpAsync(http);
        return (script, plans.Zip(changes).ToDictionary(p => p.First.Customer, p => (p.First.Change, p.Second.Result)));
    }

    private static async Task<long> ChangeAsync(HttpClient http, string id, int customer, string change, int at)
    {
        await Task.Delay(at);
        while (true)
        {
            using var answer =
                change == "edit"
                    ? await http.PostAsJsonAsync(
                        "api/invoices",
                        Script.Invoice(customer, Script.DueDate(customer), amountDue: "109.00")
                    )
                    : await http.PostAsJsonAsync($"api/invoices/{id}/{change}", new { reason = "a race" });
            // A reminder is leaving: the same again.
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
                continue;
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return Stopwatch.GetTimestamp();
        }
    }
}
