using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The policies file no longer has the version with which an invoice was accepted. £119, due on Monday 16 March 2026.
/// </summary>
public sealed class RemovedPolicies : Scenario
{
    private const string Warning = "is in no policies file";

    [Theory]
    [InlineData("default", 9)]
    [InlineData("gone", 1)]
    public async Task The_log_and_the_history_name_the_version_and_its_successor_once(string name, int version)
    {
        ExpectedWarnings.Add(Warning);
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SetPolicyAsync(id, new PolicyVersion(name, version));

        await AdvanceDailyAsync("2026-03-09", "2026-03-19");

        var changed = Assert.Single(
            (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray(),
            e => e.GetProperty("kind").GetString() == "taskForPerson"
        );
        Assert.Equal(
            $"Policy {name} v{version} is in no policies file any more: the invoice goes on with default v2",
            changed.GetProperty("what").GetString()!.Split(". ")[0]
        );
        Assert.Equal("default v2", (await GetInvoiceAsync(id)).GetProperty("policy").GetString());
        Assert.Contains(Log, line => line.Contains($"{name} v{version} {Warning}", StringComparison.Ordinal));
        Assert.Contains(Emails, mail => mail.Subject.Contains("HF-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_is_there_is_no_task()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-09", "2026-03-19");
        Assert.DoesNotContain("taskForPerson", await EventsAsync(id));
        Assert.NotEmpty(Emails);
    }

    [Fact]
    public async Task A_new_version_of_the_document_does_not_hide_it()
    {
        ExpectedWarnings.Add(Warning);
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SetPolicyAsync(id, new PolicyVersion("gone", 1));
        await PostInvoiceAsync(Invoice("HF-1", amount: "118.00"));
        Assert.Equal("gone v1", (await GetInvoiceAsync(id)).GetProperty("policy").GetString());

        await AdvanceDailyAsync("2026-03-09", "2026-03-10");
        Assert.Contains("taskForPerson", await EventsAsync(id));
    }

    [Fact]
    public async Task An_invoice_on_hold_tells_it_when_it_goes_on()
    {
        ExpectedWarnings.Add(Warning);
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SetPolicyAsync(id, new PolicyVersion("default", 9));
        await ChangeAsync(id, "hold", new { reason = "wait", until = "2026-03-25" });
        await AdvanceDailyAsync("2026-03-16", "2026-03-24");
        Assert.DoesNotContain("taskForPerson", await EventsAsync(id));

        await AdvanceDailyAsync("2026-03-25", "2026-03-27");
        Assert.Contains("taskForPerson", await EventsAsync(id));
    }

    private async Task SetPolicyAsync(string id, PolicyVersion policy)
    {
        Assert.True(InvoiceId.TryParse(id, out var invoiceId));
        var invoice = (await Table.ReadInvoiceAsync(invoiceId, default))!;
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(invoiceId.Customer).Save(
                    invoice,
                    invoice.Value with
                    {
                        Dunning = invoice.Value.Dunning with { Policy = policy },
                    }
                ),
                default
            )
        );
    }
}
