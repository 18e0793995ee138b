using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// A server on a free port that records requests and sends responses from a list; the last response repeats.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Response> _responses;
    private readonly Response _last;

    private ScriptedServer(WebApplication server, Response[] responses)
    {
        _server = server;
        _responses = new ConcurrentQueue<Response>(responses[..^1]);
        _last = responses[^1];
    }

    public sealed record Response(int Status, string Body = "", params (string Name, string Value)[] Headers);

    public sealed record RecordedRequest(
        string Method,
        string Target,
        string Body,
        IReadOnlyDictionary<string, string> Headers
    );

    public Uri Address => new(_server.Urls.Single());

    public ConcurrentQueue<RecordedRequest> Requests { get; } = [];

    public static async Task<ScriptedServer> Start(params Response[] responses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new ScriptedServer(builder.Build(), responses);
        standIn._server.Run(standIn.RespondAsync);
        await standIn._server.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            h => h.Key,
            h => h.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var target = $"{context.Request.Path}{context.Request.QueryString}";
        Requests.Enqueue(new RecordedRequest(context.Request.Method, target, await reader.ReadToEndAsync(), headers));

        var response = _responses.TryDequeue(out var next) ? next : _last;
        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(response.Body);
    }
}
