namespace Dunning.Tests.Fixtures;

/// <summary>A theory that needs <see cref="SharedFixtures"/>; skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixtureTheoryAttribute : TheoryAttribute
{
    public FixtureTheoryAttribute() => Skip = SharedFixtures.Root is null ? FixtureFactAttribute.Missing : null;
}
