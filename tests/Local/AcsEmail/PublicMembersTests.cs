using Azure.Communication.Email;
using Dunning.Local;

namespace Dunning.Tests.Local.AcsEmail;

/// <summary>
/// The stand-in for Azure.Communication.Email has no public member that the package lacks, so code that compiles with
/// it compiles with the package. With the package itself, the same test checks the recorded list.
/// </summary>
public sealed class PublicMembersTests
{
    private static readonly string _list = Path.Combine(
        Repository.Root,
        "tests",
        "Local",
        "AcsEmail",
        "Azure.Communication.Email.1.1.0.txt"
    );

    [Fact]
    public void Every_public_member_is_one_of_the_package()
    {
        var official = File.ReadLines(_list).Select(WithoutOverride).ToHashSet(StringComparer.Ordinal);

        var invented = typeof(EmailClient)
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(EmailClient).Namespace)
            .SelectMany(Signature.Read)
            .Select(WithoutOverride)
            .Where(line => !official.Contains(line))
            .ToList();

        Assert.Empty(invented);
    }

    [Fact]
    public void A_signature_that_differs_in_one_default_value_is_noticed()
    {
        var line = Assert.Single(Signature.Read(typeof(Sample)), l => l.Contains("::Write", StringComparison.Ordinal));

        Assert.EndsWith(
            "PublicMembersTests.Sample::Write  protected static System.Int32? Write<T>(T what, params "
                + "System.String[] names) "
                + "where T : class, System.IDisposable",
            line,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Signature.Read(typeof(Sample)),
            l =>
                l.EndsWith(
                    "Sample(System.DayOfWeek day = System.DayOfWeek.Monday, System.Guid id = default)",
                    StringComparison.Ordinal
                )
        );
    }

    private static string WithoutOverride(string line) =>
        line.Replace("  public override ", "  public ", StringComparison.Ordinal);

    public class Sample
    {
        public Sample(DayOfWeek day = DayOfWeek.Monday, Guid id = default) => Assert.NotEqual((day, id), default);

        protected static int? Write<T>(T what, params string[] names)
            where T : class, IDisposable => what is null ? null : names.Length;
    }
}
