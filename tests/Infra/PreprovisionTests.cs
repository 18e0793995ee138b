using Dunning.Tests.Conventions;

namespace Dunning.Tests.Infra;

/// <summary>What is missing is told before anything is made, all of it at once.</summary>
public sealed class PreprovisionTests
{
    private const string Hook = "preprovision";

    private static readonly (string Name, string Value)[] _smtp =
    [
        ("AZURE_ENV_NAME", "trial"),
        ("AZURE_SUBSCRIPTION_ID", "a-subscription"),
        ("AZURE_LOCATION", "westeurope"),
        ("DUNNING_EMAIL", "accounts@harbourfinch.co.uk"),
        ("DUNNING_EMAIL_PROVIDER", "smtp"),
        ("DUNNING_EMAIL_FROM", "reminders@harbourfinch.co.uk"),
        ("DUNNING_SMTP_HOST", "smtp.harbourfinch.co.uk"),
        ("DUNNING_SMTP_USER", "house"),
        ("DUNNING_SMTP_PASSWORD", "akvs://a-subscription/a-vault/a-secret"),
        ("SCRIPT_REGIONS", """200 {"value":[{"name":"North Europe"},{"name": "West Europe"}],"nextLink":null}"""),
        ("SCRIPT_ACS", """200 { "value": [ ] }"""),
    ];

    private static readonly (string Name, string Value)[] _twilio =
    [
        ("DUNNING_SMS_ACCOUNT_SID", "AC0123456789"),
        ("DUNNING_SMS_FROM", "+447700900456"),
        ("DUNNING_SMS_API_KEY", "SK0123456789"),
        ("DUNNING_SMS_API_SECRET", "akvs://a/b/c"),
        ("DUNNING_SMS_AUTH_TOKEN", "akvs://a/b/d"),
    ];

    /// <summary>What is changed of settings that are complete, and what the hook names then.</summary>
    private static readonly (string Name, string Value, string Expected)[] _refused =
    [
        ("DUNNING_EMAIL_PROVIDER", "", "DUNNING_EMAIL_PROVIDER smtp"),
        ("DUNNING_EMAIL_PROVIDER", "sendgrid", "DUNNING_EMAIL_PROVIDER smtp"),
        ("DUNNING_EMAIL_PROVIDER", "acs", "takes no new customers"),
        ("DUNNING_SMTP_HOST", "", "DUNNING_SMTP_HOST"),
        ("DUNNING_SMTP_USER", "", "DUNNING_SMTP_USER"),
        ("DUNNING_SMTP_PASSWORD", "", "DUNNING_SMTP_PASSWORD"),
        ("DUNNING_SMTP_PORT", "25", "port 25"),
        ("DUNNING_EMAIL_FROM", "", "DUNNING_EMAIL_FROM"),
        ("DUNNING_EMAIL_FROM", "reminders", "DUNNING_EMAIL_FROM"),
        ("DUNNING_EMAIL_FROM", "reminders@harbourfinch.example", "DUNNING_EMAIL_FROM"),
        ("DUNNING_EMAIL", "", "DUNNING_EMAIL "),
        ("DUNNING_EMAIL", "accounts@harbourfinch", "DUNNING_EMAIL "),
        ("DUNNING_EMAIL", "a b@harbourfinch.co.uk", "DUNNING_EMAIL "),
        ("DUNNING_EMAIL", "a@b@harbourfinch.co.uk", "DUNNING_EMAIL "),
        ("DUNNING_EMAIL", "accounts@example.com", "DUNNING_EMAIL "),
        ("AZURE_LOCATION", "", "AZURE_LOCATION"),
        ("AZURE_LOCATION", "polandcentral", "northeurope westeurope"),
        ("DUNNING_SMS_FROM", "+447700900456", "DUNNING_SMS_ACCOUNT_SID"),
        ("DUNNING_SMS_ACCOUNT_SID", "AC0123456789", "DUNNING_SMS_FROM"),
        ("DUNNING_SMS_ACCOUNT_SID", "AC0123456789", "DUNNING_SMS_API_KEY"),
        ("DUNNING_SMS_ACCOUNT_SID", "AC0123456789", "DUNNING_SMS_API_SECRET"),
        ("DUNNING_SMS_ACCOUNT_SID", "AC0123456789", "DUNNING_SMS_AUTH_TOKEN"),
    ];

    [NeedsCommandFact("sh")]
    public Task Sh_refuses_what_would_fail_later() => RefusesAsync("sh");

    [NeedsCommandFact("pwsh")]
    public Task PowerShell_refuses_what_would_fail_later() => RefusesAsync("pwsh");

    [NeedsCommandFact("sh")]
    public Task Sh_takes_what_is_complete() => TakesAsync("sh");

    [NeedsCommandFact("pwsh")]
    public Task PowerShell_takes_what_is_complete() => TakesAsync("pwsh");

    [NeedsCommandFact("sh")]
    public Task Sh_tells_all_at_once_and_no_secret() => TellsAllAsync("sh");

    [NeedsCommandFact("pwsh")]
    public Task PowerShell_tells_all_at_once_and_no_secret() => TellsAllAsync("pwsh");

    [NeedsCommandFact("sh")]
    public Task Sh_reads_what_azd_asked_for() => ReadsAnswersAsync("sh");

    [NeedsCommandFact("pwsh")]
    public Task PowerShell_reads_what_azd_asked_for() => ReadsAnswersAsync("pwsh");

    private static async Task RefusesAsync(string shell)
    {
        var missed = new List<string>();
        foreach (var (name, value, expected) in _refused)
        {
            using var run = new HookRun().With(_smtp).With((name, value));
            var (code, output) = await run.RunAsync(shell, Hook);
            if (
                code == 0
                || !output.Contains(expected, StringComparison.Ordinal)
                || run.Calls.Contains("env set", StringComparison.Ordinal)
            )
                missed.Add($"{name}={value}: {code} {output} {run.Calls}");
        }
        ScanAssert.Empty(missed);
    }

    private static async Task TakesAsync(string shell)
    {
        (string, string)[][] complete =
        [
            [],
            _twilio,
            [("AZURE_LOCATION", "West Europe")],
            [("DUNNING_EMAIL_PROVIDER", "acs"), ("SCRIPT_ACS", """200 {"value":[{"name":"acse-1"}]}""")],
            [("DUNNING_EMAIL_PROVIDER", "acs"), ("DUNNING_ACS_CUSTOMER", "true"), ("DUNNING_SMTP_HOST", "")],
            [("DUNNING_NETWORK", "true"), ("DUNNING_SMTP_USER", ""), ("DUNNING_SMTP_PASSWORD", "")],
            [("DUNNING_NETWORK", "true"), ("DUNNING_SMTP_PORT", "25")],
            // What nobody answers is no reason to refuse: azd tells it in its turn.
            [("SCRIPT_REGIONS", "000 ")],
            [("SCRIPT_REGIONS", "403 {}")],
            [("DUNNING_EMAIL_PROVIDER", "acs"), ("SCRIPT_ACS", "403 {}")],
        ];
        var refused = new List<string>();
        foreach (var values in complete)
        {
            using var run = new HookRun().With(_smtp).With(values);
            var (code, output) = await run.RunAsync(shell, Hook);
            if (code != 0 || !run.Calls.Contains("azd env set DUNNING_BUDGET_START 20", StringComparison.Ordinal))
                refused.Add($"{string.Join(' ', values)}: {code} {output} {run.Calls}");
        }
        ScanAssert.Empty(refused);
    }

    private static async Task TellsAllAsync(string shell)
    {
        using var run = new HookRun()
            .With(_smtp)
            .With(("AZURE_LOCATION", "polandcentral"), ("DUNNING_EMAIL", "nobody"), ("DUNNING_SMTP_HOST", ""))
            .With(("DUNNING_SMTP_PASSWORD", "open sesame"));

        var (code, output) = await run.RunAsync(shell, Hook);

        Assert.NotEqual(0, code);
        Assert.Equal(3, output.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        Assert.DoesNotContain("open sesame", output + run.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", output + run.Calls, StringComparison.Ordinal);
    }

    /// <summary>azd keeps answers beside the variables, and not among them.</summary>
    private static async Task ReadsAnswersAsync(string shell)
    {
        using var run = new HookRun()
            .With(_smtp)
            .With(("DUNNING_EMAIL", ""), ("DUNNING_EMAIL_PROVIDER", ""))
            .WithFile(
                ".azure/trial/config.json",
                """
                {
                  "infra": {
                    "parameters": { "company": "Harbour", "emailProvider": "smtp", "replyTo": "a@harbourfinch.co.uk" }
                  }
                }
                """
            );

        var (code, output) = await run.RunAsync(shell, Hook);

        Assert.Equal((0, ""), (code, code == 0 ? "" : output));
    }
}
