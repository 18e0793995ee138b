using System.Net;
using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>What every answer says to those who pass it on, and what none of them says.</summary>
public sealed class Answers : Story
{
    [Theory]
    [InlineData("api/health", 200)]
    [InlineData("api/invoices", 400)]
    [InlineData("api/invoices/nothing", 404)]
    [InlineData("api/nowhere", 404)]
    [InlineData("outbox", 200)]
    [InlineData("outbox/nothing", 404)]
    public async Task Is_not_kept_not_guessed_at_and_not_framed(string path, int status)
    {
        using var answer = await Http.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        if (path.StartsWith("outbox", StringComparison.Ordinal))
            Assert.Contains(
                "frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_failure_inside_tells_nothing_of_the_inside()
    {
        ExpectedWarnings.Add("GetInvoice");
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = id.Split('-')[0];
        var table = Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);
        var sound = (await table.GetEntityAsync<TableEntity>(Book.Shards.Of(customer), Keys.Customer(customer))).Value;
        await table.UpsertEntityAsync(
            Rows.Write(Book.Shards.Of(customer), Keys.Customer(customer), new { nonsense = true }),
            TableUpdateMode.Replace
        );

        using var answer = await Http.GetAsync($"api/invoices/{id}");
        var body = await answer.Content.ReadAsStringAsync();
        await table.UpsertEntityAsync(sound, TableUpdateMode.Replace);

        Assert.Equal(
            (HttpStatusCode.InternalServerError, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType)
        );
        Assert.All(
            new[] { "   at ", "Exception", "Dunning.", Repository.Root, ".cs", "Json" },
            inside => Assert.DoesNotContain(inside, body, StringComparison.Ordinal)
        );
    }
}
