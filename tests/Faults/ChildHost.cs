using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dunning.Local;

namespace Dunning.Tests.Faults;

/// <summary>The local host as a process of its own, to be killed.</summary>
public sealed class ChildHost : IAsyncDisposable
{
    private const string Announcement = "Dunning runs at ";
    private readonly Process _process;
    private readonly string _settings;
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Text.StringBuilder _said = new();

    private ChildHost(Process process, string settings)
    {
        (_process, _settings) = (process, settings);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The address, once it answers; fails when it dies before.</summary>
    public Task<Uri> Ready => _ready.Task;

    /// <summary>What it has printed, to explain a failure.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static ChildHost Start(FaultProxy proxy, DateTimeOffset now, bool byHand)
    {
        var settings = Path.Combine(Directory.CreateTempSubdirectory("dunning-faults-").FullName, "settings.json");
        File.WriteAllText(settings, JsonSerializer.Serialize(new { Values = proxy.Settings }));
        string[] arguments =
        [
            typeof(LocalHost).Assembly.Location,
            "--no-demo",
            "--port",
            "0",
            "--storage",
            proxy.Storage,
            "--settings",
            settings,
            "--now",
            now.ToString("O", CultureInfo.InvariantCulture),
            .. byHand ? ["--by-hand"] : Array.Empty<string>(),
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Code that runs for two seconds is not worth a second look by the compiler.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var child = new ChildHost(Process.Start(start)!, settings);
        proxy.Kill = child.Kill;
        return child;
    }

    /// <summary>SIGKILL; no code of the process runs any more when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Path.GetDirectoryName(_settings)!, recursive: true);
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
        if (line is null)
            _ready.TrySetException(new InvalidOperationException($"The host ended: {Said}"));
        else if (line.IndexOf(Announcement, StringComparison.Ordinal) is var found and >= 0)
            _ready.TrySetResult(new Uri(line[(found + Announcement.Length)..].Trim()));
    }
}
