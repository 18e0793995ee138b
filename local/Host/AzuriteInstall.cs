using System.Diagnostics;
using System.Globalization;

namespace Dunning.Local;

/// <summary>Installs what <c>local/package-lock.json</c> pins, once.</summary>
internal static class AzuriteInstall
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _progressEvery = TimeSpan.FromSeconds(5);

    public static async Task EnsureAsync(string localFolder, Action<string> tell, CancellationToken cancellationToken)
    {
        if (IsCurrent(localFolder))
            return;

        using var turn = await WaitForLockAsync(localFolder, cancellationToken);
        if (IsCurrent(localFolder))
            return;

        tell("Installing the storage emulator (npm ci in local/, once; takes about half a minute) ...");
        await InstallAsync(localFolder, tell, cancellationToken);
    }

    /// <summary>npm writes the inner lock file last, so it is only there after an installation that finished.</summary>
    private static bool IsCurrent(string localFolder)
    {
        var installed = Path.Combine(localFolder, "node_modules", ".package-lock.json");
        return File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed)
                >= File.GetLastWriteTimeUtc(Path.Combine(localFolder, "package-lock.json"));
    }

    /// <summary>Two test runs may start at once; the operating system drops the lock if its holder dies.</summary>
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

    private static async Task InstallAsync(string localFolder, Action<string> tell, CancellationToken cancellationToken)
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
            await ShowProgressUntilAsync(npm.WaitForExitAsync(cancellationToken), tell, cancellationToken);
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
                npm ci in {localFolder} failed. Check that a package registry can be reached, or use storage that runs already:
                --storage "<connection string>". npm said: {string.Join('\n', await output).Trim()}
                """
            );
        }
    }

    private static async Task ShowProgressUntilAsync(
        Task installed,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        while (await Task.WhenAny(installed, Task.Delay(_progressEvery, cancellationToken)) != installed)
            tell(string.Create(CultureInfo.InvariantCulture, $"  still installing: {watch.Elapsed.TotalSeconds:F0} s"));
        await installed;
    }
}
