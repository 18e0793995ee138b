using Dunning.Local;

namespace Dunning.Tests.Local;

public sealed class LocalSettingsTests
{
    private static readonly Uri _host = new("http://127.0.0.1:7071/");

    [Fact]
    public void Settings_of_a_file_that_does_not_exist_are_refused_with_its_path()
    {
        var refused = Assert.Throws<CannotRunHereException>(() => LocalSettings.Build(_host, "", "no-such.json"));

        Assert.Contains(Path.GetFullPath("no-such.json"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_values_override_those_of_the_sample()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "Values": { "Dunning__Company": "Own Ltd" } }""");

        Assert.Equal("Own Ltd", LocalSettings.Build(_host, "", file)["Dunning:Company"]);
        File.Delete(file);
    }
}
