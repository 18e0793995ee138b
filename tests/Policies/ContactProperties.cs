using System.Globalization;
using System.Text.Json;
using Dunning.Configuration;
using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Policies.Calendars;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using FsCheck.Xunit;
using NodaTime;
using Calendar = Dunning.Policies.Calendars.Calendar;

namespace Dunning.Tests.Policies;

/// <summary>
/// Random policies, calendars, zones and books, looked forward for 60 days: when and how often a customer is written
/// to.
/// </summary>
public sealed class ContactProperties
{
    private const int Days = 60;

    private static readonly ForecastSchedule _schedule = new(
        new ScheduleOptions
        {
            FindUpcomingInvoicesSchedule = "0 */15 * * * *",
            FindOverdueInvoicesSchedule = "0 5/15 * * * *",
            RetentionSchedule = "0 20 * * * *",
        }
    );

    private static readonly string?[] _regions =
    [
        null,
        "GB",
        "GB-SCT",
        "DE-BY",
        "DK",
        "IL",
        "MY",
        "MY-01",
        "MY-02",
        "MY-14",
        "ID",
        "RU",
        "US",
        "AE",
        "FR",
        "CA",
        "CH-ZH",
    ];

    private static readonly string?[] _zones =
    [
        null,
        null,
        "Europe/London",
        "Asia/Kuala_Lumpur",
        "Asia/Jerusalem",
        "America/Los_Angeles",
        "Pacific/Auckland",
        "Asia/Kathmandu",
    ];

    [Property(MaxTest = 200, EndSize = 1_000_000)]
    public void A_customer_is_written_to_in_the_hours_of_a_business_day_not_too_often_and_about_one_step_a_day(int seed)
    {
        var (rules, customer, reminders) = Look(seed);

        var told = $"seed {seed}";
        foreach (var message in reminders)
            AssertInHours(rules, customer, message, told);
        AssertNotTooOften(rules, customer, reminders, told);
        AssertOneStepADay(reminders, told);
    }

    /// <summary>What holds of nothing proves nothing.</summary>
    [Fact]
    public void The_random_cases_have_messages_on_each_channel()
    {
        var reminders = Enumerable.Range(0, 100).SelectMany(seed => Look(seed).Reminders).ToList();

        Assert.True(reminders.Count(r => r.Channel is Channel.Email) > 300);
        Assert.True(reminders.Count(r => r.Channel is Channel.Sms) > 100);
    }

    /// <summary>The reminders of one random case, copies left out.</summary>
    private static (DunningRules Rules, Customer Customer, List<ForecastMessage> Reminders) Look(int seed)
    {
        var random = new Random(seed);
        var rules = Rules.WithPolicies(PolicyOf(random)) with { Calendar = new Calendar(CalendarOf(random)) };
        var start = new DateTimeOffset(2026, 1, 5, random.Next(24), 0, 0, TimeSpan.Zero).AddDays(random.Next(900));
        var customer = TestData.Customer() with
        {
            Phone = "+447700900123",
            Country = Pick(random, _regions),
            TimeZone = Pick(random, _zones),
            Kind = Pick<CustomerKind?>(random, [null, CustomerKind.Business, CustomerKind.Consumer]),
        };
        var messages = MessageForecast
            .Create(
                rules,
                _schedule,
                new ForecastFacts(BookOf(random, rules, customer, start)),
                ForecastSpan.OfDays(start, Days)
            )
            .Messages;
        return (rules, customer, [.. messages.Where(m => m.Tone.IsReminder() && m.Channel is not Channel.Escalation)]);
    }

    private static void AssertInHours(DunningRules rules, Customer customer, ForecastMessage message, string told)
    {
        var local = Instant.FromDateTimeOffset(message.At).InZone(rules.ZoneOf(customer)).LocalDateTime;
        var (day, time) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
        Assert.False(rules.Calendar.IsHoliday(day, customer.Country), $"{told}: {day} is a holiday");
        Assert.True(rules.Calendar.IsBusinessDay(day, customer.Country), $"{told}: {day} is a weekend");
        Assert.False(rules.Policies.Newest(PolicyCatalog.Default).IsQuiet(day), $"{told}: {day} is a quiet day");
        var hours = rules.Calendar.HoursOf(day, customer.Country, message.Channel, customer.Kind);
        Assert.True(
            hours is var (opens, closes) && time >= opens && time < closes,
            $"{told}: {message.Channel} on {day} at {time}, open {hours}"
        );
    }

    private static void AssertNotTooOften(
        DunningRules rules,
        Customer customer,
        List<ForecastMessage> reminders,
        string told
    )
    {
        var caps = rules.Calendar.CapsOf(customer.Country, customer.Kind).ToList();
        if (rules.Policies.Newest(PolicyCatalog.Default).MaxRemindersPerWeek is { } perWeek)
            caps.Add(new ContactCap(Channel: null, perWeek, Days: 7));
        var counts =
            from cap in caps
            from last in reminders
            select (
                Cap: cap,
                last.On,
                Count: reminders.Count(r =>
                    cap.Counts(r.Channel) && r.On <= last.On && r.On > last.On.AddDays(-cap.Days)
                )
            );
        foreach (var (cap, on, count) in counts)
            Assert.True(count <= cap.Count, $"{told}: {count} in {cap.Days} days to {on}");
        foreach (var day in reminders.GroupBy(r => (r.Channel, r.On)))
            Assert.True(day.Count() == 1, $"{told}: {day.Count()} by {day.Key.Channel} on {day.Key.On}");
    }

    private static void AssertOneStepADay(List<ForecastMessage> reminders, string told)
    {
        var steps =
            from message in reminders
            from item in message.Items
            where item.Step is not null
            group item.Step by (item.Invoice, message.On);
        foreach (var day in steps)
            Assert.True(
                day.Distinct().Count() == 1,
                $"{told}: {string.Join(", ", day.Distinct())} about {day.Key.Invoice} on {day.Key.On}"
            );
    }

    private static CustomerAccount BookOf(Random random, DunningRules rules, Customer customer, DateTimeOffset start)
    {
        var context = new DunningContext(customer, rules, start);
        return TestData.Account(
            customer,
            [
                .. Enumerable
                    .Range(1, random.Next(1, 6))
                    .Select(number =>
                    {
                        var invoice = TestData.Invoice(
                            DateOnly
                                .FromDateTime(start.UtcDateTime)
                                .AddDays(random.Next(-5, 45))
                                .ToString("O", CultureInfo.InvariantCulture),
                            number.ToString(CultureInfo.InvariantCulture)
                        );
                        return Schedule.Recalculate(
                            context,
                            invoice.WithDunning(dunning =>
                                dunning with
                                {
                                    Policy = rules.Policies.Newest(PolicyCatalog.Default).Key,
                                }
                            )
                        );
                    }),
            ]
        );
    }

    private static string PolicyOf(Random random)
    {
        var day = random.Next(-7, 2);
        var steps = Enumerable
            .Range(0, random.Next(1, 9))
            .Select(number =>
            {
                day += random.Next(0, 6);
                return new
                {
                    id = $"step-{number}",
                    days = day,
                    tone = day < 0 ? "upcoming"
                    : day == 0 ? "dueToday"
                    : Pick(random, ["friendly", "helpful", "firm"]),
                    channels = Pick<string[]>(
                        random,
                        [
                            ["email"],
                            ["sms"],
                            ["email", "sms"],
                            ["email", "sms", "escalation"],
                            ["email", "escalation"],
                        ]
                    ),
                    sendUntilDays = random.Next(4) == 0 ? random.Next(4) : (int?)null,
                    minDaysSinceReminder = random.Next(4) == 0 ? random.Next(1, 9) : (int?)null,
                };
            })
            .ToList();
        var most = steps.Max(step => step.channels.Count(channel => channel != "escalation"));
        return JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    name = PolicyCatalog.Default,
                    version = 9,
                    sendAt = $"{random.Next(8, 17):D2}:{random.Next(4) * 15:D2}",
                    minDaysBetweenNotices = random.Next(1, 5),
                    maxRemindersPerWeek = random.Next(2) == 0 ? random.Next(most, 5) : (int?)null,
                    longHolidays = Pick(random, ["later", "earlier"]),
                    quietDays = Enumerable
                        .Range(0, random.Next(3))
                        .Select(_ => $"{random.Next(1, 13):D2}-{random.Next(1, 29):D2}"),
                    steps,
                },
            }
        );
    }

    private static string CalendarOf(Random random)
    {
        var holidays = Enumerable
            .Range(0, random.Next(8))
            .Select(_ =>
                $"{random.Next(1, 13):D2}-{random.Next(1, 29):D2}" + Pick(random, ["", "*", "+", "!", "~", "?", "*~"])
            );
        return JsonSerializer.Serialize(
            new { holidays = new Dictionary<string, IEnumerable<string>> { [Calendar.Everywhere] = holidays } }
        );
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
