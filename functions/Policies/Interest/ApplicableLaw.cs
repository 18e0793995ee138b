using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>The law by which an invoice bears interest and fees.</summary>
/// <param name="Jurisdiction">Null where it is not known.</param>
/// <param name="Kind">Null where it is not known.</param>
internal sealed record ApplicableLaw(Jurisdiction? Jurisdiction, CustomerKind? Kind)
{
    /// <summary>For an invoice whose law is not known: what the directive leaves as the usual order.</summary>
    private static readonly IReadOnlyList<ClaimPart> _usualOrder =
    [
        ClaimPart.Costs,
        ClaimPart.Interest,
        ClaimPart.Principal,
    ];

    /// <inheritdoc cref="Jurisdiction.Allocation"/>
    public IReadOnlyList<ClaimPart> Allocation => Jurisdiction?.Allocation ?? _usualOrder;

    public static ApplicableLaw Of(DunningContext context, Invoice invoice)
    {
        var (customer, rules, _) = context;
        var terms = context.PolicyOf(invoice).LateCharges;
        var kind = customer.Kind ?? terms.CustomersAre;
        var code =
            terms.Law
            ?? kind switch
            {
                CustomerKind.Consumer => customer.Country,
                CustomerKind.Business => rules.CreditorCountry,
                // Where both lead to one law, it need not be known which of the two it is.
                _ => SameCountry(customer.Country, rules.CreditorCountry) ? customer.Country : null,
            };
        return new ApplicableLaw(code is { Length: >= 2 } ? rules.Laws.Find(code[..2]) : null, kind);
    }

    private static bool SameCountry(string? one, string? other) =>
        one is { Length: >= 2 } && other is { Length: >= 2 } && one[..2] == other[..2];
}
