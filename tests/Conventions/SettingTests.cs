using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

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
        "Dunning__Bank__Country",
        "Dunning__Bank__Currencies",
        "Dunning__Bank__Reference",
        "Dunning__CalendarFile",
        "Dunning__Evidence__Key",
        "Dunning__Evidence__KeyFile",
        "Dunning__HolidaysFile",
        "Dunning__PaymentHosts__0",
        "Dunning__DocumentHosts__0",
        "Dunning__PoliciesFile",
        "Email__Endpoint",
        "Email__Host",
        "Email__Password",
        "Email__Port",
        "Email__Tls",
        "Email__User",
        "Inbox__AfterReading",
        "Inbox__Folder",
        "Inbox__Host",
        "Inbox__MailgunSigningKey",
        "Inbox__MoveTo",
        "Inbox__Password",
        "Inbox__Port",
        "Inbox__Tls",
        "Inbox__User",
        "Portal__Address",
        "Sms__AuthTokenNext",
        "Sms__BaseAddress",
        "Sms__Prices",
        "Sms__Senders",
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

    /// <summary>
    /// The root registers the options, and reads two of them for telemetry before the services exist.
    /// </summary>
    [Fact]
    public void Settings_are_read_from_options_only()
    {
        var elsewhere = Sources
            .Functions.Where(file =>
                !file.Path.StartsWith("Configuration/", StringComparison.Ordinal)
                && (
                    file.Code.Contains("IConfiguration", StringComparison.Ordinal)
                        && file.Path is not "DunningServices.cs"
                    || OtherRead().IsMatch(file.Code)
                )
            )
            .Select(file => file.Path);

        ScanAssert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("var a = builder.Configuration[\"Email:From\"];", true)]
    [InlineData("var a = configuration.GetValue<int>(\"Email:Port\");", true)]
    [InlineData("var a = configuration.GetSection(\"Email\");", true)]
    [InlineData("var a = builder.Configuration.Get<StorageOptions>();", false)]
    public void Another_way_of_reading_is_seen(string code, bool seen) =>
        Assert.Equal(seen, OtherRead().IsMatch(CSharpText.CodeOf(code)));

    [Fact]
    public void Every_setting_of_an_options_class_is_used()
    {
        var used = Sources.CompiledTypes.SelectMany(MethodBody.MembersUsedBy).OfType<MethodInfo>().ToHashSet();
        var unused = SettingReads
            .Properties.Where(setting => !used.Contains(setting.Property.GetMethod!))
            .Select(setting => setting.Name);

        ScanAssert.Empty(unused.Except(SettingReads.InTriggers));
    }

    [Fact]
    public void The_setting_of_every_trigger_is_checked_at_the_start() =>
        ScanAssert.Empty(SettingReads.InTriggers.Except(SettingReads.All));

    [Fact]
    public void A_setting_is_a_property_of_an_options_class_by_its_full_name() =>
        Assert.Equal(
            [
                "W__0__Provider",
                "W__0__Key",
                "W__0__Secrets__0",
                "W__0__TestMode",
                "W__0__Account",
                "W__0__Url",
                "W__0__WebhookId",
                "W__0__ApiToken",
                "W__0__ApiBaseAddress",
                "W__0__ToleranceSeconds",
                "A__accountName",
            ],
            SettingReads.In(typeof(SampleOptions), "").Select(setting => setting.Name)
        );

    [Fact]
    public void The_setting_of_a_trigger_is_seen() =>
        Assert.Equal(["Every__Minute"], SettingReads.InTrigger("0 %Every:Minute% *"));

    /// <summary>Where settings are read by name; <see cref="CSharpText"/> removes the text of a literal.</summary>
    [GeneratedRegex(@"onfiguration\s*(\[|\.\s*(GetValue|GetSection|GetConnectionString|Bind|AsEnumerable)\b)")]
    private static partial Regex OtherRead();

    [GeneratedRegex(@"__\d+")]
    private static partial Regex Index();

    private sealed class SampleOptions
    {
        public IReadOnlyList<Dunning.Payments.Webhooks.WebhookEndpoint> W { get; init; } = [];

        [Microsoft.Extensions.Configuration.ConfigurationKeyName("A:accountName")]
        public string? Name { get; init; }

        public bool IsNoSetting => Name is not null;
    }
}
