using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>What a schema cannot check in <c>rates.json</c>.</summary>
internal static class RateChecks
{
    /// <returns>Field, mistake and correction of each mistake.</returns>
    public static IEnumerable<string> Problems(InterestRates rates)
    {
        var ids = rates.Series.Select(series => series.Id).Concat(rates.Amounts.Select(series => series.Id));
        var doubled = ids.CountBy(id => id).Where(id => id.Value > 1).Select(id => id.Key);
        return
        [
            .. doubled.Select(id => $"id: '{id}' stands twice; give each series its own id."),
            .. rates.Series.SelectMany(OfSeries),
            .. rates.Series.SelectMany(series =>
                series
                    .Rates.Where(rate => rate.Percent is < 0 or > 100)
                    .Select(rate => $"{series.Id}, {Iso(rate.From)}, percent: write 0 to 100.")
            ),
            .. rates.Amounts.SelectMany(OfSeries),
            .. rates
                .Amounts.Where(series => Currencies.DigitsOf(series.Currency) is null)
                .Select(series => $"{series.Id}, currency: '{series.Currency}' is no ISO 4217 code; correct it."),
            .. rates.Amounts.SelectMany(series =>
                series
                    .Amounts.Where(amount => amount.Amount <= 0)
                    .Select(amount => $"{series.Id}, {Iso(amount.From)}, amount: write more than 0.")
            ),
        ];
    }

    private static IEnumerable<string> OfSeries<T>(DatedSeries<T> series)
        where T : class, IDatedValue
    {
        if (series.Values.Count == 0)
            yield return $"{series.Id}: has no values; add one.";
        if (series.Values.Zip(series.Values.Skip(1)).Any(pair => pair.First.From >= pair.Second.From))
            yield return $"{series.Id}, from: order the values by date, one a day.";
        if (series.Validity == RateValidity.HalfYear)
        {
            if (series.KnownUntil is not null)
                yield return $"{series.Id}, knownUntil: remove it; a half-yearly value ends with its half-year.";
            foreach (var value in series.Values.Where(value => value.From is not { Day: 1, Month: 1 or 7 }))
                yield return $"{series.Id}, from: {Iso(value.From)} starts no half-year; write 1 January or 1 July.";
        }
        else if (series.Values is [.., var last])
        {
            if (series.KnownUntil is null && last.Grade != RateGrade.Constant)
                yield return $"{series.Id}, knownUntil: write the last day for which the last value is known.";
            if (series.KnownUntil < last.From)
                yield return $"{series.Id}, knownUntil: is before the last value; write a later day.";
        }
        foreach (var value in series.Values.Where(value => string.IsNullOrWhiteSpace(value.Source)))
            yield return $"{series.Id}, {Iso(value.From)}, source: write where the value is published.";
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
