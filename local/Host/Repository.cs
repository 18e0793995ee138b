namespace Dunning.Local;

/// <summary>Paths of the source tree: the folder above the running program that contains the solution.</summary>
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
                $"No folder above the program contains {Solution}: run the local host inside a clone of the repository."
            );
        }
    }

    public static string LocalFolder => Path.Combine(Root, "local");

    public static string HostJson => Path.Combine(Root, "host.json");
}
