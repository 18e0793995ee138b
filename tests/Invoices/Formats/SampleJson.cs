using System.Text;
using System.Text.Json.Nodes;
using Dunning.Invoices.Formats;

namespace Dunning.Tests.Invoices.Formats;

/// <summary>A valid invoice, and the result of reading it with changed fields.</summary>
internal static class SampleJson
{
    private const string Valid = """
        {"externalId":"a-1","number":"1042","issueDate":"2026-01-01","dueDate":"2026-01-31","currency":"EUR","amountDue":"119.00",
         "customer":{"name":"Buyer GmbH","email":"ap@buyer.example"}}
        """;

    /// <param name="patch">As in RFC 7396: null removes a field.</param>
    public static InvoiceReading ReadWith(string patch, bool strict = false)
    {
        using var document = JsonInvoice.Parse(
            Encoding.UTF8.GetBytes(Merged(JsonNode.Parse(Valid)!, JsonNode.Parse(patch)!).ToJsonString())
        );
        return JsonInvoice.Read(document.RootElement, strict);
    }

    public static InvoiceDocument ReadValid(string patch)
    {
        var reading = ReadWith(patch);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    private static JsonNode Merged(JsonNode target, JsonNode patch)
    {
        if (patch is not JsonObject changes || target is not JsonObject fields)
            return patch.DeepClone();
        foreach (var (name, change) in changes)
            if (change is null)
                fields.Remove(name);
            else
                fields[name] = Merged(fields[name]?.DeepClone() ?? new JsonObject(), change);
        return fields;
    }
}
