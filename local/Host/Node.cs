using System.ComponentModel;
using System.Diagnostics;

namespace Dunning.Local;

/// <summary>Starts node and npm with redirected standard streams.</summary>
internal static class Node
{
    public const string Missing =
        "Node.js 20 or newer is needed to run the storage emulator. Install it, or use running storage: "
        + "--storage \"<connection string>\".";

    public static Process Start(string folder, params string[] arguments) => Start("node", folder, arguments);

    /// <summary>npm is a script on Windows, which only its shell can start.</summary>
    public static Process StartNpm(string folder, params string[] arguments) =>
        OperatingSystem.IsWindows()
            ? Start("cmd.exe", folder, ["/c", "npm", .. arguments])
            : Start("npm", folder, arguments);

    private static Process Start(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new CannotRunHereException(Missing, missing);
        }
    }
}
