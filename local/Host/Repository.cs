namespace Dunning.Local;

/// <summary>Where the sources are: the folder above the running program that holds the solution.</summary>
public static class Repository
{
    public const string Solution = "Dunning.Functions.sln";

    /// <exception cref="CannotRunHereException">The program runs outside a clone of the repository.</exception>
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Solution)))
                    return folder.FullName;
            }

            throw new CannotRunHereException(
                $"The local host runs inside a clone of the repository: no folder above the program holds {Solution}."
            );
        }
    }

    public static string LocalFolder => Path.Combine(Root, "local");

    public static string HostJson => Path.Combine(Root, "host.json");
}
