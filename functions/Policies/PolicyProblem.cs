namespace Dunning.Policies;

/// <summary>One mistake in a policy.</summary>
/// <param name="Pointer">The field: an RFC 6901 pointer as a fragment, such as <c>#/steps/2/payByDays</c>.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record PolicyProblem(string Pointer, string Code, string Fix)
{
    public override string ToString() => $"{Pointer}: {Fix}";
}
