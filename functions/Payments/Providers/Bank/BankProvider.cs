using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Banking;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Providers.Bank;

/// <summary>
/// The creditor's bank, whose statements a person imports. Each incoming movement goes the way of a webhook: it is
/// saved once, applied, or listed for a person.
/// </summary>
internal static class BankProvider
{
    public const string Name = "bank";

    public static PaymentProvider Registration { get; } =
        new(Name, (root, _, _) => [Read(root)])
        {
            ComesFromFiles = true,
            IsUnsigned = true,
            // Ids of movements are unique for their account only.
            HasUniqueIds = false,
            AllocatesPayments = true,
        };

    private static PaymentEvent Read(JsonElement root)
    {
        if (root.Deserialize<BankPayment>(Rows.Json) is not { } payment)
            return new PaymentEvent("", "unreadable", DateTimeOffset.UnixEpoch, Live: true, [], "it is no movement");
        return new PaymentEvent(
            payment.Id,
            "payment",
            new DateTimeOffset(payment.Date, TimeOnly.MinValue, TimeSpan.Zero),
            Live: true,
            payment.Parts.Count > 0
                ? [.. payment.Parts.Select(part => payment.Change([part.Invoice], part.Amount))]
                : [payment.Change(payment.References, payment.Amount)],
            payment.Problem
        );
    }
}

/// <summary>An incoming movement, as the inbox keeps it.</summary>
/// <param name="Job">That has imported it.</param>
/// <param name="Date">The value date.</param>
/// <param name="Reference">The structured reference; null for none.</param>
/// <param name="Parts">What of it pays which invoice; none when that is not certain.</param>
/// <param name="Suggestions">Without parts: what it may pay, with what is open of each.</param>
/// <param name="Why">Why it is not certain; null when it is.</param>
internal sealed record BankPayment(
    string Id,
    string Job,
    DateOnly Date,
    Money Amount,
    string? Payer,
    string? Reference,
    string Text,
    IReadOnlyList<BankPart> Parts,
    IReadOnlyList<BankPart> Suggestions,
    string? Why
)
{
    /// <summary>Null also while an invoice with this reference may come.</summary>
    public string? Problem => Reference is not null && Suggestions.Count == 0 ? null : Why;

    public IReadOnlyList<string> References =>
        Suggestions.Count > 0 ? [.. Suggestions.Select(suggestion => suggestion.Number)]
        : Reference is not null ? [.. new[] { PaymentReference.KeyOf(Reference), Reference }.Distinct()]
        : [];

    public PaymentChange Change(IReadOnlyList<string> references, Money amount) =>
        new(PaymentChangeKind.Payment, Id, references, [], amount) { ValueDate = Date };
}

/// <param name="Invoice">Its id.</param>
internal sealed record BankPart(string Invoice, string Number, Money Amount);
