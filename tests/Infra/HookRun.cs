using System.Diagnostics;
using Dunning.Local;

namespace Dunning.Tests.Infra;

/// <summary>
/// Runs a hook as azd does: from a project folder, with the environment's values as variables. In place of azd and of
/// requests to Azure there are scripts that give the answers of the test and keep what was asked.
/// </summary>
internal sealed class HookRun : IDisposable
{
    /// <summary>Answers are separated by a bar: the status, a space, the body. The last one stays.</summary>
    private const string Curl = """
        #!/bin/sh
        echo "curl $*" >> "$SCRIPT_LOG"
        case "$*" in *--config*) cat > /dev/null ;; esac
        case "$*" in
          *geoRegions*) asked=geoRegions; answers=$SCRIPT_REGIONS ;;
          *emailServices*) asked=emailServices; answers=$SCRIPT_ACS ;;
          *api/health*) asked=api/health; answers=$SCRIPT_HEALTH ;;
        esac
        n=$(grep -c "$asked" "$SCRIPT_LOG")
        answer=$(printf '%s' "$answers" | cut -d'|' -f"$n")
        [ -n "$answer" ] || answer=${answers##*|}
        printf '%s\n%s' "${answer#* }" "${answer%% *}"
        """;

    private const string Azd = """
        #!/bin/sh
        echo "azd $*" >> "$SCRIPT_LOG"
        [ "$1" != auth ] || echo '{"token":"a-token"}'
        """;

    private const string PowerShell = """
        param([string] $hook)
        function azd {
            Add-Content $env:SCRIPT_LOG "azd $($args -join ' ')"
            if ($args[0] -eq 'auth') { '{"token":"a-token"}' }
        }
        function Invoke-WebRequest {
            param($Uri, $Method, $Headers, $TimeoutSec, [switch] $SkipHttpErrorCheck, [switch] $UseBasicParsing)
            $asked, $answers = switch -Wildcard ($Uri) {
                '*geoRegions*' { 'geoRegions', $env:SCRIPT_REGIONS }
                '*emailServices*' { 'emailServices', $env:SCRIPT_ACS }
                '*api/health*' { 'api/health', $env:SCRIPT_HEALTH }
            }
            Add-Content $env:SCRIPT_LOG "Invoke-WebRequest $Uri"
            $all = $answers -split '\|'
            $n = @(Select-String -Path $env:SCRIPT_LOG -Pattern $asked -SimpleMatch).Count
            $status, $body = $all[[Math]::Min($n, $all.Count) - 1] -split ' ', 2
            if ($status -eq '000') { throw 'No answer.' }
            [pscustomobject]@{ StatusCode = [int] $status; Content = $body }
        }
        & $hook
        exit $LASTEXITCODE
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _values = [];
    private readonly string _log;

    public HookRun() => _log = _folder.Write("log", "");

    /// <summary>What the scripts were called with, one call a line.</summary>
    public string Calls => File.ReadAllText(_log);

    public HookRun With(params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values)
            _values[name] = value;
        return this;
    }

    /// <summary>A file of the project folder.</summary>
    public HookRun WithFile(string name, string text)
    {
        _folder.Write(name, text);
        return this;
    }

    /// <param name="shell">sh or pwsh.</param>
    public async Task<(int Code, string Output)> RunAsync(string shell, string hook)
    {
        var isSh = shell == "sh";
        var file = Path.Combine(Repository.Root, "infra", "hooks", hook + (isSh ? ".sh" : ".ps1"));
        var start = new ProcessStartInfo(
            shell,
            isSh ? [file] : ["-NoProfile", "-File", _folder.Write("scripted.ps1", PowerShell), file]
        )
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in _values)
            start.Environment[name] = value;
        start.Environment["SCRIPT_LOG"] = _log;
        start.Environment["DUNNING_PROBE_TRIES"] = "3";
        start.Environment["DUNNING_PROBE_PAUSE"] = "0";
        if (isSh)
            start.Environment["PATH"] = $"{Scripts()}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return await Shell.RunAsync(start);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The folder of the scripts in place of commands.</summary>
    private string Scripts()
    {
        foreach (var (name, text) in new[] { ("curl", Curl), ("azd", Azd) })
        {
            var path = _folder.Write($"bin/{name}", text.ReplaceLineEndings("\n") + "\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return Path.Combine(_folder.Path, "bin");
    }
}
