using System.Collections.Frozen;
using PublicHoliday;

namespace Dunning.Policies.Calendars;

/// <summary>
/// How long a payment that has begun may take until the bank reports its failure. The scheme follows from the
/// currency, because most processors do not name it; a card payment is known sooner. Days are business days of the
/// scheme's banks: SEPA Core 5 (EPC rulebook, returns until D+5), Bacs 3 (three-day cycle), ACH 4 (docs.stripe.com,
/// "ACH Direct Debit"), BECS 3, Canadian PAD 5, Autogiro 3, Betalingsservice 5; other currencies 5, Monday to Friday.
/// </summary>
internal static class DebitClearing
{
    private const int DefaultDays = 5;

    private static readonly FrozenDictionary<string, (int Days, IPublicHolidays? Bank)> _schemes = new Dictionary<
        string,
        (int, IPublicHolidays?)
    >
    {
        ["EUR"] = (5, new EcbTargetClosingDay()),
        ["GBP"] = (3, new UKBankHoliday()),
        ["USD"] = (4, new USAFederalReserveHoliday()),
        ["AUD"] = (3, new AustraliaPublicHoliday()),
        ["CAD"] = (5, new CanadaPublicHoliday()),
        ["SEK"] = (3, new SwedenPublicHoliday()),
        ["DKK"] = (5, new DenmarkPublicHoliday()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>The midnight, UTC, after the last business day on which the bank may still report a failure.</returns>
    public static DateTimeOffset EndFor(string currency, DateTimeOffset begun)
    {
        var (days, bank) = _schemes.GetValueOrDefault(currency, (DefaultDays, null));
        var day = begun.UtcDateTime.Date;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && bank?.IsPublicHoliday(day) is not true)
                days--;
        }
        return new DateTimeOffset(day.AddDays(1), TimeSpan.Zero);
    }
}
