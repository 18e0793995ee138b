using System.Text.Json;
using Dunning.Documents;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Banking;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.BankRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.EmailRule;
using static Dunning.Http.Validation.LinkRule;
using static Dunning.Http.Validation.PhoneRules;
using static Dunning.Http.Validation.PlaceRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>
/// Reads the JSON invoice of <c>POST /api/invoices</c>. This file defines the contract, field by field.
/// </summary>
internal static class JsonInvoice
{
    private static readonly FieldRule<InvoiceKind> _kinds = OneOf<InvoiceKind>();
    private static readonly FieldRule<SourceStatus> _statuses = OneOf<SourceStatus>();
    private static readonly FieldRule<OverdueStart> _overdueStarts = OneOf<OverdueStart>();
    private static readonly FieldRule<ReferenceScheme> _referenceSchemes = OneOf<ReferenceScheme>();
    private static readonly FieldRule<DocumentType> _documentTypes = OneOf<DocumentType>();

    /// <inheritdoc cref="StrictJson.Parse"/>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8) => StrictJson.Parse(utf8);

    /// <param name="document">An invoice, or an array of exactly one (Zapier can wrap what it sends).</param>
    /// <param name="strict">Unknown fields are errors instead of warnings.</param>
    public static InvoiceReading Read(JsonElement document, bool strict = false)
    {
        var errors = new ValidationErrors(strict);
        var json = document.ValueKind == JsonValueKind.Array && document.GetArrayLength() == 1 ? document[0] : document;
        var invoice = JsonFields.Read(json, "#", errors, Invoice);
        if (invoice is not null)
            Consistency.Check(invoice, errors);
        return InvoiceReading.From(invoice, errors);
    }

    private static InvoiceDocument Invoice(JsonFields json)
    {
        var currency = json.Required("currency", Currency);
        return new InvoiceDocument
        {
            ExternalId = json.Required("externalId", Opaque(128)),
            Source = json.Optional("source", SourceName) ?? "api",
            Number = json.Required("number", Line(64)),
            IssueDate = json.Required("issueDate", CalendarDate),
            DueDate = json.Optional("dueDate", CalendarDate),
            AmountDue = json.Required("amountDue", AmountIn(currency)),
            AmountTotal = json.Optional("amountTotal", AmountIn(currency)),
            Kind = json.Optional("kind", _kinds) ?? InvoiceKind.Invoice,
            Status = json.Optional("status", _statuses) ?? SourceStatus.Open,
            Customer = json.Required("customer", Customer),
            PaymentUrl = json.OptionalOrWarn("paymentUrl", HttpsUrl),
            PaymentLinks = NullIfEmpty(json.List("paymentLinks", PaymentLink.MaxCount, PaymentLinkOf)),
            DocumentUrl = json.OptionalOrWarn("documentUrl", HttpsUrl),
            Documents = NullIfEmpty(json.List("documents", SupportingDocument.MaxCount, DocumentOf)),
            Payment = json.Optional("payment", Payment),
            OrderReference = json.Optional("orderReference", Line(128)),
            BuyerReference = json.Optional("buyerReference", Line(128)),
            PrecedingInvoice = json.Optional("precedingInvoice", Line(64)),
            IsCorrection = json.Optional("isCorrection", Flag),
            IsRetainer = json.Optional("isRetainer", Flag),
            ChangeReason = json.Optional("changeReason", Prose(500)),
            Discounts = JsonTerms.Discounts(json, currency),
            Taxes = JsonTerms.Taxes(json, currency),
            Instalments = JsonTerms.Instalments(json, currency),
            Collection = json.Optional("collection", JsonTerms.Collection),
            Lines = json.List("lines", 200, line => InvoiceLine(line, currency)),
            Tags = json.List("tags", 20, Line(40)),
            Metadata = json.Map("metadata", 20, key: Opaque(40), value: Opaque(500)),
            Dunning = json.Optional("dunning", Dunning),
            UpdatedAt = json.Optional("updatedAt", Instant),
        };
    }

    private static CustomerDocument Customer(JsonFields json) =>
        new()
        {
            ExternalId = json.Optional("externalId", Opaque(128)),
            Name = json.Required("name", Line(200)),
            Email = json.OptionalOrWarn("email", ContactEmail),
            Phone = json.OptionalOrWarn("phone", E164),
            Locale = json.OptionalOrWarn("locale", LanguageTag),
            TimeZone = json.OptionalOrWarn("timeZone", IanaZone),
            Country = json.OptionalOrWarn("country", Country),
            TaxId = json.OptionalOrWarn("taxId", Line(40)),
            Kind = json.OptionalOrWarn("kind", JsonCustomer.Kinds),
            Address = json.Optional("address", JsonCustomer.Address),
            PreferredPaymentMethod = json.OptionalOrWarn("preferredPaymentMethod", JsonCustomer.PaymentMethods),
            Contacts = json.List("contacts", JsonCustomer.MaxContacts, JsonCustomer.Contact),
            Removed = JsonCustomer.Removed(json),
        };

    private static BankTransfer Payment(JsonFields json)
    {
        var iban = json.OptionalOrWarn("iban", Iban);
        var number = json.OptionalOrWarn("accountNumber", AccountNumber);
        var bank = new BankTransfer(
            Iban: iban,
            Bic: json.OptionalOrWarn("bic", Bic),
            Reference: json.Optional("reference", Line(140)),
            AccountName: json.Optional("accountName", Line(200)),
            AccountNumber: number
                ?? (iban is null && (json.Has("iban") || json.Has("accountNumber")) ? BankTransfer.Unusable : null),
            BankCode: json.OptionalOrWarn("bankCode", BankCode)
        )
        {
            Country = json.OptionalOrWarn("country", AccountCountry),
            ReferenceScheme = json.OptionalOrWarn("referenceScheme", _referenceSchemes),
        };
        return BankCheck.Complete(bank, json.Errors, json.Pointer, isCountryCertain: true);
    }

    /// <summary>An empty list would change the hash of every invoice without the field.</summary>
    private static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;

    private static PaymentLink? PaymentLinkOf(JsonFields json)
    {
        var method = json.OptionalOrWarn("method", JsonCustomer.PaymentMethods);
        var label = json.Optional("label", Line(40));
        return json.OptionalOrWarn("url", HttpsUrl) is { } url
            ? new PaymentLink(method ?? PaymentMethod.Other, url, label)
            : null;
    }

    private static DocumentSource? DocumentOf(JsonFields json)
    {
        var type = json.OptionalOrWarn("type", _documentTypes) ?? DocumentType.Other;
        var name = json.Optional("name", Line(100)) ?? JsonNamingPolicy.KebabCaseLower.ConvertName(type.ToString());
        return json.OptionalOrWarn("url", HttpsUrl) is { } url
            ? new DocumentSource(type, FileNames.Clean(name), url)
            : null;
    }

    private static InvoiceLine InvoiceLine(JsonFields json, string? currency) =>
        new(
            Description: json.Required("description", Folded(500)),
            Quantity: json.Optional("quantity", Quantity),
            Amount: json.Optional("amount", AmountIn(currency))
        );

    private static DunningInstruction Dunning(JsonFields json) =>
        new()
        {
            Policy = json.Optional("policy", Line(64)),
            PausedUntil = json.Optional("pausedUntil", CalendarDate),
            DoNotContact = json.Optional("doNotContact", Flag),
            Reason = json.Optional("reason", Prose(500)),
            WhenOverdue = json.Optional("whenOverdue", _overdueStarts),
        };
}
