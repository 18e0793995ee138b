using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Jobs;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Everything that is stored leaves as a file, and comes back the same into an empty deployment.</summary>
public sealed class ExportAndImport : Scenario
{
    private TableServiceClient Storage => Host.Services.GetRequiredService<TableServiceClient>();

    private BlobServiceClient Files => Host.Services.GetRequiredService<BlobServiceClient>();

    [Fact]
    public async Task What_is_exported_and_imported_is_identical_row_by_row_and_nothing_is_sent_until_a_person_says_so()
    {
        await CreateHistoryAsync();
        var (rows, files) = (await RowsAsync(), await BlobsAsync());
        Assert.True(rows.Count > 100 && files.Count > 3, $"{rows.Count} rows, {files.Count} files");
        var file = await ExportAsync();
        await EmptyAsync();

        var job = await ImportAsync(file);
        // Its process ends in the middle: a slice runs again.
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Equal(JobState.Done, (await JobAsync(job)).State);
        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(files, await BlobsAsync());
        var sent = Emails.Count();
        Host.Clock.Advance(TimeSpan.FromDays(31));
        await RunTimersAsync();
        Assert.Equal(sent, Emails.Count());
        var state = await PostAsync("api/manage/start", new { by = "Maya", reason = "moved" });
        var shown = await state.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("import", shown.GetProperty("stopped").GetProperty("by").GetString());
        await PostAsync(
            "api/manage/start",
            new
            {
                by = "Maya",
                reason = "moved",
                confirm = true,
            }
        );
        // What may have been sent by the other deployment since is asked about; what is new goes out.
        var recover = await Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        Assert.NotEqual(0, recover.GetProperty("inDoubt").GetArrayLength());
        await PostInvoiceAsync(Invoice("N-1", due: "2026-04-14", customer: Customer("new", "ap@new.example")));
        await RunTimersAsync();
        Assert.Contains(Emails, mail => mail.To.Any(to => to.Contains("ap@new.example", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_import_that_is_killed_half_way_goes_on()
    {
        await CreateHistoryAsync();
        var rows = await RowsAsync();
        var file = await ExportAsync();
        await EmptyAsync();
        var job = await ImportAsync(file);
        var jobs = Host.Services.GetRequiredService<JobTable>();
        var before = (await jobs.FindAsync(job, CancellationToken.None))!;
        var run = ActivatorUtilities.CreateInstance<RunJob>(Host.Services);
        await run.Run(new JobReady(job), CancellationToken.None);

        await jobs.TrySaveAsync(
            (await jobs.FindAsync(job, CancellationToken.None))!,
            before.Value,
            CancellationToken.None
        );
        await Host.PumpAsync(only: Queues.Jobs);

        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Where_customers_are_stored_nothing_is_imported()
    {
        await CreateHistoryAsync();
        var file = await ExportAsync();

        using var response = await SendAsync(file);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.DoesNotContain("stopped", await Http.GetStringAsync(new Uri("api/health", UriKind.Relative)), default);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("{\"export\":{\"version\":2,\"at\":\"2026-03-02T00:00:00Z\",\"shards\":16}}")]
    [InlineData("{\"export\":{\"version\":1,\"at\":\"2026-03-02T00:00:00Z\",\"shards\":3}}")]
    public async Task A_file_that_is_no_export_is_refused(string file)
    {
        using var response = await SendAsync(file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("cannot be imported", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task CreateHistoryAsync()
    {
        for (var i = 0; i < 6; i++)
            await PostInvoiceAsync(Invoice($"X-{i}", customer: Customer($"c{i}", $"ap@c{i}.example")));
        await AdvanceToAsync("2026-03-20T10:00Z");
        var id = await PostInvoiceAsync(Invoice("X-9", customer: Customer("c9", "ap@c9.example")));
        using var payment = await PostAsync(
            $"api/invoices/{id}/payments",
            new
            {
                paymentId = "p-1",
                amount = "19.00",
                currency = "GBP",
            },
            ("Idempotency-Key", "key-1")
        );
        Assert.True(payment.IsSuccessStatusCode, await payment.Content.ReadAsStringAsync());
        await RunTimersAsync();
    }

    private async Task<string> ExportAsync()
    {
        using var begun = await PostAsync("api/export", new { });
        var job = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await Host.PumpAsync(only: Queues.Jobs);
        return await Http.GetStringAsync(new Uri($"api/jobs/{job}/result", UriKind.Relative));
    }

    private async Task<string> ImportAsync(string file)
    {
        using var response = await SendAsync(file);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(string file)
    {
        using var content = new StringContent(file, Encoding.UTF8, "application/x-ndjson");
        return await Http.PostAsync(new Uri("api/import", UriKind.Relative), content);
    }

    private async Task<JobView> JobAsync(string id) =>
        (await Http.GetFromJsonAsync<JobView>($"api/jobs/{id}", Dunning.Receivables.Storage.Rows.Json))!;

    /// <summary>But for jobs, whether messages are sent, and the keys of cookies.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync()
    {
        List<string> rows = [];
        foreach (var table in Tables.All.Except([Tables.Jobs]))
        {
            await foreach (var row in Storage.GetTableClient(table).QueryAsync<TableEntity>())
            {
                if (
                    (row.PartitionKey, row.RowKey) == ("config", "sending")
                    || row.RowKey.StartsWith("data-protection_", StringComparison.Ordinal)
                )
                    continue;
                rows.Add(
                    $"{table} "
                        + string.Join(
                            ' ',
                            row.Where(field => field.Key is not ("odata.etag" or "Timestamp"))
                                .OrderBy(field => field.Key, StringComparer.Ordinal)
                                .Select(field => $"{field.Key}={TextOf(field.Value)}")
                        )
                );
            }
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string TextOf(object value) =>
        value switch
        {
            byte[] bytes => Convert.ToBase64String(bytes),
            BinaryData bytes => Convert.ToBase64String(bytes),
            _ => $"{value} {value?.GetType().Name}",
        };

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        List<string> blobs = [];
        foreach (var name in Containers.All.Except([Containers.Jobs]))
        {
            var container = Files.GetBlobContainerClient(name);
            await foreach (var blob in container.GetBlobsAsync())
            {
                var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
                blobs.Add($"{name}/{blob.Name} {blob.Properties.ContentType} {content.Value.Content}");
            }
        }
        return [.. blobs.Order(StringComparer.Ordinal)];
    }

    /// <summary>Another deployment, as it is before the first invoice.</summary>
    private async Task EmptyAsync()
    {
        foreach (var table in Tables.All.Except([Tables.Jobs]).Select(Storage.GetTableClient))
        {
            await foreach (var row in table.QueryAsync<TableEntity>())
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }
        foreach (var container in Containers.All.Except([Containers.Jobs]).Select(Files.GetBlobContainerClient))
        {
            await foreach (var blob in container.GetBlobsAsync())
                await container.DeleteBlobAsync(blob.Name);
        }
    }
}
