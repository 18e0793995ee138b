using Dunning.Dashboard.Layout;
using Microsoft.AspNetCore.Http;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>What the list of customers shows, from the address of the page.</summary>
/// <param name="Show">A preset; empty for all customers with open invoices.</param>
/// <param name="Silence">Why no message goes out; empty for all.</param>
/// <param name="Policy">The name of a dunning policy that one of the invoices follows.</param>
/// <param name="Language">Of the customer, BCP 47; a language without its regions finds all of them.</param>
/// <param name="Currency">Of one of the open invoices.</param>
/// <param name="Text">In the name or the id at the source.</param>
public sealed record CustomerFilter(
    string Show,
    string Silence,
    string Policy,
    string Language,
    string Currency,
    string Text
)
{
    internal static readonly IReadOnlyList<string> Presets =
    [
        "overdue",
        "onHold",
        "disputed",
        "promised",
        "brokenPromise",
        "noContact",
        "optedOut",
        "all",
    ];

    internal static CustomerFilter Read(IQueryCollection query)
    {
        return new(Of("show"), Of("silence"), Of("policy"), Of("language"), Of("currency"), Of("q"));

        string Of(string name) => query[name].ToString().Trim();
    }

    internal bool Matches(CustomerRow row) =>
        IsShown(row)
        && (Policy.Length == 0 || row.Invoices.Any(i => Same(i.Invoice.Dunning.Policy.Name, Policy)))
        && (Currency.Length == 0 || row.Balances.Any(balance => Same(balance.Open.Currency, Currency)))
        && (Language.Length == 0 || IsIn(row.Customer.Locale, Language))
        && (
            Text.Length == 0
            || row.Customer.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || row.Customer.ExternalId?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true
        );

    /// <summary>For rows whose forecast has been looked up.</summary>
    internal bool IsSilentSo(CustomerRow row) => Silence.Length == 0 || Forecasts.SilenceOf(row.Forecast) == Silence;

    private bool IsShown(CustomerRow row) =>
        Show switch
        {
            "all" => true,
            "overdue" => row.OldestDaysLate > 0,
            "onHold" => row.Invoices.Any(i => i.Invoice.Dunning.Hold is not null),
            "disputed" => row.Invoices.Any(i => i.Invoice.Dunning.Dispute is not null),
            "promised" => row.Invoices.Any(i => i.Invoice.Agreements.Promise is not null),
            "brokenPromise" => row.Invoices.Any(i => i.Invoice.Agreements.HasBrokenPromise),
            "noContact" => !row.Customer.CanBeReached,
            "optedOut" => row.Customer.OptOuts.Count > 0 || row.Customer.DoNotContact,
            _ => row.Invoices.Count > 0 || Text.Length > 0,
        };

    private static bool IsIn(string? locale, string language) =>
        locale is not null
        && (Same(locale, language) || locale.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
