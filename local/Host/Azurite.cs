using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dunning.Local;

/// <summary>
/// Azurite's queue, table and blob services on free ports of 127.0.0.1, run by <c>local/azurite.mjs</c>. The script
/// stops when its standard input closes, so it never outlives this process.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    /// <summary>The emulator's fixed, published account; with the key below, not a secret.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan _exitTimeout = TimeSpan.FromSeconds(10);
    private readonly Process _node;
    private readonly Lock _lock = new();
    private readonly StringBuilder _errorOutput = new();
    private JsonElement _ports;
    private bool _ended;

    private Azurite(Process node)
    {
        _node = node;
        _node.ErrorDataReceived += (_, line) => _errorOutput.AppendLine(line.Data);
        _node.BeginErrorReadLine();
    }

    public string ConnectionString => ConnectionStringOf(Account);

    public int ProcessId => _node.Id;

    /// <param name="dataFolder">Where data is stored; null for in memory only.</param>
    /// <param name="localFolder">The folder with package.json; null for that of the repository.</param>
    /// <param name="report">Receives progress messages; null for the console.</param>
    /// <param name="accounts">Further storage accounts; each is isolated from the others.</param>
    /// <exception cref="CannotRunHereException">No Node.js, or the installation failed.</exception>
    public static async Task<Azurite> StartAsync(
        string? dataFolder = null,
        string? localFolder = null,
        Action<string>? report = null,
        IEnumerable<string>? accounts = null,
        CancellationToken cancellationToken = default
    )
    {
        localFolder ??= Repository.LocalFolder;
        await AzuriteInstall.EnsureAsync(localFolder, report ?? Console.WriteLine, cancellationToken);
        var azurite = new Azurite(
            Node.Start(
                localFolder,
                "azurite.mjs",
                dataFolder is null ? "" : Path.GetFullPath(dataFolder),
                string.Join(';', (accounts ?? []).Prepend(Account).Select(a => $"{a}:{Key}"))
            )
        );
        try
        {
            await Task.Run(azurite.ReadPorts, cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// From now on storage uses the clock's time, so that delays and leases expire when the clock is moved.
    /// </summary>
    public void Follow(MovableClock clock)
    {
        clock.Moved += () => Shift(Account, clock.Offset);
        Shift(Account, clock.Offset);
    }

    /// <summary>From now on the account's clock is ahead of this machine's by the offset.</summary>
    public void Shift(string account, TimeSpan offset)
    {
        lock (_lock)
        {
            // A clock may be moved after the emulator has stopped.
            if (_ended)
                return;

            var milliseconds = ((long)offset.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            _node.StandardInput.WriteLine($$"""{"account":"{{account}}","offset":{{milliseconds}}}""");
            _node.StandardInput.Flush();
            ReadReply();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _ended = true;

        if (!_node.HasExited)
        {
            _node.StandardInput.Close();
            try
            {
                await _node.WaitForExitAsync().WaitAsync(_exitTimeout);
            }
            catch (TimeoutException)
            {
                _node.Kill(entireProcessTree: true);
                await _node.WaitForExitAsync();
            }
        }

        _node.Dispose();
    }

    /// <param name="account">One of the accounts that the emulator was started with.</param>
    public string ConnectionStringOf(string account) => ConnectionStringOf(account, QueuePort, TablePort, BlobPort);

    /// <summary>The same account behind other ports of this machine, for example those of a proxy.</summary>
    public static string ConnectionStringOf(string account, int queuePort, int tablePort, int blobPort) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{account};TableEndpoint=http://127.0.0.1:{tablePort}/{account};"
        + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{account};";

    public int QueuePort => _ports.GetProperty("queue").GetInt32();

    public int TablePort => _ports.GetProperty("table").GetInt32();

    public int BlobPort => _ports.GetProperty("blob").GetInt32();

    private void ReadPorts() => _ports = ReadReply();

    private JsonElement ReadReply()
    {
        while (_node.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith('{'))
                return JsonElement.Parse(line);
        }

        _node.WaitForExit();
        throw new CannotRunHereException($"The storage emulator stopped: {_errorOutput.ToString().Trim()}");
    }
}
