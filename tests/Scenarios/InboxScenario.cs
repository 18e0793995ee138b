using System.Globalization;
using Dunning.Replies.Mail;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A customer with an invoice, and the inbox to which it replies.</summary>
public abstract class InboxScenario : Scenario
{
    protected const string Tom = "Tom Amber <tom@amberley.example>";

    protected ImapSink Server { get; } = new();

    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["Inbox:Host"] = "127.0.0.1",
            ["Inbox:Port"] = Server.Port.ToString(CultureInfo.InvariantCulture),
            ["Inbox:Tls"] = "none",
            ["Inbox:User"] = "accounts",
            ["Inbox:Password"] = "secret-of-the-inbox",
        };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PostInvoiceAsync(Invoice("HF-1"));
    }

    protected override async Task AfterAsync() => await Server.DisposeAsync();

    protected async Task ReadAsync()
    {
        await Host.RunTimerAsync(nameof(FetchMail));
        await Host.PumpAsync();
    }

    protected async Task<IReadOnlyList<string>> RepliesAsync() =>
        [
            .. (await ReceivedRepliesAsync())
                .Select(reply => reply.GetProperty("body").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
}
