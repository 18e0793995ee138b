using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Without a key no pack is signed; the chain of the events is checked all the same.</summary>
public sealed class EvidenceWithoutKey : Scenario
{
    protected override Dictionary<string, string?> Settings => new() { ["Dunning:Evidence:KeyFile"] = "" };

    [Fact]
    public async Task The_answer_names_the_setting_and_the_fix()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));

        foreach (var path in new[] { $"api/invoices/{id}/evidence", $"api/customers/{CustomerOf(id)}/evidence" })
        {
            using var response = await Http.GetAsync(path);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.Contains(
                "Dunning__Evidence__Key",
                problem.GetProperty("detail").GetString(),
                StringComparison.Ordinal
            );
        }
        var view = await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/events/verify");
        Assert.True(view.GetProperty("valid").GetBoolean());
    }
}
