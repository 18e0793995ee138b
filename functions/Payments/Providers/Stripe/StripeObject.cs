using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// The <c>data.object</c> of a Stripe event, in the shape of whichever API version the account is pinned to.
/// </summary>
internal sealed class StripeObject(WebhookPayload fields)
{
    private const string Root = "data.object.";

    /// <summary>
    /// Where an object names related objects. Since 2025-03-31.basil an intent or charge does not name an invoice, and
    /// an invoice payment names its intent or charge under <c>payment</c>. <c>parent</c> is not read: it names a
    /// subscription or quote, not an invoice.
    /// </summary>
    private static readonly string[] _relatedIdPaths =
    [
        "id",
        "payment_intent",
        "charge",
        "latest_charge",
        "invoice",
        "payment.payment_intent",
        "payment.charge",
        "payment.payment_record",
    ];

    private static readonly string[] _referencePaths =
    [
        "metadata.invoice_number",
        "metadata.invoice_id",
        "metadata.external_id",
        "client_reference_id",
    ];

    private bool IsInvoice => Text("object") == "invoice";

    public string? Text(string path) => fields.Text(Root + path);

    public string Required(string path) => fields.Required(Root + path);

    public string? Id(string path) => fields.Id(Root + path);

    public string RequiredId(string path) => fields.RequiredId(Root + path);

    public bool Flag(string path) => fields.Flag(Root + path);

    public bool Has(string path) => fields.Find(Root + path) is not null;

    public Money Amount(string path)
    {
        var stripeAmount = fields.Integer(Root + path);
        var currency = Currency();
        if (StripeAmounts.ToMoney(stripeAmount, currency) is { } money)
            return money;
        fields.ReportProblem($"{Root}{path} is not an amount that can be booked");
        return Money.Zero(currency);
    }

    /// <summary>Zero where the field is absent, as in older API versions, null or negative.</summary>
    public Money AmountOrZero(string path) =>
        fields.Find(Root + path) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var minor)
        && minor > 0
            ? Amount(path)
            : Zero();

    public Money Zero() => Money.Zero(Currency());

    public PaymentChange Change(PaymentChangeKind kind, string objectId, Money? amount = null, string? note = null) =>
        new(
            kind,
            objectId,
            References.Normalize([
                .. _referencePaths.Select(Text),
                IsInvoice ? Text("number") : null,
                IsInvoice ? Id("id") : Id("invoice"),
            ]),
            [.. _relatedIdPaths.Select(Id).OfType<string>().Where(id => id != objectId).Distinct()],
            amount,
            References.Note(note)
        );

    private string Currency() => fields.Currency(Root + "currency");
}
