namespace Dunning.Tests.Fixtures;

/// <summary>A fact that needs <see cref="SharedFixtures"/>; skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixtureFactAttribute : FactAttribute
{
    public const string Missing = "needs the folder shared/fixtures, which is not part of the repository";

    public FixtureFactAttribute() => Skip = SharedFixtures.Root is null ? Missing : null;
}
