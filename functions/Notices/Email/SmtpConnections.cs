namespace Dunning.Notices.Email;

/// <summary>
/// A pool of open connections: opening one, with TLS and login, takes longer than sending an email.
/// </summary>
internal sealed class SmtpConnections : IAsyncDisposable
{
    /// <summary>Well below the 5 minutes after which a server may close it (RFC 5321 section 4.5.3.2.7).</summary>
    private static readonly TimeSpan _idleTimeout = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly List<(SmtpConnection Connection, DateTimeOffset Since)> _idle = [];

    public SmtpConnections(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => _ = CloseIdleAsync(), null, _idleTimeout, _idleTimeout);
    }

    /// <summary>Takes the connection that was used last out of the pool; null when there is none.</summary>
    public SmtpConnection? Take()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
                return null;
            var connection = _idle[^1].Connection;
            _idle.RemoveAt(_idle.Count - 1);
            return connection;
        }
    }

    public void Return(SmtpConnection connection)
    {
        if (!connection.IsConnected)
        {
            connection.Dispose();
            return;
        }
        lock (_lock)
            _idle.Add((connection, _time.GetUtcNow()));
    }

    public Task CloseIdleAsync() => CloseAsync(RemoveIdleFor(_idleTimeout));

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await CloseAsync(RemoveIdleFor(TimeSpan.Zero));
    }

    private static Task CloseAsync(IEnumerable<SmtpConnection> connections) =>
        Task.WhenAll(connections.Select(connection => connection.CloseAsync()));

    private List<SmtpConnection> RemoveIdleFor(TimeSpan age)
    {
        lock (_lock)
        {
            var old = _idle.Where(idle => _time.GetUtcNow() - idle.Since >= age).ToList();
            _idle.RemoveAll(old.Contains);
            return [.. old.Select(idle => idle.Connection)];
        }
    }
}
