namespace Dunning.Tests.Infra;

internal static class Comparison
{
    /// <param name="lacks">What is said of a name that is wanted and not there: the name follows.</param>
    /// <param name="excess">What is said of a name that is there and not wanted.</param>
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
