using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dunning.Local.MailViewer;

/// <summary>
/// The sent messages, oldest first; in memory and optionally in a file with one JSON object per line.
/// </summary>
public sealed class SentMessages
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string? _file;
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Waiter> _waiters = [];
    private ImmutableList<SentItem> _sent = [];
    private int _repeats;

    public SentMessages(TimeProvider clock, string? file = null)
    {
        (_clock, _file) = (clock, file);
        if (file is null)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (File.Exists(file))
            _sent = [.. File.ReadLines(file).Where(line => line.Length > 0).Select(Read)];
        _ids.UnionWith(_sent.Select(item => item.Id));
    }

    public IReadOnlyList<SentItem> Sent => _sent;

    public IEnumerable<SentEmail> Emails => _sent.OfType<SentEmail>();

    public IEnumerable<SentSms> Sms => _sent.OfType<SentSms>();

    /// <summary>The number of requests since the start that repeated the id of an earlier message.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    /// <summary>Raised once per message, after it was stored.</summary>
    public event Action<SentItem> Stored = _ => { };

    public DateTimeOffset Now => _clock.GetUtcNow();

    public SentItem? Find(string id) =>
        _sent.Find(item => string.Equals(item.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <returns>
    /// False if a message with this id exists: it is counted in <see cref="Repeats"/> and not stored again.
    /// </returns>
    public bool Add(SentItem item)
    {
        lock (_lock)
        {
            if (!_ids.Add(item.Id))
            {
                _repeats++;
                return false;
            }

            if (_file is not null)
                File.AppendAllText(_file, JsonSerializer.Serialize(item, _json) + '\n');
            _sent = _sent.Add(item);
            CompleteWaiters();
        }

        Stored(item);
        return true;
    }

    /// <summary>
    /// Completes when the sent messages meet the condition, which is checked now and after each new message.
    /// </summary>
    public async Task<IReadOnlyList<SentItem>> WaitForAsync(
        Func<IReadOnlyList<SentItem>, bool> condition,
        CancellationToken cancellationToken
    )
    {
        var waiter = new Waiter(condition);
        lock (_lock)
        {
            _waiters.Add(waiter);
            CompleteWaiters();
        }

        try
        {
            return await waiter.Met.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }

    private static SentItem Read(string line) => JsonSerializer.Deserialize<SentItem>(line, _json)!;

    private void CompleteWaiters()
    {
        foreach (var waiter in _waiters.Where(waiter => waiter.Condition(_sent)))
            waiter.Met.TrySetResult(_sent);
    }

    private sealed record Waiter(Func<IReadOnlyList<SentItem>, bool> Condition)
    {
        public TaskCompletionSource<IReadOnlyList<SentItem>> Met { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
