using System.Text.Json;
using System.Text.RegularExpressions;
using Dunning.Configuration;

namespace Dunning.Tests.Conventions;

public sealed partial class SettingTests
{
    /// <summary>
    /// Settings without a sample value: they override a default or select another mode than the sample's (managed
    /// identity, SMTP), so a sample value would select it.
    /// </summary>
    private static readonly string[] _optional =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId",
        "Dunning__Address__Line2",
        "Dunning__Address__Region",
        "Dunning__Bank__AccountNumber",
        "Dunning__Bank__BankCode",
        "Dunning__Bank__Reference",
        "Dunning__CalendarFile",
        "Dunning__PaymentHosts__0",
        "Dunning__DocumentHosts__0",
        "Dunning__PoliciesFile",
        "Email__Endpoint",
        "Email__Host",
        "Email__Password",
        "Email__Port",
        "Email__Tls",
        "Email__User",
        "Sms__AuthTokenNext",
        "Sms__BaseAddress",
        "Sms__WebhookAddress",
        "Webhooks__0__Account",
        "Webhooks__0__ApiBaseAddress",
        "Webhooks__0__ApiToken",
        "Webhooks__0__TestMode",
        "Webhooks__0__ToleranceSeconds",
        "Webhooks__0__Url",
        "Webhooks__0__WebhookId",
    ];

    /// <summary>Read by the Functions host, not by the app.</summary>
    private static readonly string[] _host = ["FUNCTIONS_WORKER_RUNTIME"];

    private static IEnumerable<string> Sample
    {
        get
        {
            using var json = JsonDocument.Parse(Sources.Text("local.settings.sample.json"));
            return
            [
                .. json
                    .RootElement.GetProperty("Values")
                    .EnumerateObject()
                    .Select(value => Index().Replace(value.Name, "__0"))
                    .Distinct(),
            ];
        }
    }

    [Fact]
    public void The_sample_has_a_value_for_every_setting_but_the_optional_ones() =>
        ScanAssert.Empty(SettingReads.All.Except(Sample).Except(_optional));

    [Fact]
    public void An_optional_setting_is_read_and_has_no_value_in_the_sample() =>
        ScanAssert.Empty(_optional.Except(SettingReads.All).Concat(_optional.Intersect(Sample)));

    [Fact]
    public void The_sample_has_no_setting_that_nothing_reads() =>
        ScanAssert.Empty(Sample.Except(SettingReads.All).Except(_host));

    [Fact]
    public void Settings_are_read_in_Configuration_and_by_their_full_names()
    {
        var elsewhere = Sources
            .Functions.Where(file =>
                !file.Path.StartsWith("Configuration/", StringComparison.Ordinal)
                && file.Path.Contains('/', StringComparison.Ordinal)
                && file.Code.Contains("IConfiguration", StringComparison.Ordinal)
            )
            .Select(file => file.Path);

        ScanAssert.Empty(elsewhere);
        ScanAssert.Empty(Sources.Functions.SelectMany(file => SettingReads.Unseen(file.Code)));
    }

    [Theory]
    [InlineData("settings[\"Sms:From\"]", "Sms__From")]
    [InlineData("$\"{Required(settings, \"A:b\")}.x\"", "A__b")]
    [InlineData("settings.GetValue<int?>(\"A:Rate\")", "A__Rate")]
    [InlineData(
        "settings.GetSection(\"W\").Get<List<WebhookEndpoint>>()",
        "W__0__Provider",
        "W__0__Key",
        "W__0__Secrets__0",
        "W__0__TestMode",
        "W__0__Account",
        "W__0__Url",
        "W__0__WebhookId",
        "W__0__ApiToken",
        "W__0__ApiBaseAddress",
        "W__0__ToleranceSeconds"
    )]
    [InlineData("json.Required(\"name\")")]
    public void A_setting_that_is_read_is_seen(string code, params string[] names) =>
        Assert.Equal(
            names,
            SettingReads.In(code, [typeof(CreditorOptions), typeof(Dunning.Payments.Webhooks.WebhookEndpoint)])
        );

    [Theory]
    [InlineData("settings[prefix + \"x\"]")]
    [InlineData("settings[\"x\" + i]")]
    [InlineData("settings[$\"x{i}\"]")]
    [InlineData("settings.GetValue(\"x\" + i, 5)")]
    [InlineData("Required(settings, prefix)")]
    [InlineData("settings.GetConnectionString(\"x\")")]
    [InlineData("settings.GetSection(\"x\").Bind(creditor)")]
    public void A_setting_whose_name_cannot_be_seen_is_refused(string code) =>
        Assert.Single(SettingReads.Unseen(CSharpText.CodeOf(code)));

    [Fact]
    public void The_setting_of_a_trigger_is_seen() =>
        Assert.Equal(["Every__Minute"], SettingReads.InTrigger("0 %Every:Minute% *"));

    [GeneratedRegex(@"__\d+")]
    private static partial Regex Index();
}
