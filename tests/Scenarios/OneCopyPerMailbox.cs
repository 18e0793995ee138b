using Dunning.Tests.Fixtures;
using MimeKit;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Two copies in one mailbox look like two reminders, whatever the capitals (shared/fixtures/reports, section 19). The
/// same over both email providers.
/// </summary>
public abstract class OneCopyPerMailbox : Scenario
{
    /// <summary>To and Cc of every email, in the order in which they were sent.</summary>
    private protected abstract IReadOnlyList<(string To, string Cc)> Sent { get; }

    [Fact]
    public async Task A_reminder_and_a_thank_you_go_to_each_mailbox_once_To_before_Cc()
    {
        await PostInvoiceAsync(
            Invoice(
                "HF-1",
                customer: Customer(
                    email: "ap@bücher.example",
                    contacts:
                    [
                        Contact("AP", "AP@xn--bcher-kva.example", cc: true),
                        Contact("AP", "ap@BÜCHER.example", cc: true),
                        Contact("Head", "head@kopie.example", cc: true),
                        Contact("Head again", "Head@Kopie.example", cc: true),
                    ]
                )
            )
        );
        await AdvanceToAsync("2026-03-19T09:00Z");
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await AdvanceToAsync("2026-03-20T09:00Z");

        var expected = ("ap@xn--bcher-kva.example", "head@kopie.example");
        Assert.Equal([expected, expected], Sent);
    }

    [Fact]
    public async Task An_escalation_copy_goes_to_each_mailbox_once_and_to_none_that_the_reminder_goes_to()
    {
        await PostInvoiceAsync(
            Invoice(
                "HF-1",
                customer: Customer(
                    contacts:
                    [
                        Contact("Tom, too", "TOM@amberley.example", role: "management"),
                        Contact("Ruth", "ruth@amberley.example", role: "management"),
                        Contact("Ruth again", "Ruth@Amberley.example", role: "management"),
                        Contact("Ann", "ann@amberley.example", cc: true),
                        Contact("Ann", "ANN@amberley.example", role: "management"),
                        Contact("Maya", "maya@harbourfinch.example", role: "accountManager"),
                        Contact("Maya", "MAYA@harbourfinch.example", role: "accountManager"),
                    ]
                )
            )
        );
        await AdvanceDailyAsync("2026-03-16", "2026-03-30");

        var reminder = ("tom@amberley.example", "ann@amberley.example");
        Assert.Equal(
            [reminder, reminder, reminder, reminder, ("ruth@amberley.example", "maya@harbourfinch.example")],
            Sent.OrderBy(mail => mail != reminder)
        );
    }

    [Fact]
    public async Task No_escalation_copy_is_planned_when_each_of_its_readers_gets_the_reminder()
    {
        await PostInvoiceAsync(
            Invoice(
                "HF-1",
                customer: Customer(contacts: [Contact("Maya", "Maya@HarbourFinch.example", role: "boss", cc: true)])
            )
        );
        await AdvanceDailyAsync("2026-03-16", "2026-03-30");

        Assert.Equal(4, Sent.Count);
        Assert.All(Sent, mail => Assert.Equal(("tom@amberley.example", "Maya@HarbourFinch.example"), mail));
    }

    [Fact]
    public async Task A_follow_up_goes_to_each_mailbox_once()
    {
        await PostInvoiceAsync(
            Invoice(
                "HF-1",
                customer: Customer(
                    contacts:
                    [
                        Contact("Maya", "maya@harbourfinch.example", role: "accountManager"),
                        Contact("Maya", "MAYA@harbourfinch.example", role: "accountManager"),
                        Contact("Joe", "joe@harbourfinch.example", role: "accountManager"),
                    ]
                )
            )
        );
        await AdvanceDailyAsync("2026-03-31", "2026-04-06");

        Assert.Contains(("maya@harbourfinch.example", "joe@harbourfinch.example"), Sent);
        Assert.All(Sent, mail => Assert.DoesNotContain("MAYA", mail.To + mail.Cc, StringComparison.Ordinal));
    }

    [FixtureFact]
    public async Task The_reported_reminder_goes_to_two_mailboxes()
    {
        using var content = new StringContent(
            SharedFixtures.Text("reports/same-mailbox-in-to-and-cc.invoice.json"),
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
        );
        using var answer = await Http.PostAsync("api/invoices", content);
        Assert.True(answer.IsSuccessStatusCode);
        await AdvanceDailyAsync("2026-03-05", "2026-03-10");

        Assert.Equal([("ap@kopie.example", "head@kopie.example")], Sent);
    }

    private static object Contact(string name, string email, string? role = null, bool cc = false) =>
        new
        {
            name,
            email,
            role,
            cc,
        };
}

[Trait("Category", "Long")]
public sealed class OneCopyPerMailboxByAcs : OneCopyPerMailbox
{
    private protected override IReadOnlyList<(string To, string Cc)> Sent =>
        [.. Emails.Select(mail => (Addresses(mail.To), Addresses(mail.Cc)))];

    private static string Addresses(IEnumerable<string> mailboxes) =>
        string.Join(
            ' ',
            mailboxes.Select(mailbox => mailbox.Split('<', '>') is [_, var address, _] ? address : mailbox)
        );
}

[Trait("Category", "Long")]
public sealed class OneCopyPerMailboxBySmtp : OneCopyPerMailbox, IAsyncLifetime
{
    private readonly SmtpSink _sink = new();

    protected override Dictionary<string, string?> Settings =>
        new()
        {
            ["Email:Provider"] = "smtp",
            ["Email:ConnectionString"] = null,
            ["Email:Host"] = _sink.Host,
            ["Email:Port"] = _sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Email:Tls"] = "none",
        };

    private protected override IReadOnlyList<(string To, string Cc)> Sent =>
        [.. _sink.Received.Select(mail => HeadersOf(mail.Raw))];

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _sink.DisposeAsync();
    }

    private static (string To, string Cc) HeadersOf(string raw)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw));
        var message = MimeMessage.Load(stream);
        return (Addresses(message.To), Addresses(message.Cc));
    }

    private static string Addresses(InternetAddressList list) =>
        string.Join(' ', list.Mailboxes.Select(mailbox => mailbox.GetAddress(idnEncode: true)));
}
