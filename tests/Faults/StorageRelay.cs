using Dunning.Local;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Faults;

/// <summary>
/// Carries a request to the emulator as it is: signatures cover path and headers, so nothing may be re-escaped.
/// </summary>
public sealed class StorageRelay(Azurite storage) : IDisposable
{
    private const string MadeUp = "made-up-page";

    private static readonly string[] _ofTheConnection =
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
            // The emulator closes what idles for five seconds.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
        }
    );

    public void Dispose() => _http.Dispose();

    public async Task CarryAsync(HttpContext context, Passage passage)
    {
        var port = passage.Service is Service.Queue ? storage.QueuePort : storage.TablePort;
        using var request = new HttpRequestMessage(
            new HttpMethod(passage.Method),
            At(port, WithoutMadeUpPage(passage.Target))
        );
        if (passage.Body.Length > 0 || passage.Method is "POST" or "PUT")
            request.Content = new ByteArrayContent(passage.Body);
        foreach (var header in context.Request.Headers.Where(h => !_ofTheConnection.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }
        using var response = await _http.SendAsync(request, CancellationToken.None);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var header in response
                .Headers.Concat(response.Content.Headers)
                .Where(h => !_ofTheConnection.Contains(h.Key))
        )
            context.Response.Headers[header.Key] = header.Value.ToArray();
        await response.Content.CopyToAsync(context.Response.Body);
    }

    /// <summary>The continuation points to where the query began.</summary>
    public static Task AnswerWithEmptyPageAsync(HttpContext context)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-ms-continuation-NextPartitionKey"] = MadeUp;
        context.Response.Headers["x-ms-continuation-NextRowKey"] = MadeUp;
        return context.Response.WriteAsync("""{"value":[]}""");
    }

    public static bool IsMadeUpPage(Passage passage) => passage.Target.Contains(MadeUp, StringComparison.Ordinal);

    private static string WithoutMadeUpPage(string target) =>
        target
            .Replace($"&NextPartitionKey={MadeUp}", "", StringComparison.Ordinal)
            .Replace($"&NextRowKey={MadeUp}", "", StringComparison.Ordinal);

    private static Uri At(int port, string target) =>
        new(
            $"http://127.0.0.1:{port}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
}
