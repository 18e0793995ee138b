using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dunning.Local;

/// <summary>
/// Azurite's queue and table services on free ports of 127.0.0.1, run by <c>local/azurite.mjs</c>. They end with this
/// process in any case: the script stops when the pipe to it closes.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    /// <summary>The emulator's fixed, published account and key: no secret.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private readonly Process _node;
    private readonly Lock _talk = new();
    private readonly StringBuilder _complaints = new();
    private JsonElement _ports;
    private bool _ended;

    private Azurite(Process node)
    {
        _node = node;
        _node.ErrorDataReceived += (_, line) => _complaints.AppendLine(line.Data);
        _node.BeginErrorReadLine();
    }

    public string ConnectionString => ConnectionStringOf(Account);

    public int ProcessId => _node.Id;

    /// <param name="dataFolder">Kept there; null = in memory only.</param>
    /// <param name="localFolder">The folder with package.json; null = the repository's.</param>
    /// <param name="tell">Hears what takes long; null = the console.</param>
    /// <param name="accounts">Further storage accounts, each as empty as a new emulator.</param>
    /// <exception cref="CannotRunHereException">No Node.js, or the installation failed.</exception>
    public static async Task<Azurite> StartAsync(
        string? dataFolder = null,
        string? localFolder = null,
        Action<string>? tell = null,
        IEnumerable<string>? accounts = null,
        CancellationToken cancellationToken = default
    )
    {
        localFolder ??= Repository.LocalFolder;
        await AzuriteInstall.EnsureAsync(localFolder, tell ?? Console.WriteLine, cancellationToken);
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
            await Task.Run(azurite.LearnPorts, cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Storage lives at the clock's time from now on, so that delays, leases and retries pass when the clock is moved.
    /// </summary>
    public void Follow(MovableClock clock)
    {
        clock.Moved += () => Shift(Account, clock.Offset);
        Shift(Account, clock.Offset);
    }

    /// <summary>An account lives that much later than this machine from now on.</summary>
    public void Shift(string account, TimeSpan offset)
    {
        lock (_talk)
        {
            // A clock may be moved after the emulator it led has ended.
            if (_ended)
                return;

            var milliseconds = ((long)offset.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            _node.StandardInput.WriteLine($$"""{"account":"{{account}}","offset":{{milliseconds}}}""");
            _node.StandardInput.Flush();
            Hear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_talk)
            _ended = true;

        if (!_node.HasExited)
        {
            _node.StandardInput.Close();
            try
            {
                await _node.WaitForExitAsync().WaitAsync(_patience);
            }
            catch (TimeoutException)
            {
                _node.Kill(entireProcessTree: true);
                await _node.WaitForExitAsync();
            }
        }

        _node.Dispose();
    }

    /// <param name="account">One of those it was started with.</param>
    public string ConnectionStringOf(string account) => ConnectionStringOf(account, QueuePort, TablePort);

    /// <summary>The same account behind other ports of this machine, where somebody passes its requests on.</summary>
    public static string ConnectionStringOf(string account, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{account};TableEndpoint=http://127.0.0.1:{tablePort}/{account};";

    public int QueuePort => _ports.GetProperty("queue").GetInt32();

    public int TablePort => _ports.GetProperty("table").GetInt32();

    private void LearnPorts() => _ports = Hear();

    private JsonElement Hear()
    {
        while (_node.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith('{'))
                return JsonElement.Parse(line);
        }

        _node.WaitForExit();
        throw new CannotRunHereException($"The storage emulator stopped: {_complaints.ToString().Trim()}");
    }
}
