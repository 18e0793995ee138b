using Dunning.Configuration;
using Dunning.Local;
using Dunning.Notices.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunning.Tests;

/// <summary>Missing or invalid settings stop the start; all are reported at once, by name and never by value.</summary>
public sealed class StartTests
{
    private static readonly Uri _nowhere = new("http://127.0.0.1:1/");

    [Fact]
    public void The_sample_as_it_stands_is_right() => Services().ValidateOptions();

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var refused = Refused(
            ("Dunning:Company", ""),
            ("Dunning:Email", "accounts at example"),
            ("Sms:ApiSecret", ""),
            ("RecoverSchedule", "00:05:00"),
            ("Webhooks:0:Key", "short"),
            ("Webhooks:0:TestMode", "perhaps"),
            ("Webhooks:1:Secrets:0", "")
        );

        string[] named =
        [
            "Dunning__Company: this setting is required",
            "Dunning__Email: write an address",
            "Sms__ApiSecret: this setting is required",
            "RecoverSchedule: write six fields",
            "Webhooks__0__Key: it is too short; write at least",
            "Webhooks__0__TestMode: write true or false",
            "Webhooks__1__Secrets: ",
        ];
        Assert.All(named, name => Assert.Contains(name, refused, StringComparison.Ordinal));
        Assert.Equal(named.Length, refused.Split("\n- ").Length - 1);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "nonsense")]
    [InlineData("FindUpcomingInvoicesSchedule", "every quarter of an hour")]
    [InlineData("FindOverdueInvoicesSchedule", "5 4 * * *")]
    [InlineData("ScanWindow", "45 minutes")]
    [InlineData("ScanWindow", "-PT45M")]
    [InlineData("Dunning:AccountManager", "maya")]
    [InlineData("Dunning:TimeZone", "Europe/Londn")]
    [InlineData("Dunning:Language", "tlh")]
    [InlineData("Dunning:Bank:Iban", "GB34BUKB20201555555555")]
    [InlineData("Dunning:Bank:Bic", "BUKB")]
    [InlineData("Dunning:PoliciesFile", "no-such-file.json")]
    [InlineData("Dunning:CalendarFile", "no-such-file.json")]
    [InlineData("Dunning:HolidaysFile", "no-such-file.ics")]
    [InlineData("Dunning:PaymentHosts:0", "https://pay.example.com")]
    [InlineData("Dunning:DocumentHosts:0", "docs.example.com/pdf")]
    [InlineData("Dunning:Address:Country", "Engelland")]
    [InlineData("Retention:MessagesDays", "two years")]
    [InlineData("Retention:ClosedInvoicesDays", "99999999999")]
    [InlineData("Retention:ClosedInvoicesDays", "365")]
    [InlineData("Email:Port", "smtp")]
    [InlineData("Email:Port", "0")]
    [InlineData("Email:Tls", "always")]
    [InlineData("Email:Tls", "7")]
    [InlineData("Email:Provider", "pigeon")]
    [InlineData("Email:From", "Reminders <r@example.com>")]
    [InlineData("Email:From", "bøger@example.com")]
    [InlineData("Dunning:Email", "søren@example.com")]
    [InlineData("Email:ConnectionString", "endpoint=example.com")]
    [InlineData("Email:PerMinute", "0")]
    [InlineData("Email:PerMinute", "many")]
    [InlineData("Email:Password", "hunter22")]
    [InlineData("Sms:AccountSid", "AC0")]
    [InlineData("Sms:ApiKey", "KS00000000000000000000000000000000")]
    [InlineData("Sms:From", "0044")]
    [InlineData("Sms:From", "a name that is too long")]
    [InlineData("Sms:BaseAddress", "https://example.com")]
    [InlineData("Sms:PerMinute", "1.5")]
    [InlineData("Sms:From", "Info")]
    [InlineData("Sms:Prices", "GB=cheap USD")]
    [InlineData("Sms:Prices", "Britain=0.04 USD")]
    [InlineData("Sms:Prices", "GB=0.09")]
    [InlineData("Sms:Senders", "Singapore=Harbour")]
    [InlineData("Sms:Senders", "SG=a name that is too long")]
    [InlineData("Email:PerHour", "-1")]
    [InlineData("Sms:PerHour", "often")]
    [InlineData("Sms:WebhookAddress", "https://example.com/api/twilio")]
    [InlineData("Sms:AuthToken", "a token\n")]
    [InlineData("Webhooks:0:TestMode", "on")]
    [InlineData("Webhooks:2:ToleranceSeconds", "86401")]
    [InlineData("Webhooks:0:Provider", "strype")]
    [InlineData("Webhooks:0:ApiBaseAddress", "ftp://example.com/")]
    [InlineData("Webhooks:0:ToleranceSeconds", "0")]
    [InlineData("Webhooks:0:ToleranceSeconds", "five")]
    public void What_is_wrong_is_named_and_not_repeated(string setting, string value)
    {
        var refused = Refused((setting, value));

        var name = setting is "Email:Password" ? "Email__User" : setting.Replace(":", "__", StringComparison.Ordinal);
        Assert.Contains($"- {name}: ", refused, StringComparison.Ordinal);
        Assert.Equal(2, refused.Split("\n- ").Length);
        Assert.DoesNotContain(
            $" {value}",
            refused.Replace("from 1 to 65535", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("acs", "Email__Endpoint")]
    [InlineData("smtp", "Email__Host")]
    public void Only_settings_of_the_selected_provider_are_required(string provider, string missing) =>
        Assert.Contains(
            $"- {missing}: this setting is required",
            Refused(("Email:Provider", provider), ("Email:ConnectionString", "")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Storage_without_a_key_needs_a_name() =>
        Assert.Contains(
            "- AzureWebJobsStorage__accountName: this setting is required",
            Refused(("AzureWebJobsStorage", "")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_SMS_no_twilio_setting_is_required() =>
        Services(("Sms:AccountSid", ""), ("Sms:ApiKey", ""), ("Sms:ApiSecret", ""), ("Sms:From", "")).ValidateOptions();

    [Theory]
    [InlineData("Sms:ApiSecret", "@Microsoft.KeyVault(VaultName=kv-1;SecretName=sms-api-secret)", "Sms__ApiSecret")]
    [InlineData(
        "Webhooks:0:Secrets:0",
        "@microsoft.keyvault(SecretUri=https://kv-1.vault.azure.net/secrets/x)",
        "Webhooks__0__Secrets__0"
    )]
    public void A_secret_that_azure_could_not_read_is_named(string setting, string value, string named)
    {
        var refused = Refused((setting, value));

        Assert.Contains($"- {named}: Azure has not read this secret", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("kv-1", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_hides_no_other_failure_of_its_class_or_of_another()
    {
        string[] named =
        [
            "Retention__MessagesDays",
            "Email__Port",
            "Email__From",
            "Email__User",
            "Sms__PerHour",
            "Webhooks__1__ToleranceSeconds",
            "Webhooks__1__Provider",
            "Webhooks__2__Key",
        ];

        var refused = Refused(
            ("Retention:MessagesDays", "x"),
            ("Email:Port", "x"),
            ("Email:From", ""),
            ("Email:User", "x"),
            ("Sms:PerHour", "x"),
            ("Webhooks:1:ToleranceSeconds", "x"),
            ("Webhooks:1:Provider", ""),
            ("Webhooks:2:Key", "")
        );

        Assert.Equal(
            named.Order(StringComparer.Ordinal),
            refused.Split("\n- ")[1..].Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Whoever_asks_first_for_options_gets_the_failures_of_all()
    {
        var services = Services(("Dunning:Company", ""), ("Sms:PerHour", "x"));

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<RetentionOptions>).Message;

        Assert.Contains("Dunning__Company: ", refused, StringComparison.Ordinal);
        Assert.Contains("Sms__PerHour: ", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_setting_has_its_default()
    {
        var services = Services(
            ("Dunning:TimeZone", ""),
            ("Dunning:Bank:Iban", ""),
            ("Email:Port", ""),
            ("Email:Tls", ""),
            ("ScanWindow", ""),
            ("Webhooks:0:TestMode", "")
        );

        Assert.Equal("Etc/UTC", services.GetRequiredService<CreditorOptions>().TimeZone);
        Assert.Null(services.GetRequiredService<CreditorOptions>().Bank!.Iban);
        Assert.Equal(587, services.GetRequiredService<EmailOptions>().Port);
        Assert.Equal(MailTls.StartTls, services.GetRequiredService<EmailOptions>().Tls);
        Assert.Equal(TimeSpan.FromMinutes(45), services.GetRequiredService<MonitoringOptions>().MaxScanAge);
        Assert.False(services.GetRequiredService<WebhookOptions>().Webhooks[0].TestMode);
    }

    [Fact]
    public void Only_the_secret_that_azure_could_not_read_is_named() =>
        Assert.Equal(
            2,
            Refused(("Webhooks:0:Secrets:0", "@Microsoft.KeyVault(VaultName=kv-1;SecretName=x)")).Split("\n- ").Length
        );

    private static string Refused(params (string Name, string Value)[] changed) =>
        Assert.Throws<OptionsValidationException>(Services(changed).ValidateOptions).Message;

    private static ServiceProvider Services(params (string Name, string Value)[] changed) =>
        new ServiceCollection().AddDunning(With(changed)).BuildServiceProvider();

    private static IConfiguration With(params (string Name, string Value)[] changed) =>
        new ConfigurationBuilder()
            .AddConfiguration(LocalSettings.Build(_nowhere, "UseDevelopmentStorage=true"))
            .AddInMemoryCollection(changed.Select(c => KeyValuePair.Create(c.Name, (string?)c.Value)))
            .Build();
}
