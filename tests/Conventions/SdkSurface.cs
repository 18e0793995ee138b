using Azure.Data.Tables;

namespace Dunning.Tests.Conventions;

/// <summary>
/// The Azure edition compiles the product against the official packages. It goes on compiling as long as nothing stands under
/// <c>local/Sdk/</c> that the official assemblies do not have.
/// </summary>
public sealed class SdkSurface
{
    private static readonly string[] s_official = ["Azure", "Microsoft.Azure", "Twilio"];

    private static IEnumerable<Type> OfficialNames => typeof(TableClient).Assembly.GetExportedTypes()
        .Where(t => s_official.Any(n => t.Namespace == n || t.Namespace?.StartsWith(n + ".", StringComparison.Ordinal) == true));

    [Fact]
    public void Every_public_member_of_the_local_sdk_is_in_the_official_one()
    {
        var official = Lists().SelectMany(File.ReadLines).Select(WithoutOverride).ToHashSet(StringComparer.Ordinal);

        string[] invented = [.. OfficialNames.SelectMany(Signature.Of).Select(WithoutOverride).Where(line => !official.Contains(line))];

        Assert.True(invented.Length == 0, "Not in sdk-surface:\n" + string.Join('\n', invented));
    }

    [Theory]
    [InlineData("Azure.Data.Tables")]
    [InlineData("Azure.Storage.Queues")]
    [InlineData("Azure.Communication.Email")]
    [InlineData("Microsoft.Azure.Functions.Worker")]
    [InlineData("Twilio.Rest.Api.V2010.Account")]
    public void The_comparison_sees_every_part_of_the_sdk(string part) => Assert.Contains(OfficialNames, t => t.Namespace == part);

    [Fact]
    public void A_signature_that_differs_in_one_default_value_is_noticed()
    {
        var line = Assert.Single(Signature.Of(typeof(Sample)), l => l.Contains("::Write", StringComparison.Ordinal));

        Assert.Equal(
            "Dunning.Tests.Conventions.SdkSurface.Sample::Write  protected static System.Int32? Write<T>(T what, params System.String[] names) "
            + "where T : class, System.IDisposable",
            line);
        Assert.Contains(
            "Dunning.Tests.Conventions.SdkSurface.Sample::.ctor  public Sample(System.DayOfWeek day = System.DayOfWeek.Monday, System.Guid id = default)",
            Signature.Of(typeof(Sample)));
    }

    private static string WithoutOverride(string line) => line.Replace("  public override ", "  public ", StringComparison.Ordinal);

    private static string[] Lists()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "Conventions", "sdk-surface") is var lists && Directory.Exists(lists))
                return Directory.GetFiles(lists, "*.txt");
        throw new DirectoryNotFoundException("tests/Conventions/sdk-surface");
    }

    public class Sample
    {
        public Sample(DayOfWeek day = DayOfWeek.Monday, Guid id = default) => Assert.NotEqual((day, id), default);

        protected static int? Write<T>(T what, params string[] names) where T : class, IDisposable => what is null ? null : names.Length;
    }
}
