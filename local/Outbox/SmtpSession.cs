using System.Text;

namespace Dunning.Local.Outbox;

/// <summary>One client's conversation: the commands of RFC 5321 that a sender needs, without extensions.</summary>
internal sealed class SmtpSession(StreamReader reader, Action<ReceivedMail> take)
{
    private readonly List<string> _to = [];
    private string? _from;

    public async Task RunAsync(CancellationToken stop)
    {
        await SayAsync("220 sink ready", stop);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            await SayAsync(verb == "DATA" ? await DataAsync(stop) : Answer(verb, line), stop);
            if (verb == "QUIT")
                return;
        }
    }

    private string Answer(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO" or "HELO" or "RSET":
                _from = null;
                _to.Clear();
                return "250 sink";
            case "MAIL" when _from is null:
                _from = AddressOf(line);
                return "250 OK";
            case "RCPT" when _from is not null:
                _to.Add(AddressOf(line));
                return "250 OK";
            case "NOOP":
                return "250 OK";
            case "QUIT":
                return "221 Bye";
            case "MAIL" or "RCPT":
                return "503 Bad sequence of commands";
            default:
                return "502 Command not implemented";
        }
    }

    /// <summary>The text ends at a lone dot; a dot that begins any other line was doubled by the client (RFC 5321, 4.5.2).</summary>
    private async Task<string> DataAsync(CancellationToken stop)
    {
        if (_to.Count == 0)
            return "503 Bad sequence of commands";

        await SayAsync("354 End with <CR><LF>.<CR><LF>", stop);
        var raw = new StringBuilder();
        while (await TextLineAsync(stop) is var line and not ".")
            raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");

        take(new(_from!, [.. _to], raw.ToString()));
        _from = null;
        _to.Clear();
        return "250 Taken";
    }

    private async Task<string> TextLineAsync(CancellationToken stop) =>
        await reader.ReadLineAsync(stop) ?? throw new EndOfStreamException("The client hung up within a mail.");

    private async Task SayAsync(string answer, CancellationToken stop) =>
        await reader.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stop);

    /// <summary>What stands between the angle brackets of MAIL FROM and RCPT TO.</summary>
    private static string AddressOf(string line)
    {
        var (open, close) = (line.IndexOf('<', StringComparison.Ordinal), line.IndexOf('>', StringComparison.Ordinal));
        return open >= 0 && close > open ? line[(open + 1)..close] : "";
    }
}
