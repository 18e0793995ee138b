using System.Net;
using System.Text;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Invoices.Formats;

namespace Dunning.Tests.Scenarios;

/// <summary>Of an invoice with many lines the first twenty are stored, and the sender is told so.</summary>
public sealed class ManyLines : Scenario
{
    private const string UblLine = "<cac:InvoiceLine>",
        CiiLine = "<ram:IncludedSupplyChainTradeLineItem>";

    [Theory]
    [InlineData("JSON", 20, false)]
    [InlineData("JSON", 21, true)]
    [InlineData("JSON", 200, true)]
    [InlineData("NDJSON", 20, false)]
    [InlineData("NDJSON", 21, true)]
    [InlineData("UBL", 20, false)]
    [InlineData("UBL", 21, true)]
    [InlineData("UBL", 300, true)]
    [InlineData("CII", 20, false)]
    [InlineData("CII", 21, true)]
    [InlineData("CII", 300, true)]
    public async Task What_is_left_out_is_said_with_the_true_number(string format, int lines, bool isTold)
    {
        var json = JsonSerializer.Serialize(
            With(
                Invoice("R-7", issued: "2026-02-01"),
                ("lines", Enumerable.Range(1, lines).Select(n => new { description = $"Item {n}" }))
            )
        );
        var (path, type, body) = format switch
        {
            "JSON" => ("api/invoices", "application/json", json),
            "NDJSON" => ("api/invoices/import", "application/x-ndjson", json + "\n"),
            "UBL" => ("api/invoices", "application/xml", Repeat(SampleXml.Ubl, UblLine, lines)),
            _ => ("api/invoices", "application/xml", Repeat(SampleXml.Cii, CiiLine, lines)),
        };

        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await Http.PostAsync(path, content);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, answer.ToString());
        var warnings = answer.TryGetProperty("warnings", out var told)
            ? told.EnumerateArray().Select(warning => warning.GetString()!).Where(w => w.StartsWith("#/lines", default))
            : [];

        Assert.Equal(isTold ? ["#/lines: only the first 20 are stored"] : [], warnings);
        var id = answer.GetProperty("id").GetString()!.Split('-');
        var stored = await Table.ReadInvoiceAsync(new(new CustomerId(id[0]), id[1]), default);
        Assert.Equal(Math.Min(lines, 20), stored!.Value.Document.Lines.Count);
    }

    private static string Repeat(string xml, string start, int count)
    {
        var end = start.Replace("<", "</", StringComparison.Ordinal);
        var from = xml.IndexOf(start, StringComparison.Ordinal);
        var to = xml.IndexOf(end, StringComparison.Ordinal) + end.Length;
        return xml[..from] + string.Concat(Enumerable.Repeat(xml[from..to], count)) + xml[to..];
    }
}
