using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>
/// A fact about the files in git; skipped with the reason where the sources were copied without the repository.
/// </summary>
public sealed class CloneFactAttribute : FactAttribute
{
    public CloneFactAttribute()
    {
        // A work tree has a .git file, a clone a .git folder.
        if (!Path.Exists(Path.Combine(Repository.Root, ".git")))
            Skip = "This copy of the sources is no git clone.";
    }
}
