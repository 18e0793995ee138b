using System.Net;
using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Headers of every response, and details that no response may contain.</summary>
public sealed class ResponseHeaders : Scenario
{
    [Theory]
    [InlineData("api/health", 200)]
    [InlineData("api/invoices", 400)]
    [InlineData("api/invoices/nothing", 404)]
    [InlineData("api/nowhere", 404)]
    [InlineData("outbox", 200)]
    [InlineData("outbox/nothing", 404)]
    public async Task A_response_is_not_cached_sniffed_or_framed(string path, int status)
    {
        using var response = await Http.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
        if (path.StartsWith("outbox", StringComparison.Ordinal))
            Assert.Contains(
                "frame-ancestors 'none'",
                response.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task An_internal_error_reveals_no_internals()
    {
        ExpectedWarnings.Add("GetInvoice");
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = id.Split('-')[0];
        var table = Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);
        var original = (
            await table.GetEntityAsync<TableEntity>(
                Table.Shards.Of(new CustomerId(customer)),
                Keys.Customer(new CustomerId(customer))
            )
        ).Value;
        await table.UpsertEntityAsync(
            Rows.Write(
                Table.Shards.Of(new CustomerId(customer)),
                Keys.Customer(new CustomerId(customer)),
                new { invalid = true }
            ),
            TableUpdateMode.Replace
        );

        using var response = await Http.GetAsync($"api/invoices/{id}");
        var body = await response.Content.ReadAsStringAsync();
        await table.UpsertEntityAsync(original, TableUpdateMode.Replace);

        Assert.Equal(
            (HttpStatusCode.InternalServerError, "application/problem+json"),
            (response.StatusCode, response.Content.Headers.ContentType!.MediaType)
        );
        Assert.All(
            new[] { "   at ", "Exception", "Dunning.", Repository.Root, ".cs", "Json" },
            detail => Assert.DoesNotContain(detail, body, StringComparison.Ordinal)
        );
    }
}
