using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Dunning.Invoices.Files.JsonInvoiceFile;

namespace Dunning.Invoices.Files;

/// <summary>
/// An invoice as the API of Xero answers (https://developer.xero.com/documentation/api/accounting/invoices). Bills are
/// passed over, and so are drafts.
/// </summary>
internal static partial class XeroInvoice
{
    public static FileInvoice Read(JsonNode? json, InvoiceFileOptions options)
    {
        if (json is not JsonObject invoice)
            return Refused("#", "wrong_type", "Send a JSON object per invoice.");
        var number = TextOf(invoice, "InvoiceNumber") ?? "";
        var (status, skip) = TextOf(invoice, "Status") switch
        {
            "AUTHORISED" or null => (null, null),
            "PAID" => ("paid", null),
            "VOIDED" or "DELETED" => ("void", null),
            "DRAFT" or "SUBMITTED" => (null, "it is a draft: the customer has not got it"),
            var other => ((string?)null, $"its status {other} is not known"),
        };
        if (TextOf(invoice, "Type") is not "ACCREC")
            skip = "it is a bill, which is not owed to you";
        if (skip is not null)
            return new([]) { Skipped = skip, Number = number };
        var contact = invoice["Contact"];
        return new([])
        {
            Number = number,
            CustomerKey = TextOf(contact, "ContactID") ?? "",
            Json = InvoiceJson.AddOptions(
                InvoiceJson.WithoutEmpty(
                    new()
                    {
                        ["externalId"] = TextOf(invoice, "InvoiceID"),
                        ["source"] = options.Source ?? "xero",
                        ["number"] = number.Length > 0 ? number : TextOf(invoice, "InvoiceID"),
                        ["issueDate"] = DayOf(invoice, "Date"),
                        ["dueDate"] = DayOf(invoice, "DueDate"),
                        ["currency"] = TextOf(invoice, "CurrencyCode") ?? options.CurrencyCode,
                        ["amountDue"] = TextOf(invoice, "AmountDue"),
                        ["amountTotal"] = TextOf(invoice, "Total"),
                        ["status"] = status,
                        ["orderReference"] = TextOf(invoice, "Reference"),
                        ["paymentUrl"] = TextOf(invoice, "OnlineInvoiceUrl"),
                        ["updatedAt"] = InstantOf(TextOf(invoice, "UpdatedDateUTC")),
                        ["customer"] = CustomerOf(contact),
                    }
                ),
                options
            ),
        };
    }

    private static JsonObject CustomerOf(JsonNode? contact) =>
        new()
        {
            ["externalId"] = TextOf(contact, "ContactID"),
            ["name"] = TextOf(contact, "Name"),
            ["email"] = TextOf(contact, "EmailAddress"),
            ["phone"] = PhoneOf(contact),
            ["taxId"] = TextOf(contact, "TaxNumber"),
            ["address"] = AddressOf(contact),
            ["contacts"] = new JsonArray([
                .. ListOf(contact, "ContactPersons")
                    .Where(person => TextOf(person, "IncludeInEmails") is "true")
                    .Select(person =>
                        InvoiceJson.WithoutEmpty(
                            new()
                            {
                                ["name"] = $"{TextOf(person, "FirstName")} {TextOf(person, "LastName")}".Trim(),
                                ["email"] = TextOf(person, "EmailAddress"),
                            }
                        )
                    ),
            ]),
        };

    /// <summary>Only with its country code: without one it is not known which country's number it is.</summary>
    private static string? PhoneOf(JsonNode? contact) =>
        ListOf(contact, "Phones")
            .Where(phone => TextOf(phone, "PhoneType") is "MOBILE" or "DEFAULT")
            .OrderBy(phone => TextOf(phone, "PhoneType") is "DEFAULT")
            .Select(phone =>
                TextOf(phone, "PhoneCountryCode") is { } country && TextOf(phone, "PhoneNumber") is { } number
                    ? $"+{Digits(country)}{Digits(TextOf(phone, "PhoneAreaCode") ?? "")}{Digits(number)}"
                    : null
            )
            .FirstOrDefault(phone => phone is not null);

    private static JsonObject? AddressOf(JsonNode? contact) =>
        ListOf(contact, "Addresses")
            .OrderBy(address => TextOf(address, "AddressType") is "STREET")
            .Where(address => TextOf(address, "AddressLine1") is not null || TextOf(address, "City") is not null)
            .Select(address => new JsonObject
            {
                ["line1"] = TextOf(address, "AddressLine1"),
                ["line2"] = TextOf(address, "AddressLine2"),
                ["postalCode"] = TextOf(address, "PostalCode"),
                ["city"] = TextOf(address, "City"),
                ["region"] = TextOf(address, "Region"),
                ["country"] = TextOf(address, "Country"),
            })
            .FirstOrDefault();

    private static IEnumerable<JsonNode?> ListOf(JsonNode? json, string name) =>
        json is JsonObject fields && fields[name] is JsonArray list ? list : [];

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>The text beside it is the day as it is written on the invoice; the number is midnight UTC.</summary>
    private static string? DayOf(JsonObject invoice, string name) =>
        TextOf(invoice, $"{name}String") is { Length: >= 10 } day ? day[..10] : InstantOf(TextOf(invoice, name))?[..10];

    /// <summary><c>/Date(1541176290160+0000)/</c>: milliseconds since 1970 in UTC, whatever the offset says.</summary>
    private static string? InstantOf(string? text) =>
        text is not null
        && InstantPattern().Match(text) is { Success: true } match
        && long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset
                .FromUnixTimeMilliseconds(milliseconds)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : text;

    [GeneratedRegex(@"^/Date\((-?\d{1,14})([+-]\d{4})?\)/\z")]
    private static partial Regex InstantPattern();
}
