using Dunning.Local;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Faults;

/// <summary>
/// Forwards a request to the emulator unchanged: signatures cover path and headers, so nothing may be re-escaped.
/// </summary>
public sealed class StorageRelay(Azurite storage) : IDisposable
{
    private const string SyntheticPage = "synthetic-page";

    private static readonly string[] _connectionHeaders =
    [
        "Host",
        "Connection",
        "Transfer-Encoding",
        "Keep-Alive",
        "Content-Length",
    ];

    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // The emulator closes connections that are idle for five seconds.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
        }
    );

    public void Dispose() => _http.Dispose();

    public async Task ForwardAsync(HttpContext context, OutgoingRequest original)
    {
        var port = original.Service switch
        {
            Service.Queue => storage.QueuePort,
            Service.Table => storage.TablePort,
            _ => storage.BlobPort,
        };
        using var request = new HttpRequestMessage(
            new HttpMethod(original.Method),
            AddressOf(port, WithoutSyntheticPage(original.Target))
        );
        if (original.Body.Length > 0 || original.Method is "POST" or "PUT")
            request.Content = new ByteArrayContent(original.Body);
        foreach (var header in context.Request.Headers.Where(h => !_connectionHeaders.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }
        using var response = await _http.SendAsync(request, CancellationToken.None);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var header in response
                .Headers.Concat(response.Content.Headers)
                .Where(h => !_connectionHeaders.Contains(h.Key))
        )
            context.Response.Headers[header.Key] = header.Value.ToArray();
        await response.Content.CopyToAsync(context.Response.Body);
    }

    /// <summary>The continuation token points to the beginning of the query.</summary>
    public static Task WriteEmptyPageAsync(HttpContext context)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-ms-continuation-NextPartitionKey"] = SyntheticPage;
        context.Response.Headers["x-ms-continuation-NextRowKey"] = SyntheticPage;
        return context.Response.WriteAsync("""{"value":[]}""");
    }

    public static bool IsSyntheticPage(OutgoingRequest request) =>
        request.Target.Contains(SyntheticPage, StringComparison.Ordinal);

    private static string WithoutSyntheticPage(string target) =>
        target
            .Replace($"&NextPartitionKey={SyntheticPage}", "", StringComparison.Ordinal)
            .Replace($"&NextRowKey={SyntheticPage}", "", StringComparison.Ordinal);

    private static Uri AddressOf(int port, string target) =>
        new(
            $"http://127.0.0.1:{port}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
}
