using System.Globalization;
using Dunning.Http;

namespace Dunning.Tests.Invoices.Files;

/// <summary>Days and amounts of spreadsheets: read where they have one reading, else asked for.</summary>
public sealed class CsvCellTests
{
    [Theory]
    [InlineData("2025-12-01", "2025-12-01")]
    [InlineData("2025-12-01 00:00:00", "2025-12-01")]
    [InlineData("01.12.2025", "2025-12-01")]
    [InlineData("1 Dec 2025", "2025-12-01")]
    [InlineData("December 1, 2025", "2025-12-01")]
    [InlineData("01/12/2025", null)]
    [InlineData("31/12/2025", null)]
    [InlineData("31.02.2025", null)]
    [InlineData("45992", null)]
    public void A_day_is_read_without_a_form_where_it_has_one_reading(string text, string? expected) =>
        Assert.Equal(expected, CsvDate.Parse(text, null)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("01/12/2025", "dd/MM/yyyy", "2025-12-01")]
    [InlineData("01/12/2025", "MM/dd/yyyy", "2025-01-12")]
    [InlineData("1/2/2025", "MM/dd/yyyy", "2025-01-02")]
    [InlineData("31/12/2025", "MM/dd/yyyy", null)]
    [InlineData("2025-12-01", "MM/dd/yyyy", null)]
    [InlineData("20251201", "yyyyMMdd", "2025-12-01")]
    [InlineData("01.12.25", "dd.MM.yy", "2025-12-01")]
    public void With_a_form_nothing_else_is_read(string text, string format, string? expected) =>
        Assert.Equal(expected, CsvDate.Parse(text, format)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("01/12/2025", true)]
    [InlineData("31/12/2025", true)]
    [InlineData("2025-12-01", false)]
    [InlineData("01.12.2025", false)]
    [InlineData("soon", false)]
    public void A_day_is_uncertain_where_day_or_month_may_be_first(string text, bool expected) =>
        Assert.Equal(expected, CsvDate.IsUncertain(text));

    [Theory]
    [InlineData("1440.00", "1440.00")]
    [InlineData("1.190,00", "1190.00")]
    [InlineData("1,440.00", "1440.00")]
    [InlineData("$4,250.00", "4250.00")]
    [InlineData("-$100.00", "-100.00")]
    [InlineData("($50.00)", "-50.00")]
    [InlineData("50,00-", "-50.00")]
    [InlineData("1'190.50", "1190.50")]
    [InlineData("1 190,50 €", "1190.50")]
    [InlineData("119", "119")]
    [InlineData("1.190", null)]
    [InlineData("1,190", null)]
    [InlineData("12.34.56", null)]
    [InlineData("1.234,5x", null)]
    [InlineData("1E10", null)]
    [InlineData("", null)]
    public void An_amount_is_read_without_a_decimal_sign_where_it_has_one_reading(string text, string? expected) =>
        Assert.Equal(expected, CsvAmount.Parse(text, null));

    [Theory]
    [InlineData("1.190", ',', "1190")]
    [InlineData("1.190", '.', "1.190")]
    [InlineData("1,190.00", ',', null)]
    [InlineData("119,5", ',', "119.5")]
    public void With_a_decimal_sign_nothing_else_is_read(string text, char sign, string? expected) =>
        Assert.Equal(expected, CsvAmount.Parse(text, sign));
}
