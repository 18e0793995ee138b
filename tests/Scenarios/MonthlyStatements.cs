using Dunning.Statements;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>The invoices are posted on Thursday 26 February 2026.</summary>
public sealed class MonthlyStatements : Scenario
{
    protected override DateTimeOffset Start => At("2026-02-26T09:00Z");

    protected override Dictionary<string, string?> Settings => new() { ["Statements:Monthly"] = "true" };

    [Fact]
    public async Task Each_customer_with_something_open_or_moved_gets_one_on_the_first_business_day_of_the_month()
    {
        await PostInvoiceAsync(Invoice("HF-1", issued: "2025-12-01", due: "2026-04-30"));
        await PostInvoiceAsync(Invoice("HF-2", due: "2026-04-30", customer: Customer("beta", "ap@beta.example")));
        await StripeAsync(Paid("HF-2", 11900));
        await Host.PumpAsync();
        await PostInvoiceAsync(
            With(
                Invoice("HF-3", "0.00", issued: "2025-12-01", customer: Customer("gamma", "ap@gamma.example")),
                ("status", "paid")
            )
        );

        // 1 March 2026 is a Sunday.
        await RunAtAsync("2026-03-01T00:20Z");
        Assert.Empty(Statements);
        await RunAtAsync("2026-03-02T08:20Z");

        Assert.Collection(
            Statements,
            to => Assert.Contains("tom@amberley.example", to, StringComparison.Ordinal),
            to => Assert.Contains("ap@beta.example", to, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task However_often_the_timer_runs_a_month_has_one_statement()
    {
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-06-30"));
        foreach (var instant in new[] { "2026-03-02T08:20Z", "2026-03-02T09:20Z", "2026-03-16T09:20Z" })
            await RunAtAsync(instant);
        Assert.Single(Statements);

        await RunAtAsync("2026-04-01T09:20Z");

        Assert.Equal(2, Statements.Count());
    }

    [Fact]
    public async Task After_an_outage_over_the_first_days_it_is_made_up_for()
    {
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-06-30"));

        await RunAtAsync("2026-03-19T09:20Z");

        Assert.Single(Statements);
    }

    [Fact]
    public async Task One_that_was_asked_for_and_waits_is_the_one_of_the_month()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-06-30"));
        Host.Clock.SetTo(At("2026-03-01T12:00Z"));
        using var asked = await PostAsync($"api/customers/{CustomerOf(id)}/statement", new { });

        await RunAtAsync("2026-03-02T07:20Z");
        await RunAtAsync("2026-03-02T08:20Z");

        Assert.Single(Statements);
    }

    [Fact]
    public async Task Nobody_who_must_not_be_contacted_gets_one()
    {
        await PostInvoiceAsync(With(Invoice("HF-1", due: "2026-06-30"), ("dunning", new { doNotContact = true })));

        await RunAtAsync("2026-03-02T08:20Z");

        Assert.Empty(Statements);
    }

    private IEnumerable<string> Statements =>
        Emails
            .Where(mail => mail.Subject.StartsWith("Statement of account", StringComparison.Ordinal))
            .Select(mail => Assert.Single(mail.To))
            .Order(StringComparer.Ordinal);

    private async Task RunAtAsync(string instant)
    {
        Host.Clock.SetTo(At(instant));
        await Host.RunTimerAsync(nameof(SendMonthlyStatements));
        await Host.PumpAsync();
    }
}

/// <summary>All customers are in one shard, and a run handles 100 of each.</summary>
[Trait("Category", "Long")]
public sealed class MonthlyStatementsOfMany : Scenario
{
    protected override int Shards => 1;

    protected override Dictionary<string, string?> Settings => new() { ["Statements:Monthly"] = "true" };

    [Fact]
    public async Task More_customers_than_a_run_handles_are_done_by_the_next_run()
    {
        for (var i = 0; i < 120; i++)
            await PostInvoiceAsync(Invoice($"HF-{i}", customer: Customer($"k{i}", $"k{i}@x.example")));

        await Host.RunTimerAsync(nameof(SendMonthlyStatements));
        Assert.Equal(100, await CountPlannedAsync());
        await Host.RunTimerAsync(nameof(SendMonthlyStatements));
        Assert.Equal(120, await CountPlannedAsync());
    }

    private async Task<int> CountPlannedAsync()
    {
        var count = 0;
        await foreach (var account in Table.ReadAllAsync(Table.Shards.All.Single(), CancellationToken.None))
            count += account.Customer.Value.StatementMonth is null ? 0 : 1;
        return count;
    }
}

/// <summary>The setting is off unless somebody turns it on.</summary>
public sealed class NoMonthlyStatements : Scenario
{
    [Fact]
    public async Task Without_the_setting_no_statement_is_sent()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-02T09:20Z"));
        await Host.RunTimerAsync(nameof(SendMonthlyStatements));
        await Host.PumpAsync();

        Assert.Empty(Emails);
    }
}
