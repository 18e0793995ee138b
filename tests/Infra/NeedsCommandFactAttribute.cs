namespace Dunning.Tests.Infra;

/// <summary>Skipped, with the reason, where the machine does not have the command.</summary>
public sealed class NeedsCommandFactAttribute : FactAttribute
{
    public NeedsCommandFactAttribute(string command)
    {
        Command = command;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var file = OperatingSystem.IsWindows() ? $"{command}.exe" : command;
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, file))))
            Skip = $"This machine has no {command}.";
    }

    public string Command { get; }
}
