using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>What a schema cannot check in a country's file.</summary>
internal static class JurisdictionChecks
{
    /// <returns>Field, mistake and correction of each mistake.</returns>
    public static IEnumerable<string> Problems(string file, Jurisdiction jurisdiction, InterestRates rates)
    {
        if (file != $"{jurisdiction.Code}.json")
            yield return $"code: is '{jurisdiction.Code}'; write the name of the file.";
        if (!jurisdiction.Allocation.Order().SequenceEqual(Enum.GetValues<ClaimPart>().Order()))
            yield return "allocation: name costs, interest and principal once each.";
        var problems = Each("interest", jurisdiction.Interest, rule => OfInterest(rule, rates))
            .Concat(Each("fixedSums", jurisdiction.FixedSums, rule => OfFixedSum(rule, rates)))
            .Concat(Each("fees", jurisdiction.Fees, rule => OfFee(rule, rates)))
            .Concat(Each("preCollectionNotices", jurisdiction.PreCollectionNotices, OfPreCollectionNotice))
            .Concat(Each("creditReports", jurisdiction.CreditReports, OfCreditReport));
        foreach (var problem in problems)
            yield return problem;
    }

    private static IEnumerable<string> Each<T>(
        string field,
        IReadOnlyList<T> rules,
        Func<T, IEnumerable<string>> problemsOf
    )
        where T : ICountryRule =>
        rules
            .SelectMany((rule, i) => OfEveryRule(rule).Concat(problemsOf(rule)).Select(p => $"{field}[{i}].{p}"))
            .Concat(
                rules
                    .SelectMany((rule, i) => rules.Skip(i + 1).Where(other => Overlap(rule, other)))
                    .Select(other =>
                        $"{field}: two rules of {other.LegalBasis} hold on the same day; give each its dates."
                    )
            );

    private static bool Overlap(ICountryRule one, ICountryRule other) =>
        (one.Kind is null || other.Kind is null || one.Kind == other.Kind)
        && !(one.Until < other.From)
        && !(other.Until < one.From);

    private static IEnumerable<string> OfEveryRule(ICountryRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.LegalBasis))
            yield return "legalBasis: write the article of the law.";
        if (string.IsNullOrWhiteSpace(rule.Source))
            yield return "source: write where the rule was read.";
        if (rule.Until < rule.From)
            yield return "until: is before from; write a later day.";
    }

    private static IEnumerable<string> OfInterest(InterestRule rule, InterestRates rates)
    {
        if (rule.Series is null == rule.ConstantPercent is null)
            yield return "series: write either series or constantPercent.";
        if (rule.Series is { } id && rates.Find(id) is null)
            yield return $"series: '{id}' is no series of rates.json; add it there or correct the id.";
        if (rule.AgreedFloor is { } floor && rates.Find(floor.Series) is null)
            yield return $"agreedFloor.series: '{floor.Series}' is no series of rates.json; correct the id.";
        if (rule.AgreedFloor is { Factor: <= 0 })
            yield return "agreedFloor.factor: write more than 0.";
        if (rule.Margin < 0 || rule.ConstantPercent < 0)
            yield return "margin: margin and constantPercent are 0 or more.";
        if (rule.Compounding == Compounding.Yearly && rule.Rounding != Rounding.AtEnd)
            yield return "rounding: write atEnd where interest is compounded.";
    }

    private static IEnumerable<string> OfFixedSum(FixedSumRule rule, InterestRates rates)
    {
        if (Currencies.DigitsOf(rule.Currency) is null)
            yield return $"currency: '{rule.Currency}' is no ISO 4217 code; correct it.";
        object?[] forms = [rule.Tiers, rule.AmountSeries, rule.Percentages];
        if (forms.Count(form => form is not null) != 1)
            yield return "tiers: write one of tiers, amountSeries and percentages.";
        if (rule.Tiers is { } tiers && !IsAscending([.. tiers.Select(tier => tier.Below)]))
            yield return "tiers.below: write ascending bounds, the last tier without one.";
        if (rule.Percentages is { } percentages && !IsAscending([.. percentages.Select(tier => tier.UpTo)]))
            yield return "percentages.upTo: write ascending bounds, the last one without one.";
        if (rule.Minimum > rule.Maximum)
            yield return "maximum: is below minimum; write a higher one.";
        if (rule.AmountSeries is { } id && rates.FindAmounts(id)?.Currency != rule.Currency)
            yield return $"amountSeries: '{id}' is no series of amounts in {rule.Currency}; correct it.";
    }

    private static bool IsAscending(IReadOnlyList<decimal?> bounds) =>
        bounds is [.., null]
        && bounds.SkipLast(1).All(bound => bound is not null)
        && bounds.Zip(bounds.Skip(1)).All(pair => !(pair.First >= pair.Second));

    private static IEnumerable<string> OfFee(FeeRule rule, InterestRates rates)
    {
        if (Currencies.DigitsOf(rule.Currency) is null)
            yield return $"currency: '{rule.Currency}' is no ISO 4217 code; correct it.";
        if (rule.Max is null == rule.MaxSeries is null)
            yield return "max: write either max or maxSeries.";
        if (rule.Max <= 0 || rule.MaxCount < 1 || rule.MinDaysAfterDue < 1 || rule.MinDaysBetween < 0)
            yield return "max: max, maxCount and minDaysAfterDue are above 0, minDaysBetween is 0 or more.";
        if (rule.MaxSeries is { } id && rates.FindAmounts(id)?.Currency != rule.Currency)
            yield return $"maxSeries: '{id}' is no series of amounts in {rule.Currency}; correct it.";
    }

    private static IEnumerable<string> OfPreCollectionNotice(PreCollectionNoticeRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name))
            yield return "name: write the local term.";
        if (rule.Days < 1)
            yield return "days: write 1 or more, or null where no time is laid down.";
        if (rule.CountedFrom == NoticeStart.Receipt && rule.DeliveryDays is null)
            yield return "deliveryDays: write after how many days a posted letter is presumed to be delivered.";
        if (rule.NoDeliveryOn.Distinct().Count() == 7)
            yield return "noDeliveryOn: leave at least one weekday.";
    }

    private static IEnumerable<string> OfCreditReport(CreditReportRule rule)
    {
        int[] counts = [rule.NoticeDays, rule.MinReminders, rule.MinDaysAfterFirstReminder, rule.MinDaysAfterDue];
        if (counts.Any(count => count < 0))
            yield return "noticeDays: write 0 or more; also for minReminders and the other days.";
        if (rule.MinAmount is null != rule.Currency is null || rule.MinAmount <= 0)
            yield return "minAmount: write it, above 0, together with currency, or neither.";
        if (rule.Currency is { } currency && Currencies.DigitsOf(currency) is null)
            yield return $"currency: '{currency}' is no ISO 4217 code; correct it.";
    }
}
