using System.Diagnostics;
using System.Globalization;

namespace Dunning.Local;

/// <summary>Installs the packages of <c>local/package-lock.json</c> unless they are current.</summary>
internal static class AzuriteInstall
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _progressInterval = TimeSpan.FromSeconds(5);

    public static async Task EnsureAsync(string localFolder, Action<string> report, CancellationToken cancellationToken)
    {
        if (IsCurrent(localFolder))
            return;

        using var installLock = await WaitForLockAsync(localFolder, cancellationToken);
        if (IsCurrent(localFolder))
            return;

        report("Installing the storage emulator (npm ci in local/, once; takes about half a minute) ...");
        await InstallAsync(localFolder, report, cancellationToken);
    }

    /// <summary>npm writes the inner lock file last, so it exists only after a finished installation.</summary>
    private static bool IsCurrent(string localFolder)
    {
        var installed = Path.Combine(localFolder, "node_modules", ".package-lock.json");
        return File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed)
                >= File.GetLastWriteTimeUtc(Path.Combine(localFolder, "package-lock.json"));
    }

    /// <summary>
    /// Two test runs may start at once. The operating system releases the lock if its holder crashes.
    /// </summary>
    private static async Task<FileStream> WaitForLockAsync(string localFolder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(localFolder, "obj")).FullName, "npm-ci.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(_pollInterval, cancellationToken);
            }
        }
    }

    private static async Task InstallAsync(
        string localFolder,
        Action<string> report,
        CancellationToken cancellationToken
    )
    {
        using Process npm = Node.StartNpm(
            localFolder,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error"
        );
        npm.StandardInput.Close();
        var output = Task.WhenAll(
            npm.StandardOutput.ReadToEndAsync(cancellationToken),
            npm.StandardError.ReadToEndAsync(cancellationToken)
        );
        try
        {
            await ShowProgressUntilAsync(npm.WaitForExitAsync(cancellationToken), report, cancellationToken);
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }

        if (npm.ExitCode != 0)
        {
            throw new CannotRunHereException(
                $"""
                npm ci in {localFolder} failed. Check that the npm registry is reachable, or use running storage:
                --storage "<connection string>". Output of npm: {string.Join('\n', await output).Trim()}
                """
            );
        }
    }

    private static async Task ShowProgressUntilAsync(
        Task installed,
        Action<string> report,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        while (await Task.WhenAny(installed, Task.Delay(_progressInterval, cancellationToken)) != installed)
            report(
                string.Create(CultureInfo.InvariantCulture, $"  still installing: {watch.Elapsed.TotalSeconds:F0} s")
            );
        await installed;
    }
}
