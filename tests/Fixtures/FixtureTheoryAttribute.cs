namespace Dunning.Tests.Fixtures;

/// <summary>A theory that needs <see cref="SharedFixtures"/>, and says so where it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixtureTheoryAttribute : TheoryAttribute
{
    public FixtureTheoryAttribute() => Skip = SharedFixtures.Root is null ? FixtureFactAttribute.Missing : null;
}
