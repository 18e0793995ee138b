using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>The addresses of a policy's pages: a name may hold any character.</summary>
internal static class PolicyAddress
{
    public static string Of(string name) => Pages.With(Pages.Of("policy"), "name", name);

    /// <param name="version">The version from which the form starts.</param>
    public static string ToChange(string name, int version) =>
        Pages.With(
            Pages.With(Pages.Of("do-policy"), "name", name),
            "from",
            version.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

    public static string ToMove(string name) => Pages.With(Pages.Of("do-move"), "name", name);
}
