using System.Diagnostics;

namespace Dunning.Tests.Infra;

internal static class Shell
{
    public static Task<(int Code, string Output)> RunAsync(string command, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(command, arguments));

    public static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
