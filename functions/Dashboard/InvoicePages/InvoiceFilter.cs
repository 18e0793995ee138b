using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What the list of invoices shows, from the address of the page.</summary>
/// <param name="Show">A preset; empty for all open invoices.</param>
/// <param name="Age">A bucket of the ageing; empty for all.</param>
/// <param name="Silence">Why no message goes out; empty for all.</param>
/// <param name="Text">In the number, the references, or the name of the customer.</param>
public sealed record InvoiceFilter(string Show, string Age, string Silence, string Currency, string Text)
{
    internal static readonly IReadOnlyList<string> Presets =
    [
        "overdue",
        "due7",
        "onHold",
        "disputed",
        "promised",
        "partPaid",
        "neverReminded",
    ];

    internal static InvoiceFilter Read(IQueryCollection query) =>
        new(Of(query, "show"), Of(query, "age"), Of(query, "silence"), Of(query, "currency"), Of(query, "q").Trim());

    internal bool Matches(InvoiceRow row) =>
        IsShown(row)
        && (Age.Length == 0 || PageWords.CodeOf(Ageing.BucketOf(row.DaysLate)) == Age)
        && (Currency.Length == 0 || row.Invoice.OpenAmount.Currency == Currency)
        && (Text.Length == 0 || TextsOf(row).Any(text => text.Contains(Text, StringComparison.OrdinalIgnoreCase)));

    /// <summary>For rows whose forecast has been looked up.</summary>
    internal bool IsSilentSo(InvoiceRow row) => Silence.Length == 0 || Forecasts.SilenceOf(row.Forecast) == Silence;

    private bool IsShown(InvoiceRow row) =>
        Show switch
        {
            "overdue" => row.DaysLate > 0,
            "due7" => row.DaysLate is <= 0 and > -8,
            "onHold" => row.Invoice.Dunning.Hold is not null,
            "disputed" => row.Invoice.Dunning.Dispute is not null,
            "promised" => row.Invoice.Agreements.Promise is not null,
            "partPaid" => row.Invoice.IsPartPaid,
            "neverReminded" => row.Invoice.Dunning.ClaimedBy is null,
            _ => true,
        };

    private static IEnumerable<string> TextsOf(InvoiceRow row) =>
        new[]
        {
            row.Invoice.Document.Number,
            row.Customer.Name,
            row.Invoice.Document.OrderReference,
            row.Invoice.Document.BuyerReference,
            row.Invoice.Document.Bank?.Reference,
            row.Invoice.ExternalId,
        }.OfType<string>();

    private static string Of(IQueryCollection query, string name) => query[name].ToString();
}
