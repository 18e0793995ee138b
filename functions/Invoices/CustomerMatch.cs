using Dunning.Invoices.Formats;
using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>
/// Whose invoice it is, when the source sends no id of the customer: a known customer of the same name, if exactly one
/// fits, else a new one. It is never guessed: where two fit, a person decides, and nothing is demanded meanwhile.
/// </summary>
/// <param name="CustomerId">The customer with whom the invoice is stored.</param>
/// <param name="Choices">Ids of the known customers between whom a person has to decide; empty for no question.</param>
/// <param name="Warnings">What else the document could mean, for the sender.</param>
internal sealed record CustomerMatch(
    CustomerId CustomerId,
    IReadOnlyList<CustomerId> Choices,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>
    /// The document names a customer that a person merged into this one: it changes only the invoice.
    /// </summary>
    public bool IsMerged { get; init; }

    private const string Advice = "send customer.externalId to say who owes it";

    /// <param name="namesakes">The known customers of this name in the source.</param>
    public static CustomerMatch Decide(string source, CustomerDocument sent, IReadOnlyList<Customer> namesakes)
    {
        if (sent.ExternalId is not null)
            return new(CustomerId.OfExternalId(source, sent.ExternalId), [], []);
        var own = CustomerId.OfParty(source, sent.Name, sent.Email ?? sent.Phone, sent.TaxId ?? sent.Country);
        var possible = namesakes.Where(known => !Contradicts(known, sent)).ToList();
        var byTaxId = possible.FindAll(known => known.TaxId is not null && sent.TaxId is not null);
        var fitting = byTaxId.Count > 0 ? byTaxId : possible.FindAll(known => HasSameContact(known, sent));
        if (fitting is [var only])
            return new(only.Id, [], []);
        if (fitting.Count > 1)
        {
            var choices = fitting.Select(known => known.Id).OrderBy(id => id.Value, StringComparer.Ordinal).ToList();
            return new(
                own,
                choices,
                [
                    $"The invoice may belong to {string.Join(" or ", choices)}: it is on hold until a person decides; "
                        + $"{Advice}.",
                ]
            );
        }
        return new(
            own,
            [],
            possible.Count == 0
                ? []
                :
                [
                    $"Customer {possible[0].Id} has the same name and another email address or phone number: the two "
                        + $"are kept apart; {Advice}.",
                ]
        );
    }

    /// <summary>The customer that now has the invoices of the one that was found.</summary>
    public CustomerMatch FollowMerge(CustomerId into) =>
        into == CustomerId
            ? this
            : new(
                into,
                [],
                [
                    $"Customer {CustomerId} was merged into {into}: the invoice belongs to it, and its contact data "
                        + "were not changed.",
                ]
            )
            {
                IsMerged = true,
            };

    private static bool Contradicts(Customer known, CustomerDocument sent) =>
        Differ(known.TaxId, sent.TaxId) || Differ(CountryOf(known.Country), CountryOf(sent.Country));

    private static bool HasSameContact(Customer known, CustomerDocument sent) =>
        known.Email is null && sent.Email is null
            ? known.Phone == sent.Phone
            : new[] { known.Email, known.SourceEmail ?? known.Email }.Contains(
                sent.Email,
                StringComparer.OrdinalIgnoreCase
            );

    /// <summary>A subdivision says more about the same country.</summary>
    private static string? CountryOf(string? country) => country?[..2];

    private static bool Differ(string? known, string? sent) =>
        known is not null && sent is not null && !string.Equals(known, sent, StringComparison.OrdinalIgnoreCase);
}
