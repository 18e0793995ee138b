using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Links of invoices lead to the creditor's own hosts only; each kind of link has a list of its own.</summary>
public sealed class DocumentHosts : Scenario
{
    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["Dunning:PaymentHosts:0"] = "pay.example.com",
            ["Dunning:DocumentHosts:0"] = "docs.example.com",
            ["Dunning:DocumentHosts:1"] = "bücher.example",
        };

    [Theory]
    [InlineData("https://pay.example.com/1", "https://docs.example.com/1.pdf", null)]
    [InlineData("https://pay.example.com/1", "https://DOCS.example.com:443/1.pdf", null)]
    [InlineData("https://pay.example.com/1", "https://xn--bcher-kva.example/1.pdf", null)]
    [InlineData("https://pay.example.com/1", "https://evil.example/1.pdf", "#/documentUrl")]
    [InlineData("https://pay.example.com/1", "https://docs.example.com.evil.example/", "#/documentUrl")]
    [InlineData("https://pay.example.com/1", "https://pay.example.com/1.pdf", "#/documentUrl")]
    [InlineData("https://docs.example.com/1", "https://docs.example.com/1.pdf", "#/paymentUrl")]
    [InlineData("https://evil.example/1", "https://evil.example/1.pdf", "#/paymentUrl #/documentUrl")]
    public async Task A_link_to_another_host_is_rejected(string payment, string document, string? wrong)
    {
        var invoice = JsonSerializer.Serialize(
            new
            {
                externalId = "HF-1",
                number = "HF-1",
                issueDate = "2026-02-01",
                currency = "GBP",
                amountDue = "1.00",
                paymentUrl = payment,
                documentUrl = document,
                customer = new { name = "A", email = "a@a.example" },
            }
        );
        using var single = await Http.PostAsync("api/invoices", Content(invoice, "application/json"));
        using var bulk = await Http.PostAsync("api/invoices/import", Content(invoice + "\n", "application/x-ndjson"));
        var line = await bulk.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(wrong is null ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, single.StatusCode);
        Assert.Equal(wrong, wrong is null ? null : Pointers(await single.Content.ReadFromJsonAsync<JsonElement>()));
        Assert.Equal(wrong, wrong is null ? null : Pointers(line.GetProperty("problem")));
    }

    private static StringContent Content(string text, string type) => new(text, Encoding.UTF8, type);

    private static string Pointers(JsonElement problem) =>
        string.Join(
            ' ',
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())
        );
}
