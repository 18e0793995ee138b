using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Dunning.Jobs;
using Dunning.Receivables;
using Dunning.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Simulation;

public sealed class Simulations : SimulationScenario
{
    protected override Dictionary<string, string?> Settings => new() { ["Sms:Prices"] = "GB=0.0463 USD" };

    [Fact]
    public async Task The_days_ahead_are_told_message_by_message_and_nothing_is_written()
    {
        await PostInvoiceAsync(Invoice("S-1"));
        await PostInvoiceAsync(
            Invoice("S-2", due: "2026-02-20", customer: Customer("late", "ap@late.example", phone: "+447700900123"))
        );
        var rows = await CountRowsAsync();

        var id = await SimulateAsync(new { until = "2026-05-30" });

        var job = await JobAsync(id);
        Assert.Equal((JobState.Done, 100, 2), (job.State, job.Percent, job.Done));
        var lines = await ResultAsync(id);
        Assert.All(lines, line => Assert.Equal("current", line.Scenario));
        var messages = lines.Select(line => line.Message!).ToList();
        Assert.Contains(messages, message => message is { Tone: NoticeTone.Upcoming, Customer: "amberley Ltd" });
        Assert.All(
            messages.Where(message => message.Channel is Channel.Email),
            message => Assert.Contains(message.Invoices[0].Number, message.Text, StringComparison.Ordinal)
        );
        var summary = await SummaryAsync(id);
        var scenario = Assert.Single(summary.Scenarios);
        Assert.Equal((2, messages.Count, "none"), (summary.Customers, scenario.Messages, summary.Payments));
        Assert.Equal(messages.Sum(message => message.Sms?.Segments ?? 0), scenario.Sms.Segments);
        Assert.Empty(Emails);
        Assert.Equal(rows, await CountRowsAsync());
    }

    [Fact]
    public async Task Who_pays_on_the_due_date_is_thanked_and_not_chased()
    {
        await PostInvoiceAsync(Invoice("S-3"));

        var unpaid = await ResultAsync(await SimulateAsync(new { until = "2026-05-30" }));
        var paid = await ResultAsync(await SimulateAsync(new { until = "2026-05-30", payments = "onDueDate" }));

        Assert.Contains(unpaid, line => line.Message!.Tone is NoticeTone.Final or NoticeTone.Firm);
        Assert.Equal([NoticeTone.Upcoming, NoticeTone.ThankYou], paid.Select(line => line.Message!.Tone).Distinct());
    }

    [Fact]
    public async Task Two_policies_are_compared_with_the_book_as_it_is()
    {
        await PostInvoiceAsync(Invoice("S-4"));
        var soon = await DefaultPolicyAsync();
        soon["steps"]!.AsArray().RemoveAt(1);
        var late = await DefaultPolicyAsync();
        late["steps"]!.AsArray()[4]!["days"] = 9;

        var id = await SimulateAsync(new { until = "2026-06-30", policies = new[] { soon, late } });

        var summary = await SummaryAsync(id);
        Assert.Equal(["current", "default (1)", "default (2)"], summary.Scenarios.Select(scenario => scenario.Name));
        Assert.Null(summary.Scenarios[0].Changes);
        Assert.True(summary.Scenarios[1].Changes!.Dropped > 0);
        Assert.True(summary.Scenarios[2].Changes!.Moved > 0);
        var changes = (await ResultAsync(id)).Select(line => line.Change).OfType<SimulatedChange>().ToList();
        Assert.Contains(changes, change => change is { Kind: ChangeKind.Dropped, Before: not null, After: null });
        Assert.Contains(changes, change => change is { Kind: ChangeKind.Moved, Before: not null, After: not null });
    }

    [Fact]
    public async Task The_days_begin_and_end_where_they_are_said_to()
    {
        await PostInvoiceAsync(Invoice("S-5"));

        var lines = await ResultAsync(await SimulateAsync(new { from = "2026-03-09", until = "2026-03-09" }));

        Assert.Equal([NoticeTone.Upcoming], lines.Select(line => line.Message!.Tone).Distinct());
    }

    [Theory]
    [InlineData("""{"from": "2026-03-01"}""", "#/from", "in_the_past")]
    [InlineData("""{"from": "2026-03-09", "until": "2026-03-08"}""", "#/until", "before_from")]
    [InlineData("""{"until": "2027-04-01"}""", "#/until", "too_late")]
    [InlineData("""{"until": "30/04/2026"}""", "#/until", "not_a_date")]
    [InlineData("""{"payments": "always"}""", "#/payments", "unknown_value")]
    [InlineData("""{"policies": {}}""", "#/policies", "wrong_type")]
    [InlineData("""{"policies": [{"name": "default"}]}""", "#/policies/0/version", "required")]
    [InlineData("""{"policies": [{}, {}, {}]}""", "#/policies", "wrong_type")]
    [InlineData("""{"day": 1}""", "#/day", "unknown_field")]
    public async Task What_cannot_be_simulated_is_refused_by_field(string body, string pointer, string code)
    {
        using var response = await PostAsync("api/simulate", JsonNode.Parse(body)!);

        Assert.Equal(422, (int)response.StatusCode);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Contains(
            errors.EnumerateArray(),
            error =>
                (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()) == (pointer, code)
        );
    }

    /// <summary>The policy that all follow.</summary>
    private async Task<JsonObject> DefaultPolicyAsync() =>
        (JsonObject)(await Http.GetFromJsonAsync<JsonObject>("api/policies/default"))!["versions"]![0]!["policy"]!;

    private async Task<int> CountRowsAsync() =>
        await Host
            .Services.GetRequiredService<TableServiceClient>()
            .GetTableClient(Tables.Book)
            .QueryAsync<TableEntity>()
            .CountAsync();
}
