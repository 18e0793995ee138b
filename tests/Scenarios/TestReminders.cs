using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>A sample reminder to the creditor's own address. It is a Sunday, 02:30 UTC.</summary>
public sealed class TestReminders : Scenario
{
    protected override DateTimeOffset Start => At("2026-03-22T02:30Z");

    [Fact]
    public async Task Goes_to_the_creditor_at_once_on_a_Sunday_night_and_says_that_it_is_a_test()
    {
        using var answer = await PostAsync("api/manage/test-reminder", new { });
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        var mail = Assert.Single(Emails);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mail.Id, body.GetProperty("providerMessageId").GetString());
        Assert.Equal("accounts@harbourfinch.example", body.GetProperty("to").GetString());
        Assert.Contains("accounts@harbourfinch.example", Assert.Single(mail.To), StringComparison.Ordinal);
        Assert.StartsWith("[TEST] ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("TEST-1", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("GB33", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_neither_a_row_nor_a_queue_message()
    {
        var before = await StoredAsync();

        using var answer = await PostAsync("api/manage/test-reminder", new { });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(before);
        Assert.Equal(before, await StoredAsync());
        foreach (var queue in Queues.All)
            Assert.Equal((queue, 0), (queue, await CountMessagesAsync(queue)));
    }

    [Fact]
    public async Task Asked_for_twice_it_is_two_mails()
    {
        for (var i = 0; i < 2; i++)
            (await PostAsync("api/manage/test-reminder", new { })).Dispose();

        Assert.Equal(2, Emails.Count());
        Assert.Equal(0, Host.Outbox.Repeats);
    }

    /// <summary>The provider's report about it names no notice.</summary>
    [Fact]
    public async Task A_customers_reminder_goes_out_as_if_it_had_not_been_sent()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        (await PostAsync("api/manage/test-reminder", new { })).Dispose();
        await AdvanceToAsync("2026-03-23T09:00Z");

        Assert.Equal(2, Emails.Count());
        Assert.DoesNotContain("TEST", Emails.Last().Subject, StringComparison.Ordinal);
    }

    /// <summary>Every row of every table, with its ETag.</summary>
    private async Task<List<string>> StoredAsync()
    {
        var found = new List<string>();
        var storage = Host.Services.GetRequiredService<TableServiceClient>();
        foreach (var table in Tables.All)
        {
            await foreach (var row in storage.GetTableClient(table).QueryAsync<TableEntity>())
                found.Add($"{table} {row.PartitionKey} {row.RowKey} {row.ETag}");
        }
        return found;
    }
}
