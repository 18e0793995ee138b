using System.Text.Json;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Json.Schema;
using static Dunning.Tests.Fixtures.TestData;
using static Dunning.Tests.Policies.Interest.InterestFiles;

namespace Dunning.Tests.Policies.Interest;

/// <summary>The files themselves: their schemas, sources and age, and that they agree with what is published.</summary>
public sealed class InterestDataTests
{
    public static TheoryData<string> Files =>
        [.. All.Select(file => file.Name).Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal))];

    public static TheoryData<string> Countries => [.. Catalog.All.Select(jurisdiction => jurisdiction.Code)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_follows_the_schema_that_it_names(string file)
    {
        using var content = JsonDocument.Parse(TextOf(file));
        var schema = content.RootElement.GetProperty("$schema").GetString()!;

        var result = SchemaOf(schema)
            .Evaluate(
                content.RootElement,
                new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true }
            );

        Assert.True(result.IsValid, $"{file}: {JsonSerializer.Serialize(result)}");
    }

    [Theory]
    [InlineData("DE.json", "\"dayCount\": \"actual365\"", "\"dayCount\": \"actual364\"")]
    [InlineData("DE.json", "\"series\": \"DE.BASISZINS\"", "\"rate\": 5")]
    [InlineData("NL.json", "\"deliveryDays\": 2,", "")]
    [InlineData("rates.json", "\"grade\": \"a\"", "\"grade\": \"d\"")]
    [InlineData("rates.json", "\"from\": \"2023-07-01\"", "\"from\": \"2023-07-02\"")]
    public void A_mistake_breaks_the_schema(string file, string right, string wrong)
    {
        Assert.Contains(right, TextOf(file), StringComparison.Ordinal);
        using var content = JsonDocument.Parse(TextOf(file).Replace(right, wrong, StringComparison.Ordinal));

        Assert.False(
            SchemaOf(content.RootElement.GetProperty("$schema").GetString()!).Evaluate(content.RootElement).IsValid
        );
    }

    [Theory]
    [InlineData("AT")]
    [InlineData("BE")]
    [InlineData("IL")]
    [InlineData("MY")]
    [InlineData("US")]
    public void A_country_that_is_not_verified_charges_nothing(string code)
    {
        var jurisdiction = JurisdictionOf(code);

        Assert.False(jurisdiction.IsVerified);
        Assert.Equal(
            NotChargedReason.NotVerified,
            jurisdiction.InterestFor(CustomerKind.Business, Day("2026-03-01")).WhyNot
        );
        Assert.Equal(
            NotChargedReason.NotVerified,
            jurisdiction.FixedSumFor(CustomerKind.Business, Day("2026-03-01")).WhyNot
        );
        Assert.Equal(
            NotChargedReason.NotVerified,
            jurisdiction.FeeFor(CustomerKind.Business, Day("2026-03-01")).WhyNot
        );
    }

    [Fact]
    public void The_verified_countries_are_these() =>
        Assert.Equal(
            "CH DE DK ES EU FI FR GB ID IE IT NL NO PL RU SE",
            string.Join(
                ' ',
                Catalog.All.Where(jurisdiction => jurisdiction.IsVerified).Select(jurisdiction => jurisdiction.Code)
            )
        );

    [Theory]
    [MemberData(nameof(Countries))]
    public void A_country_s_rules_have_sources_and_are_checked_twice_a_year(string code)
    {
        var jurisdiction = JurisdictionOf(code);

        Assert.All(jurisdiction.Rules, rule => Assert.NotEmpty(rule.Source.Trim()));
        Assert.All(jurisdiction.Rules, rule => Assert.NotEmpty(rule.LegalBasis.Trim()));
        Assert.All(jurisdiction.Notes, note => Assert.EndsWith(".", note, StringComparison.Ordinal));
        AssertFresh($"{code}.json", jurisdiction.CheckedOn);
    }

    [Fact]
    public void Every_rate_and_amount_has_a_source_and_is_checked_twice_a_year()
    {
        IEnumerable<IDatedValue> values =
        [
            .. Rates.Series.SelectMany(series => series.Values),
            .. Rates.Amounts.SelectMany(series => series.Values),
        ];

        Assert.All(values, value => Assert.NotEmpty(value.Source.Trim()));
        AssertFresh("rates.json", values.Min(value => value.CheckedOn));
    }

    [Theory]
    [InlineData("NL", "NL.HANDEL", "2023-07-01", "12.0")]
    [InlineData("NL", "NL.HANDEL", "2024-01-01", "12.5")]
    [InlineData("NL", "NL.HANDEL", "2024-07-01", "12.25")]
    [InlineData("NL", "NL.HANDEL", "2025-01-01", "11.15")]
    [InlineData("NL", "NL.HANDEL", "2025-07-01", "10.15")]
    [InlineData("NL", "NL.HANDEL", "2026-01-01", "10.15")]
    [InlineData("NL", "NL.HANDEL", "2026-07-01", "10.4")]
    [InlineData("ES", "ES.DEMORA", "2024-01-01", "12.5")]
    [InlineData("ES", "ES.DEMORA", "2025-01-01", "11.15")]
    [InlineData("ES", "ES.DEMORA", "2025-07-01", "10.15")]
    [InlineData("ES", "ES.DEMORA", "2026-01-01", "10.15")]
    [InlineData("ES", "ES.DEMORA", "2026-07-01", "10.4")]
    [InlineData("IT", "IT.MORA", "2026-01-01", "10.15")]
    [InlineData("IT", "IT.MORA", "2026-07-01", "10.4")]
    [InlineData("BE", "BE.HANDEL", "2023-01-01", "10.5")]
    [InlineData("BE", "BE.HANDEL", "2026-01-01", "10.5")]
    [InlineData("BE", "derived", "2026-07-01", "10.5")]
    // FI.VIITEKORKO + 8.
    [InlineData("FI", "FI.VIITEKORKO", "2023-01-01", "10.5")]
    [InlineData("FI", "FI.VIITEKORKO", "2024-01-01", "12.5")]
    [InlineData("FI", "FI.VIITEKORKO", "2024-07-01", "12.5")]
    [InlineData("FI", "FI.VIITEKORKO", "2025-01-01", "11.5")]
    [InlineData("FI", "FI.VIITEKORKO", "2026-01-01", "10.5")]
    [InlineData("FI", "derived", "2026-07-01", "10.5")]
    [InlineData("FR", "penalty", "2024-07-01", "14.25")]
    [InlineData("FR", "penalty", "2025-01-01", "13.15")]
    [InlineData("FR", "penalty", "2026-01-01", "12.15")]
    [InlineData("FR", "penalty", "2026-07-01", "12.40")]
    [InlineData("IE", "table", "2024-07-01", "12.25")]
    [InlineData("DE", "published", "2026-07-01", "10.52")]
    [InlineData("GB", "published", "2026-07-01", "11.75")]
    [InlineData("DK", "published", "2026-07-01", "10.00")]
    [InlineData("CH", "CH.OR104", "2026-07-01", "5")]
    [InlineData("CH", "CH.OR104", "2031-07-01", "5")]
    public void The_published_totals_agree_with_the_derivation(
        string code,
        string published,
        string from,
        string percent
    )
    {
        var rule = JurisdictionOf(code).Interest.First(rule => rule.Kind != CustomerKind.Consumer);
        var rate = Rates.Find(rule.Series!)!.At(Day(from))!;

        Assert.Equal((published, Number(percent)), (published, rule.PercentFor(rate)));
    }

    [Theory]
    // The rates of 2025 are not known, nor that of the second half of 2026.
    [InlineData("SE.REFERENS", "2024-12-31", true)]
    [InlineData("SE.REFERENS", "2025-01-01", false)]
    [InlineData("SE.REFERENS", "2025-12-31", false)]
    [InlineData("SE.REFERENS", "2026-06-30", true)]
    [InlineData("SE.REFERENS", "2026-07-01", false)]
    [InlineData("EU.ECB_MRO", "2022-12-31", false)]
    [InlineData("EU.ECB_MRO", "2026-12-31", true)]
    [InlineData("EU.ECB_MRO", "2027-01-01", false)]
    [InlineData("NL.WETTELIJK", "2025-09-30", true)]
    [InlineData("NL.WETTELIJK", "2027-01-01", false)]
    [InlineData("RU.KEY", "2026-10-25", true)]
    [InlineData("RU.KEY", "2026-10-26", false)]
    [InlineData("FR.LEGAL.PRO", "2024-03-01", false)]
    public void A_gap_is_never_filled_from_the_rate_before(string series, string day, bool known) =>
        Assert.Equal(known, Rates.Find(series)!.At(Day(day)) is not null);

    [Fact]
    public void A_gap_inside_a_delay_is_named_and_the_rest_is_computed()
    {
        var rule = RuleOf("SE", null, "2024-12-01");
        var sek = new Money(36_500_00, "SEK");

        var interest = Compute(rule, sek, "2024-12-01", "2026-01-31");
        var shown = Compute(rule, sek, "2024-12-01", "2026-01-31", useLastKnownRate: true);

        Assert.Equal((Day("2025-01-01"), Day("2025-12-31")), (interest.UnknownFrom, interest.UnknownUntil));
        Assert.Equal([30, 31], interest.Lines.Select(line => line.Days));
        Assert.Equal([false, true, false], shown.Lines.Select(line => line.IsLastKnownRate));
        Assert.Equal(12m, shown.Lines[1].Percent);
    }

    [Theory]
    [InlineData("NO", "12", null)]
    [InlineData("NO", "12.01", NotChargedReason.AboveLegalRate)]
    [InlineData("DK", "9.76", NotChargedReason.AboveLegalRate)]
    [InlineData("FI", "9.6", NotChargedReason.AboveLegalRate)]
    [InlineData("DE", "15", null)]
    internal void A_consumer_never_pays_an_agreed_rate_above_the_law_s_where_it_forbids_that(
        string code,
        string percent,
        NotChargedReason? expected
    )
    {
        var rule = RuleOf(code, CustomerKind.Consumer, "2026-03-01");

        var interest = Compute(rule, Eur(1_000_00), "2026-03-01", "2026-03-31", agreedPercent: Number(percent));

        Assert.Equal(expected, interest.WhyNot);
        Assert.Equal(expected is null, interest.Total.IsPositive);
    }

    [Theory]
    [InlineData("2024-03-01", "2024-04-01", "a gap")]
    [InlineData("2026-12-15", "2027-01-15", "not yet known")]
    public void An_agreed_rate_whose_limit_is_not_known_is_not_charged(string due, string until, string id)
    {
        var rule = RuleOf("FR", CustomerKind.Business, due);

        var interest = Compute(rule, Eur(1_000_00), due, until, agreedPercent: 15);

        Assert.Equal((id, NotChargedReason.RateUnknown), (id, interest.WhyNot!.Value));
    }

    [Fact]
    public void An_Irish_delay_bears_the_rate_of_the_day_of_payment()
    {
        var rule = RuleOf("IE", CustomerKind.Business, "2026-06-15");

        var line = Assert.Single(Compute(rule, Eur(10_000_00), "2026-06-15", "2026-07-15").Lines);

        Assert.Equal((30, 10.4m), (line.Days, line.Percent));
    }

    [Fact]
    public void A_grade_is_kept_so_that_it_can_be_shown()
    {
        var rule = RuleOf("DK", CustomerKind.Business, "2026-07-31");

        var line = Assert.Single(Compute(rule, new Money(100_00, "DKK"), "2026-07-31", "2026-08-31").Lines);

        Assert.Equal(RateGrade.C, line.Rate!.Grade);
    }

    [Theory]
    [InlineData("DE.json", "\"DE.BASISZINS\"", "\"DE.BASIS\"", "DE.json, interest[0].series: 'DE.BASIS'")]
    [InlineData("DE.json", "\"code\": \"DE\"", "\"code\": \"FR\"", "DE.json, code: is 'FR'")]
    [InlineData("DE.json", "\"§ 288 (2) BGB\"", "\" \"", "DE.json, interest[0].legalBasis:")]
    [InlineData("DE.json", "\"atEnd\"", "\"sometimes\"", "DE.json cannot be read at $.interest[0].rounding")]
    [InlineData(
        "DE.json",
        "\"verified\": true,",
        "\"verified\": true, \"hint\": 1,",
        "DE.json cannot be read at $.hint"
    )]
    [InlineData("GB.json", "\"below\": 10000", "\"below\": 100", "GB.json, fixedSums[0].tiers.below:")]
    [InlineData("NO.json", "NO.PURREGEBYR_MAX.NOK", "NO.PURREGEBYR", "NO.json, fees[0].maxSeries: 'NO.PURREGEBYR'")]
    [InlineData("DK.json", "\"DKK\"", "\"DK\"", "DK.json, fixedSums[0].currency: 'DK'")]
    [InlineData("rates.json", "\"from\": \"2023-07-01\"", "\"from\": \"2023-07-02\"", "rates.json, EU.ECB_MRO, from:")]
    [InlineData("rates.json", "\"knownUntil\"", "\"lastChecked\"", "rates.json cannot be read at $.series")]
    [InlineData("rates.json", "table\"", "\"", null)]
    public void A_mistake_is_named_with_file_and_field(string file, string right, string wrong, string? message)
    {
        var files = All.Select(f =>
            f.Name == file ? (f.Name, f.Text.Replace(right, wrong, StringComparison.Ordinal)) : f
        );

        var mistake = Record.Exception(() => new Jurisdictions(files));

        if (message is null)
            Assert.Null(mistake);
        else
            Assert.Contains(
                message,
                Assert.IsType<InvalidOperationException>(mistake).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Without_rates_nothing_can_be_read() =>
        Assert.Contains(
            "rates.json is missing",
            Assert
                .Throws<InvalidOperationException>(() => new Jurisdictions(All.Where(f => f.Name != "rates.json")))
                .Message,
            StringComparison.Ordinal
        );

    private static string TextOf(string file) => All.Single(f => f.Name == file).Text;

    private static JsonSchema SchemaOf(string name) => JsonSchema.FromText(TextOf(name));

    /// <summary>Rates change on 1 January and 1 July; a month is left to load them.</summary>
    private static void AssertFresh(string file, DateOnly checkedOn) =>
        Assert.True(
            checkedOn.AddMonths(7) > DateOnly.FromDateTime(DateTime.UtcNow),
            $"{file} was last checked on {checkedOn:yyyy-MM-dd}, seven months ago or more: compare it with its "
                + "sources, add the rates of this half-year and set checkedOn."
        );
}
