using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// An IMAP server (RFC 3501) with one folder, over TCP: what MailKit needs to read it. It can be slow, refuse the
/// login, and close the connection in the middle.
/// </summary>
public sealed partial class ImapSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly List<StoredMail> _mails = [];

    public ImapSink()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public uint UidValidity { get; set; } = 7;
    public bool RefusesLogin { get; set; }

    /// <summary>Closes the connection after so many bytes of the next message that is read.</summary>
    public int? DropsAfter { get; set; }

    /// <summary>Passes one byte at a time to the network.</summary>
    public bool IsSlow { get; set; }

    /// <summary>The commands that it got, without their tags.</summary>
    public List<string> Commands { get; } = [];
    public IReadOnlyList<StoredMail> Mails => _mails;
    public IReadOnlyList<StoredMail> Moved => _moved;
    private readonly List<StoredMail> _moved = [];

    public void Add(string text) => Add(text, _mails.Count == 0 ? 1 : _mails[^1].Uid + 1);

    public void Add(string text, uint uid) => _mails.Add(new StoredMail(uid, Encoding.UTF8.GetBytes(text)));

    /// <summary>The same messages under other ids, as after a restore of the server.</summary>
    public void Renumber(uint uidValidity, uint firstUid)
    {
        UidValidity = uidValidity;
        for (var i = 0; i < _mails.Count; i++)
            _mails[i] = _mails[i] with { Uid = firstUid + (uint)i };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            await WriteAsync(stream, "* OK [CAPABILITY IMAP4rev1 MOVE UIDPLUS] ready\r\n");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                var (tag, command) = (line[..space], line[(space + 1)..]);
                Commands.Add(command.StartsWith("LOGIN", StringComparison.Ordinal) ? "LOGIN" : command);
                if (!await AnswerAsync(stream, tag, command) || command == "LOGOUT")
                    return;
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    /// <returns>False when the connection is dropped.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream, string tag, string command)
    {
        switch (command.Split(' '))
        {
            case ["CAPABILITY"]:
                await WriteAsync(stream, "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n");
                break;
            case ["LOGIN", ..] when RefusesLogin:
                await WriteAsync(stream, $"{tag} NO [AUTHENTICATIONFAILED] no\r\n");
                return true;
            case ["LIST", ..]:
                var folder = Folder().Match(command) is { Success: true } name ? name.Value : "\"\"";
                await WriteAsync(stream, $"* LIST (\\HasNoChildren) \"/\" {folder}\r\n");
                break;
            case ["SELECT" or "EXAMINE", ..]:
                await WriteAsync(
                    stream,
                    $"* {_mails.Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n"
                        + $"* OK [UIDVALIDITY {UidValidity}] ok\r\n"
                        + $"{tag} OK [{(command.StartsWith('S') ? "READ-WRITE" : "READ-ONLY")}] done\r\n"
                );
                return true;
            case ["UID", "SEARCH", ..]:
                var from = uint.Parse(FirstNumber().Match(command).Value, CultureInfo.InvariantCulture);
                // As servers do: the last message is in every range that ends with *.
                var found = _mails.Where(mail => mail.Uid >= from || mail == _mails[^1]).Select(mail => mail.Uid);
                await WriteAsync(stream, $"* SEARCH {string.Join(' ', found)}\r\n");
                break;
            case ["UID", "FETCH", var uid, ..]:
                return await FetchAsync(stream, tag, IndexOf(uid), command);
            case ["UID", "STORE", var uid, ..]:
                _mails[IndexOf(uid)] = _mails[IndexOf(uid)] with { IsSeen = true };
                break;
            case ["UID", "MOVE", var uid, ..]:
                _moved.Add(_mails[IndexOf(uid)]);
                await WriteAsync(stream, $"* {IndexOf(uid) + 1} EXPUNGE\r\n");
                _mails.RemoveAt(IndexOf(uid));
                break;
            case ["LOGOUT"]:
                await WriteAsync(stream, "* BYE\r\n");
                break;
        }
        await WriteAsync(stream, $"{tag} OK done\r\n");
        return true;
    }

    private async Task<bool> FetchAsync(NetworkStream stream, string tag, int index, string command)
    {
        if (index < 0)
        {
            await WriteAsync(stream, $"{tag} OK done\r\n");
            return true;
        }
        var mail = _mails[index];
        if (command.Contains("RFC822.SIZE", StringComparison.Ordinal))
        {
            await WriteAsync(
                stream,
                $"* {index + 1} FETCH (UID {mail.Uid} RFC822.SIZE {mail.Size ?? mail.Raw.Length})\r\n{tag} OK done\r\n"
            );
            return true;
        }
        var partial = Partial().Match(command);
        var raw = partial.Success
            ? mail.Raw[..Math.Min(mail.Raw.Length, int.Parse(partial.Groups[1].Value, CultureInfo.InvariantCulture))]
            : mail.Raw;
        var origin = partial.Success ? "<0>" : "";
        await WriteAsync(stream, $"* {index + 1} FETCH (UID {mail.Uid} BODY[]{origin} {{{raw.Length}}}\r\n");
        if (DropsAfter is { } bytes && bytes < raw.Length)
        {
            DropsAfter = null;
            await stream.WriteAsync(raw.AsMemory(0, bytes), _stop.Token);
            return false;
        }
        await WriteAsync(stream, Encoding.Latin1.GetString(raw));
        await WriteAsync(stream, $")\r\n{tag} OK done\r\n");
        return true;
    }

    private int IndexOf(string uid) =>
        _mails.FindIndex(mail => mail.Uid == uint.Parse(uid, CultureInfo.InvariantCulture));

    private async Task WriteAsync(NetworkStream stream, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var step = IsSlow ? 1 : bytes.Length;
        for (var i = 0; i < bytes.Length; i += step)
            await stream.WriteAsync(bytes.AsMemory(i, Math.Min(step, bytes.Length - i)), _stop.Token);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"<0\.([0-9]+)>")]
    private static partial Regex Partial();

    [GeneratedRegex("\"?[A-Za-z]+\"?$")]
    private static partial Regex Folder();
}

/// <param name="Size">What the server says; null for the true size.</param>
public sealed record StoredMail(uint Uid, byte[] Raw, bool IsSeen = false, int? Size = null);
