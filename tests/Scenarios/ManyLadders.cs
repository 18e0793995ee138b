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
/// A book full of customers in six zones, on every rung of the ladder: one invoice each, and in each zone one customer
/// with an invoice on every rung. Whatever comes next falls due on the two days after the story begins.
/// </summary>
public abstract class ManyLadders : Story
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

    /// <summary>Monday 2 March 2026, noon: all that was due has been done.</summary>
    protected override DateTimeOffset Start => At("2026-03-02T12:00Z");

    protected DunningRules Rules => Host.Services.GetRequiredService<DunningRules>();
    protected IReadOnlyList<Invoice> Invoices => _invoices;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        string?[] rungs = [null, "courtesy", "first", "second", "third", "call", "final"];
        foreach (var (zone, country) in _zones)
        {
            foreach (var rung in rungs)
                await AddAsync(zone, country, [rung]);
            await AddAsync(zone, country, rungs);
        }
    }

    /// <summary>
    /// Goes from one instant at which something is due to the next, as a scheduler that is on would, until the end.
    /// </summary>
    /// <param name="tick">What happens at each; null for planning and sending.</param>
    protected async Task GoOnUntilAsync(DateTimeOffset end, Func<Task>? tick = null)
    {
        while (await NextDueAsync() is { } next && next <= end)
        {
            Host.Clock.SetTo(next);
            await (tick ?? TickAsync)();
        }
        Host.Clock.SetTo(end);
    }

    protected Customer CustomerOf(Invoice invoice) => _customers[invoice.Id.Customer];

    /// <summary>
    /// What reached customers and their management, not our own account manager; On is the date there.
    /// </summary>
    protected IEnumerable<(DateTimeOffset At, string To, bool IsText, Customer Customer, DateOnly On)> Delivered() =>
        from sent in Host.Outbox.Sent
        let text = sent as SentSms
        let to = text?.To ?? ((SentEmail)sent).To[0]
        where !to.Contains("maya@", StringComparison.Ordinal)
        let customer = _customers.Values.Single(c =>
            to.Contains(text is null ? $".{c.ExternalId}@" : c.Phone!, StringComparison.Ordinal)
        )
        select (sent.SentAt, to, text is not null, customer, Rules.Today(customer, sent.SentAt));

    /// <summary>The most that one customer got on one channel on one day.</summary>
    protected int MostOnOneDay() =>
        Delivered().GroupBy(d => (d.To, d.On)).Select(g => g.Count()).DefaultIfEmpty().Max();

    protected void AssertInTheWindow() =>
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
                    sent.IsText
                        ? time >= new TimeOnly(9, 0) && time < new TimeOnly(17, 0)
                        : time >= new TimeOnly(8, 0) && time < new TimeOnly(18, 0),
                    $"{sent.To} at {time:O}"
                );
            }
        );

    /// <summary>
    /// The next instant from the agenda and the outbox, at the quarter-hour at which a scheduler finds it.
    /// </summary>
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
        // A row tells its hour; zones at a half hour are looked for then.
        var instants = hours.SelectMany(hour => new[] { hour, hour.AddMinutes(30) }).Where(at => at > now).ToList();
        return instants.Count > 0 ? instants.Min() : null;
    }

    private async Task AddAsync(string zone, string country, string?[] rungs)
    {
        var number = _customers.Count.ToString("D3", CultureInfo.InvariantCulture);
        var customer = new Customer
        {
            Id = Ids.OfCustomer("api", number, null, null, number),
            ExternalId = number,
            Name = $"Customer {number}",
            Email = $"debtor.{number}@customer.example",
            Phone = $"+44770090{number}0",
            TimeZone = zone,
            Country = country,
            Contacts = [new("Boss", $"boss.{number}@customer.example", null, "management", Cc: false)],
        };
        _customers[customer.Id] = customer;
        var transaction = new CustomerTransaction(customer.Id).Save(before: null, customer);
        foreach (var rung in rungs)
        {
            var invoice = OnRung(customer, rung, $"HF-{number}-{rung ?? "new"}");
            _invoices.Add(invoice);
            transaction.Save(before: null, invoice);
        }
        Assert.True(await Book.TryCommitAsync(transaction, CancellationToken.None));
    }

    /// <summary>Its due date is such that the step after the rung falls due within the next two days.</summary>
    private Invoice OnRung(Customer customer, string? rung, string number) =>
        Enumerable
            .Range(-80, 100)
            .Select(days => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(days))
            .Select(due =>
                TestData.Invoice(due.ToString("O", CultureInfo.InvariantCulture), number) with
                {
                    Id = InvoiceId.Create(customer.Id, "api", number),
                    AcceptedAt = Start.AddDays(-90),
                    Step = rung,
                }
            )
            .Select(invoice => Schedule.Recalculate(invoice, customer, Rules, Start))
            .Last(invoice =>
                invoice.Next!.Step == StepAfter(rung)
                && invoice.Next.At > Start
                && invoice.Next.At < Start.AddDays(2)
                // Not put off by the renewal: it is the step's own day.
                && DunningSchedule.Next(invoice, customer, Rules, invoice.IssueDate) == invoice.Next
            );

    private static string StepAfter(string? rung) =>
        rung switch
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
