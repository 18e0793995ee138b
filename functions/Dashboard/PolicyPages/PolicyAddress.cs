using System.Globalization;
using Dunning.Dashboard.Layout;
using Dunning.Receivables;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>The addresses of a policy's pages: a name may hold any character.</summary>
internal static class PolicyAddress
{
    public static string Of(string name) => Pages.With(Pages.Of("policy"), "name", name);

    public static string Of(PolicyVersion version) => With(Of(version.Name), "version", version);

    /// <param name="from">The version from which the form starts.</param>
    public static string ToChange(PolicyVersion from) =>
        With(Pages.With(Pages.Of("do-policy"), "name", from.Name), "from", from);

    public static string ToMove(string name) => Pages.With(Pages.Of("do-move"), "name", name);

    private static string With(string path, string name, PolicyVersion version) =>
        Pages.With(path, name, version.Version.ToString(CultureInfo.InvariantCulture));
}
