using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// A server on a free port that keeps what it was asked and answers from a list, the last answer for ever.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Answer> _answers;
    private readonly Answer _last;

    private ScriptedServer(WebApplication server, Answer[] answers)
    {
        _server = server;
        _answers = new ConcurrentQueue<Answer>(answers[..^1]);
        _last = answers[^1];
    }

    public sealed record Answer(int Status, string Body = "", params (string Name, string Value)[] Headers);

    public sealed record Asked(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers);

    public Uri Address => new(_server.Urls.Single());

    public ConcurrentQueue<Asked> Requests { get; } = [];

    public static async Task<ScriptedServer> Start(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new ScriptedServer(builder.Build(), answers);
        standIn._server.Run(standIn.Reply);
        await standIn._server.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Reply(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            h => h.Key,
            h => h.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var target = $"{context.Request.Path}{context.Request.QueryString}";
        Requests.Enqueue(new Asked(context.Request.Method, target, await reader.ReadToEndAsync(), headers));

        var answer = _answers.TryDequeue(out var next) ? next : _last;
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body);
    }
}
