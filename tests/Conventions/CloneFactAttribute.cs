using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>
/// A fact about the files that git keeps: skipped, with the reason, where the sources were copied without their
/// repository.
/// </summary>
public sealed class CloneFactAttribute : FactAttribute
{
    public CloneFactAttribute()
    {
        // A work tree has a file where a clone has a folder.
        if (!Path.Exists(Path.Combine(Repository.Root, ".git")))
            Skip = "This copy of the sources is no git clone.";
    }
}
