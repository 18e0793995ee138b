using System.Text.Json.Nodes;
using static Dunning.Invoices.Files.JsonInvoiceFile;

namespace Dunning.Invoices.Files;

/// <summary>
/// An invoice as the API of QuickBooks Online answers
/// (https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/invoice).
/// </summary>
internal static class QuickBooksInvoice
{
    public static FileInvoice Read(JsonNode? json, InvoiceFileOptions options)
    {
        if (json is not JsonObject invoice)
            return Refused("#", "wrong_type", "Send a JSON object per invoice.");
        var (id, source) = (TextOf(invoice, "Id"), options.Source ?? "quickbooks");
        if (TextOf(invoice, "status") is "Deleted")
            return Refused(
                "#/status",
                "deleted",
                $"Invoice {id} was deleted, and nothing else is said of it: void it, or mark it as void in QuickBooks "
                    + "before it is deleted there."
            );
        var number = TextOf(invoice, "DocNumber") ?? id ?? "";
        // A voided invoice keeps its number, and all its amounts become zero.
        var isVoid =
            TextOf(invoice, "PrivateNote")?.StartsWith("Voided", StringComparison.Ordinal) is true
            && TextOf(invoice, "TotalAmt") is "0" or "0.0" or "0.00";
        var isPaid = !isVoid && TextOf(invoice, "Balance") is "0" or "0.0" or "0.00";
        var customer = invoice["CustomerRef"];
        return new([])
        {
            Number = number,
            CustomerKey = TextOf(customer, "value") ?? "",
            Json = InvoiceJson.AddOptions(
                InvoiceJson.WithoutEmpty(
                    new()
                    {
                        ["externalId"] = id,
                        ["source"] = source,
                        ["number"] = number,
                        ["issueDate"] = TextOf(invoice, "TxnDate"),
                        ["dueDate"] = TextOf(invoice, "DueDate"),
                        ["currency"] = TextOf(invoice["CurrencyRef"], "value") ?? options.CurrencyCode,
                        ["amountDue"] = TextOf(invoice, "Balance"),
                        ["amountTotal"] = TextOf(invoice, "TotalAmt"),
                        ["status"] =
                            isVoid ? "void"
                            : isPaid ? "paid"
                            : null,
                        ["paymentUrl"] = TextOf(invoice, "InvoiceLink"),
                        ["updatedAt"] = TextOf(invoice["MetaData"], "LastUpdatedTime"),
                        ["customer"] = CustomerOf(invoice, customer),
                    }
                ),
                options
            ),
        };
    }

    private static JsonObject CustomerOf(JsonObject invoice, JsonNode? customer)
    {
        // One field may hold several addresses.
        var emails = (TextOf(invoice["BillEmail"], "Address") ?? "").Split(
            [',', ';'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return new()
        {
            ["externalId"] = TextOf(customer, "value"),
            ["name"] = TextOf(customer, "name"),
            ["email"] = emails.FirstOrDefault(),
            ["contacts"] = new JsonArray([
                .. emails.Skip(1).Select(email => new JsonObject { ["name"] = email, ["email"] = email }),
            ]),
            ["address"] = invoice["BillAddr"] is JsonObject address
                ? new JsonObject
                {
                    ["line1"] = TextOf(address, "Line1"),
                    ["line2"] = TextOf(address, "Line2"),
                    ["postalCode"] = TextOf(address, "PostalCode"),
                    ["city"] = TextOf(address, "City"),
                    ["region"] = TextOf(address, "CountrySubDivisionCode"),
                    ["country"] = TextOf(address, "Country"),
                }
                : null,
        };
    }
}
