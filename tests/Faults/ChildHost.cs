using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dunning.Local;

namespace Dunning.Tests.Faults;

/// <summary>The local host as a separate process that a test can kill.</summary>
public sealed class ChildHost : IAsyncDisposable
{
    private const string ReadyMessage = "Dunning runs at ";
    private readonly Process _process;
    private readonly string _settings;
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Text.StringBuilder _output = new();

    private ChildHost(Process process, string settings)
    {
        (_process, _settings) = (process, settings);
        process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) => OnOutput(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The base address once the host is ready; faults when the process ends before.</summary>
    public Task<Uri> Ready => _ready.Task;

    /// <summary>Standard output and error, for the message of a failed test.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
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
        var startInfo = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // The process lives for seconds, so profile-guided recompilation only costs time.
        startInfo.Environment["DOTNET_TieredPGO"] = "0";
        var child = new ChildHost(Process.Start(startInfo)!, settings);
        proxy.KillProcess = child.Kill;
        return child;
    }

    /// <summary>Sends SIGKILL and waits until the process has ended.</summary>
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

    private void OnOutput(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
        if (line is null)
            _ready.TrySetException(new InvalidOperationException($"The host process ended: {Output}"));
        else if (line.IndexOf(ReadyMessage, StringComparison.Ordinal) is var index and >= 0)
            _ready.TrySetResult(new Uri(line[(index + ReadyMessage.Length)..].Trim()));
    }
}
