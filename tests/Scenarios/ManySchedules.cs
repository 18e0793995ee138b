using System.Globalization;
using Azure.Data.Tables;
using Dunning.Local.MailViewer;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Customers in six zones, with invoices at every step of the schedule: one customer per step with one invoice, and per
/// zone one customer with an invoice at every step. The next steps fall due in the two days after the start.
/// </summary>
public abstract class ManySchedules : Scenario
{
    private static readonly (string Zone, string Country)[] _zones =
    [
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("Australia/Sydney", "AU"),
        ("Asia/Kuala_Lumpur", "MY"),
        ("America/Santiago", "CL"),
        ("Asia/Kolkata", "IN"),
    ];

    private readonly Dictionary<string, Customer> _customers = [];
    private readonly List<Invoice> _invoices = [];

    /// <summary>Monday 2 March 2026, 12:00 UTC: everything due so far has been done.</summary>
    protected override DateTimeOffset Start => At("2026-03-02T12:00Z");

    protected DunningRules Rules => Host.Services.GetRequiredService<DunningRules>();
    protected IReadOnlyList<Invoice> Invoices => _invoices;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        string?[] steps = [null, "courtesy", "first", "second", "third", "call", "final"];
        foreach (var (zone, country) in _zones)
        {
            foreach (var step in steps)
                await AddAsync(zone, country, [step]);
            await AddAsync(zone, country, steps);
        }
    }

    /// <summary>Advances from one due instant to the next until the end, as with a running scheduler.</summary>
    /// <param name="runDue">Called at each instant; null for planning and sending.</param>
    protected async Task AdvanceUntilAsync(DateTimeOffset end, Func<Task>? runDue = null)
    {
        while (await NextDueAsync() is { } next && next <= end)
        {
            Host.Clock.SetTo(next);
            await (runDue ?? RunTimersAsync)();
        }
        Host.Clock.SetTo(end);
    }

    protected Customer CustomerOf(Invoice invoice) => _customers[invoice.Id.Customer.Value];

    /// <summary>
    /// Messages to customers and their management, without those to the creditor's account manager; On is the
    /// customer's date.
    /// </summary>
    protected IEnumerable<(DateTimeOffset At, string To, bool IsSms, Customer Customer, DateOnly On)> Delivered() =>
        from sent in Host.Outbox.Sent
        let sms = sent as SentSms
        let to = sms?.To ?? ((SentEmail)sent).To[0]
        where !to.Contains("maya@", StringComparison.Ordinal)
        let customer = _customers.Values.Single(c =>
            to.Contains(sms is null ? $".{c.ExternalId}@" : c.Phone!, StringComparison.Ordinal)
        )
        select (sent.SentAt, to, sms is not null, customer, Rules.Today(customer, sent.SentAt));

    /// <summary>The maximum number of messages to one recipient on one day.</summary>
    protected int MaxNoticesPerDay() =>
        Delivered().GroupBy(d => (d.To, d.On)).Select(g => g.Count()).DefaultIfEmpty().Max();

    protected void AssertInSendWindow() =>
        Assert.All(
            Delivered(),
            sent =>
            {
                var time = Instant
                    .FromDateTimeOffset(sent.At)
                    .InZone(Rules.ZoneOf(sent.Customer))
                    .TimeOfDay.ToTimeOnly();
                Assert.True(Rules.Calendar.IsBusinessDay(sent.On, sent.Customer.Country), $"{sent.To} on {sent.On:O}");
                Assert.True(
                    sent.IsSms
                        ? time >= new TimeOnly(9, 0) && time < new TimeOnly(17, 0)
                        : time >= new TimeOnly(8, 0) && time < new TimeOnly(18, 0),
                    $"{sent.To} at {time:O}"
                );
            }
        );

    /// <summary>The next instant from agenda and outbox, rounded up to the quarter-hour of the next scan.</summary>
    private async Task<DateTimeOffset?> NextDueAsync()
    {
        var now = Host.Clock.GetUtcNow();
        List<DateTimeOffset> hours = [];
        await foreach (
            var row in Host
                .Services.GetRequiredService<TableServiceClient>()
                .GetTableClient(Tables.Book)
                .QueryAsync<TableEntity>(select: ["RowKey"])
        )
        {
            if (row.RowKey[..2] is "a_" or "u_" or "o_")
                hours.Add(
                    DateTimeOffset.ParseExact(
                        row.RowKey[2..12],
                        "yyyyMMddHH",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal
                    )
                );
        }
        // A row gives its hour only; zones with a half-hour offset need the half hour too.
        var instants = hours.SelectMany(hour => new[] { hour, hour.AddMinutes(30) }).Where(at => at > now).ToList();
        return instants.Count > 0 ? instants.Min() : null;
    }

    private async Task AddAsync(string zone, string country, string?[] steps)
    {
        var number = _customers.Count.ToString("D3", CultureInfo.InvariantCulture);
        var customer = new Customer
        {
            Id = CustomerId.OfExternalId("api", number),
            ExternalId = number,
            Name = $"Customer {number}",
            Email = $"debtor.{number}@customer.example",
            Phone = $"+44770090{number}0",
            TimeZone = zone,
            Country = country,
            Contacts = [new("Boss", $"boss.{number}@customer.example", null, "management", Cc: false)],
        };
        _customers[customer.Id.Value] = customer;
        var transaction = new CustomerTransaction(customer.Id).Save(before: null, customer);
        foreach (var step in steps)
        {
            var invoice = CreateAtStep(customer, step, $"HF-{number}-{step ?? "new"}");
            _invoices.Add(invoice);
            transaction.Save(before: null, invoice);
        }
        Assert.True(await Table.TryCommitAsync(transaction, CancellationToken.None));
    }

    /// <summary>
    /// An invoice whose due date makes the step after the given one fall due within the next two days.
    /// </summary>
    private Invoice CreateAtStep(Customer customer, string? step, string number) =>
        Enumerable
            .Range(-80, 100)
            .Select(days => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(days))
            .Select(due =>
                TestData
                    .Invoice(due.ToString("O", CultureInfo.InvariantCulture), number)
                    .WithDunning(dunning => dunning with { Step = step is null ? null : new StepId(step) }) with
                {
                    Id = InvoiceId.Create(customer.Id, "api", number),
                    AcceptedAt = Start.AddDays(-90),
                }
            )
            .Select(invoice => Schedule.Recalculate(new DunningContext(customer, Rules, Start), invoice))
            .Last(invoice =>
                invoice.Dunning.Next!.Step == new StepId(StepAfter(step))
                && invoice.Dunning.Next.At > Start
                && invoice.Dunning.Next.At < Start.AddDays(2)
                // Not postponed by the recalculation: it is the step's own date.
                && DunningSchedule.Next(
                    new DunningContext(customer, Rules, default),
                    invoice,
                    invoice.Document.IssueDate
                ) == invoice.Dunning.Next
            );

    private static string StepAfter(string? step) =>
        step switch
        {
            null => "courtesy",
            "courtesy" => "first",
            "first" => "second",
            "second" => "third",
            "third" => "call",
            "call" => "final",
            _ => "hand-over",
        };
}
