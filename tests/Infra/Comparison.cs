namespace Dunning.Tests.Infra;

internal static class Comparison
{
    /// <param name="lacks">Message for a missing name; the name follows.</param>
    /// <param name="excess">Message for an unexpected name; the name follows.</param>
    public static IEnumerable<string> Differences(
        IEnumerable<string> wanted,
        IEnumerable<string> have,
        string lacks,
        string excess
    ) =>
        [
            .. wanted.Except(have).Select(name => $"{lacks} {name}"),
            .. have.Except(wanted).Select(name => $"{excess} {name}"),
        ];
}
