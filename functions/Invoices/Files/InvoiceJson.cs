using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Invoices.Formats;

namespace Dunning.Invoices.Files;

/// <summary>Completes the JSON of an invoice from a file.</summary>
internal static class InvoiceJson
{
    /// <summary>Adds what the sender said of all invoices, as far as the invoice does not say it itself.</summary>
    public static JsonObject AddOptions(JsonObject invoice, InvoiceFileOptions options)
    {
        if (options is { Policy: null, WhenOverdue: OverdueStart.Gently })
            return invoice;
        invoice["dunning"] ??= new JsonObject();
        if (invoice["dunning"] is not JsonObject dunning)
            return invoice;
        if (options.Policy is { } policy)
            dunning["policy"] ??= policy;
        if (options.WhenOverdue is not OverdueStart.Gently)
            dunning["whenOverdue"] ??= JsonNamingPolicy.CamelCase.ConvertName(options.WhenOverdue.ToString());
        return invoice;
    }

    /// <summary>An absent field keeps what is stored; null would remove it.</summary>
    public static JsonObject WithoutEmpty(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonObject inner)
                WithoutEmpty(inner);
            if (value is null or JsonObject { Count: 0 } or JsonArray { Count: 0 })
                json.Remove(name);
        }
        return json;
    }
}
