using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dunning.Local.Demo;

/// <summary>
/// The sample invoices, dated relative to today: <c>sample-book.json</c> and one e-invoice in each XML syntax.
/// </summary>
public static class SampleBook
{
    /// <summary>Posts every invoice to a running host, as an accounting tool would.</summary>
    /// <returns>The id of each invoice by its number.</returns>
    /// <exception cref="CannotRunHereException">The host rejects an invoice.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> PostAsync(
        HttpClient host,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> ids = [];
        foreach (var (number, body) in Documents(today))
        {
            using var response = await host.PostAsync("api/invoices", body, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new CannotRunHereException($"The sample invoice {number} was rejected: {text}");
            ids[number] = JsonElement.Parse(text).GetProperty("id").GetString()!;
        }
        return ids;
    }

    private static IEnumerable<(string Number, HttpContent Body)> Documents(DateOnly today)
    {
        foreach (var sample in JsonNode.Parse(Text("sample-book.json"))!.AsArray())
        {
            var invoice = sample!.AsObject();
            ReplaceDays(invoice, "issued", "issueDate", today);
            ReplaceDays(invoice, "due", "dueDate", today);
            invoice.Remove("note");
            yield return ((string)invoice["number"]!, JsonContent.Create(invoice));
        }
        yield return ("HF-2001", Xml("sample-ubl.xml", today.AddDays(-33), today.AddDays(-3)));
        yield return ("HF-2002", Xml("sample-cii.xml", today.AddDays(-25), today.AddDays(5)));
    }

    /// <summary>Replaces a number of days from today with the date field of the contract.</summary>
    private static void ReplaceDays(JsonObject invoice, string days, string field, DateOnly today)
    {
        if (invoice[days] is not { } offset)
            return;
        invoice[field] = today.AddDays((int)offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        invoice.Remove(days);
    }

    private static StringContent Xml(string file, DateOnly issued, DateOnly due)
    {
        var xml = Text(file);
        foreach (var (name, date) in new[] { ("issued", issued), ("due", due) })
        {
            xml = xml.Replace(
                    $"{{{name}}}",
                    date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
                .Replace(
                    $"{{{name}:102}}",
                    date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                );
        }
        return new StringContent(xml, Encoding.UTF8, "application/xml");
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.LocalFolder, "Demo", file));
}
