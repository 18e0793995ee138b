using System.Globalization;
using Dunning.Policies.Calendars;

namespace Dunning.Tests.Policies.Calendars;

public sealed class DebitClearingTests
{
    [Theory]
    // Wednesday 4 March 2026.
    [InlineData("EUR", "2026-03-04T09:05Z", "2026-03-12")]
    [InlineData("GBP", "2026-03-04T09:05Z", "2026-03-10")]
    [InlineData("USD", "2026-03-04T09:05Z", "2026-03-11")]
    [InlineData("AUD", "2026-03-04T09:05Z", "2026-03-10")]
    [InlineData("PLN", "2026-03-04T09:05Z", "2026-03-12")]
    // A Saturday begins on the Monday after.
    [InlineData("EUR", "2026-03-07T23:59Z", "2026-03-14")]
    // TARGET is closed on Good Friday and Easter Monday, 3 and 6 April 2026.
    [InlineData("EUR", "2026-04-01T09:00Z", "2026-04-11")]
    // The banks of England too; Juneteenth in America.
    [InlineData("GBP", "2026-04-02T09:00Z", "2026-04-10")]
    [InlineData("USD", "2026-06-17T09:00Z", "2026-06-25")]
    public void The_wait_ends_after_the_last_business_day_of_the_scheme(string currency, string begun, string end) =>
        Assert.Equal(
            DateTimeOffset.Parse($"{end}T00:00Z", CultureInfo.InvariantCulture),
            DebitClearing.EndFor(currency, DateTimeOffset.Parse(begun, CultureInfo.InvariantCulture))
        );
}
