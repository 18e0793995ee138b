using System.Globalization;
using Dunning.Notices.Localization;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Consumers in five countries owe EUR 119.00 since Monday 16 March 2026. The policy reminds once, and after 21 days
/// sends the country's pre-collection notice, which a person approves and which charges interest. Monday 6 April is
/// Easter Monday.
/// </summary>
public sealed class PreCollectionNotices : Scenario
{
    private const string Due = "2026-03-16";
    private const string SentOn = "2026-04-08";

    private static readonly (string Country, string Locale, string Deadline)[] _countries =
    [
        // Ten days from sending end on a Saturday: Monday.
        ("DK", "da", "2026-04-20"),
        // Fourteen.
        ("NO", "en", "2026-04-22"),
        // Eight are the least; the policy gives ten, which end on a Saturday.
        ("SE", "en", "2026-04-20"),
        // Posted on a Wednesday, delivered on Friday: 11 to 24 April.
        ("NL", "en", "2026-04-24"),
        // Fifteen days.
        ("FR", "fr", "2026-04-23"),
    ];

    protected override string Policies =>
        """
            [{"name":"default","version":3,"lateCharges":{"customersAre":"consumer","vatNotDeductible":true},"steps":[
              {"id":"first","days":3,"tone":"friendly","channels":["email"]},
              {"id":"notice","days":21,"tone":"preCollectionNotice","channels":["email"],"payByDays":10,
               "needsApproval":true,"charge":["interest"]}]}]
            """;

    [Fact]
    public async Task Each_says_what_the_law_of_its_country_wants_it_to_say()
    {
        Dictionary<string, string> ids = [];
        foreach (var (country, locale, _) in _countries)
            ids[country] = await PostInvoiceAsync(InvoiceIn(country, locale, "1"));
        var other = await PostInvoiceAsync(InvoiceIn("DK", "da", "2", due: "2026-04-05"));
        await AdvanceDailyAsync(Due, "2026-04-07");
        Assert.Equal(_countries.Length, Emails.Count());

        foreach (var id in ids.Values)
            await ChangeAsync(id, "resume", new { by = "Maya" });
        await AdvanceDailyAsync(SentOn, "2026-04-13");

        foreach (var (country, locale, deadline) in _countries)
        {
            var letter = LettersTo($"{country.ToLowerInvariant()}@buyer.example")
                .Last(mail => mail.Subject.Contains($"{country}-1", StringComparison.Ordinal));
            Assert.Contains(
                Language.For(locale).LongDate.Format(TestData.Day(deadline)),
                letter.Plain,
                StringComparison.Ordinal
            );
            var rule = Jurisdictions
                .Default.Find(country)!
                .PreCollectionNoticeFor(CustomerKind.Consumer, TestData.Day(SentOn))
                .Rule!;
            ScanAssert.Empty(
                from item in rule.RequiredContent
                from words in Words(item, country, Language.For(locale), rule, deadline)
                where !letter.Plain.Contains(words, StringComparison.Ordinal)
                select $"{country} {item}: {words}"
            );
            Assert.DoesNotContain("DK-2", letter.Plain, StringComparison.Ordinal);
        }
        // The other invoice of the Danish customer gets a reminder of its own, after the days between two.
        Assert.Equal(
            "2026-04-13",
            Assert
                .Single(Emails, mail => mail.Subject.Contains("DK-2", StringComparison.Ordinal))
                .SentAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        Assert.Contains("sent", await EventsAsync(other));
    }

    /// <summary>What a letter that says this has in it.</summary>
    private static IEnumerable<string> Words(
        ContentItem item,
        string country,
        Language language,
        PreCollectionNoticeRule rule,
        string deadline
    )
    {
        string Day(string day) => language.LongDate.Format(TestData.Day(day));
        string Eur(long minor) => language.Money.Format(new Money(minor, "EUR")).Replace('\u00a0', ' ');
        var steps = language.FormalLetters;
        return item switch
        {
            ContentItem.Title => [rule.Name],
            ContentItem.Date => [Day(SentOn)],
            ContentItem.Creditor => ["Harbour & Finch Ltd"],
            ContentItem.Debtor => [$"{country} Buyer"],
            ContentItem.BasisOfClaim => [$"{country}-1", Day("2026-02-01")],
            ContentItem.DueDate => [Day(Due)],
            ContentItem.Principal => [Eur(119_00)],
            // The French penalties are between businesses only.
            ContentItem.Interest when country is "FR" => [],
            ContentItem.Interest => [language.Labels[LabelKey.LateInterest]],
            ContentItem.InterestComputation => [Day("2026-03-17"), "% "],
            ContentItem.Deadline => [Day(deadline)],
            ContentItem.DeadlineFromReceipt => ["14 days to pay, counted from the day after you receive this letter"],
            // 15 % of EUR 119.00 are less than the least, EUR 40.00; with 21 % VAT EUR 48.40.
            ContentItem.ExactFurtherCosts or ContentItem.LegalMaximumCosts => [Eur(48_40)],
            ContentItem.VatNotDeductible => [WordsOf(steps.Vat, language)],
            ContentItem.Consequence => [WordsOf(steps.Collection, language, deadline)],
            ContentItem.HowToContest => [WordsOf(steps.Object, language, deadline)],
            ContentItem.HowToPay => [$"https://pay.example.com/{country}-1"],
            ContentItem.Signature => ["Maya Finch"],
            ContentItem.TotalAmount => [language.Labels[LabelKey.AmountDue]],
            // None are charged.
            ContentItem.Costs => [],
            _ => throw new InvalidOperationException($"{item}: say here what shows it."),
        };
    }

    private static string WordsOf(Phrase phrase, Language language, string? payBy = null) =>
        phrase
            .Fill(
                new Dictionary<string, IReadOnlyList<TextSpan>>
                {
                    ["payBy"] = payBy is null ? [] : [new TextSpan(language.LongDate.Format(TestData.Day(payBy)))],
                },
                rightToLeft: false
            )
            .ToPlain()
            .Replace('\u00a0', ' ');

    private static object InvoiceIn(string country, string locale, string number, string due = Due) =>
        With(
            Invoice(
                $"{country}-{number}",
                due: due,
                currency: "EUR",
                customer: new
                {
                    externalId = country,
                    name = $"{country} Buyer",
                    email = $"{country.ToLowerInvariant()}@buyer.example",
                    timeZone = "Europe/London",
                    country,
                    locale,
                }
            ),
            ("paymentUrl", $"https://pay.example.com/{country}-{number}")
        );
}
