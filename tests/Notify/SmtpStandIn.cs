using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Tests.Notify;

/// <summary>A mail server for one exchange: answers as told and keeps what it received.</summary>
public sealed class SmtpStandIn : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly StringBuilder _message = new();

    /// <param name="answer">Reply to a command, to "." for the end of the mail, or to "connect"; null hangs up; "" means the usual reply.</param>
    public SmtpStandIn(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Served = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task Served { get; }

    public string Message => _message.ToString();

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        for (var command = "connect"; command is not null; command = await reader.ReadLineAsync())
        {
            if (_answer(command) is not { } reply) return;
            var line = reply.Length > 0 ? reply : Usual(command);
            await writer.WriteLineAsync(line);
            if (!line.StartsWith("354", StringComparison.Ordinal)) continue;
            await ReadMessageAsync(reader);
            if (_answer(".") is not { } end) return;
            await writer.WriteLineAsync(end.Length > 0 ? end : "250 2.0.0 queued");
        }
    }

    private async Task ReadMessageAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line && line != ".") _message.AppendLine(line);
    }

    private static string Usual(string command) => command[..Math.Min(4, command.Length)] switch
    {
        "conn" => "220 ready",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };
}
