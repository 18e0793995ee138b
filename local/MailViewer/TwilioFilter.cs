using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The filters of a message list: To, From, and DateSent with =, &lt;= and &gt;= (a UTC day, or an instant).
/// </summary>
internal static class TwilioFilter
{
    public static Func<SentSms, bool> From(IQueryCollection query)
    {
        string? to = query["To"];
        string? from = query["From"];
        var (on, until, since) = (Instant(query["DateSent"]), Instant(query["DateSent<"]), Instant(query["DateSent>"]));
        return sms =>
            (to is null || string.Equals(sms.To, to, StringComparison.Ordinal))
            && (from is null || string.Equals(sms.From, from, StringComparison.Ordinal))
            && (on is null || sms.SentAt.UtcDateTime.Date == on.Value.Date)
            && (until is null || sms.SentAt.UtcDateTime < EndOf(until.Value))
            && (since is null || sms.SentAt.UtcDateTime >= since);
    }

    public static QueryString WithPage(IQueryCollection query, int page, int size) =>
        QueryString.Create(
            query
                .Where(part => part.Key is not ("Page" or "PageSize"))
                .Append(new("PageSize", size.ToString(CultureInfo.InvariantCulture)))
                .Append(new("Page", page.ToString(CultureInfo.InvariantCulture)))
        );

    private static DateTime? Instant(string? text) =>
        text is null
            ? null
            : DateTime.Parse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );

    /// <summary>A limit without a time of day includes the whole day.</summary>
    private static DateTime EndOf(DateTime until) =>
        until.TimeOfDay == TimeSpan.Zero ? until.AddDays(1) : until.AddTicks(1);
}
