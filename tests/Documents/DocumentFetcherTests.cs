using Dunning.Configuration;
using Dunning.Documents;
using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Documents;

/// <summary>Against a real server, which stands for the only trusted one; every other address is what it is.</summary>
public sealed class DocumentFetcherTests : IAsyncLifetime
{
    private const int MaxBytes = 1_000_000;
    private static readonly byte[] _pdf = "%PDF-1.7 the invoice"u8.ToArray();

    private readonly WebApplication _server;

    public DocumentFetcherTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/file", () => Results.Bytes(_pdf, "text/html"));
        _server.MapGet("/moved", () => Results.Redirect("/file"));
        _server.MapGet("/loop", () => Results.Redirect("/loop"));
        _server.MapGet("/to", (string url) => Results.Redirect(url));
        _server.MapGet("/page", () => Results.Content("<html>Please sign in</html>", "application/pdf"));
        _server.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
        _server.MapGet("/large", context => WriteAsync(context, 50));
        _server.MapGet(
            "/slow",
            async context =>
            {
                await context.Response.Body.WriteAsync(_pdf);
                await context.Response.Body.FlushAsync();
                var gone = new TaskCompletionSource();
                await using var _ = context.RequestAborted.Register(gone.SetResult);
                await gone.Task;
            }
        );
    }

    private Uri Address => new(_server.Urls.Single());

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/file")]
    [InlineData("/moved")]
    public async Task A_PDF_is_one_by_its_bytes_whatever_the_server_says(string path)
    {
        var fetched = await FetchAsync(path);

        Assert.Equal((null, "application/pdf"), (fetched.Failure, fetched.ContentType));
        Assert.Equal(_pdf, fetched.Content);
    }

    [Theory]
    [InlineData("/loop", DocumentFailure.NotFound)]
    [InlineData("/page", DocumentFailure.NotADocument)]
    [InlineData("/status/404", DocumentFailure.NotFound)]
    [InlineData("/status/401", DocumentFailure.NotFound)]
    [InlineData("/status/429", DocumentFailure.Unreachable)]
    [InlineData("/status/503", DocumentFailure.Unreachable)]
    public async Task What_is_no_document_says_why(string path, DocumentFailure failure) =>
        Assert.Equal(failure, (await FetchAsync(path)).Failure);

    [Theory]
    [InlineData("https://10.0.0.1/secret")]
    [InlineData("https://169.254.169.254/metadata/identity")]
    [InlineData("https://localhost/secret")]
    [InlineData("http://pay.example.com/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://0x7f.1/")]
    public async Task A_redirect_does_not_lead_into_a_private_network(string address) =>
        Assert.Equal(
            DocumentFailure.NotAllowed,
            (await FetchAsync($"/to?url={Uri.EscapeDataString(address)}")).Failure
        );

    [Fact]
    public async Task A_redirect_to_another_host_than_the_allowed_ones_is_not_followed()
    {
        var fetched = await FetchAsync("/to?url=https%3A%2F%2Fevil.example%2F1.pdf", hosts: ["127.0.0.1"]);

        Assert.Equal(DocumentFailure.NotAllowed, fetched.Failure);
    }

    [Fact]
    public async Task A_file_of_50_MB_is_too_large() =>
        Assert.Equal(DocumentFailure.TooLarge, (await FetchAsync("/large")).Failure);

    [Fact]
    public async Task An_answer_that_never_ends_is_cut_off() =>
        Assert.Equal(
            DocumentFailure.Unreachable,
            (await FetchAsync("/slow", timeout: TimeSpan.FromMilliseconds(300))).Failure
        );

    [Fact]
    public async Task A_server_that_is_not_there_is_asked_again_later()
    {
        await _server.StopAsync();

        Assert.Equal(DocumentFailure.Unreachable, (await FetchAsync("/file")).Failure);
    }

    private async Task<FetchedDocument> FetchAsync(string path, string[]? hosts = null, TimeSpan? timeout = null)
    {
        using var http = SafeHttp.Create(MaxBytes, [Address], timeout);
        var fetcher = new DocumentFetcher(http, new CreditorOptions { DocumentHosts = hosts ?? [] });
        return await fetcher.FetchAsync(new Uri(Address, path).AbsoluteUri, CancellationToken.None);
    }

    private static async Task WriteAsync(HttpContext context, int megabytes)
    {
        var chunk = new byte[MaxBytes];
        for (var n = 0; n < megabytes && !context.RequestAborted.IsCancellationRequested; n++)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
    }
}
