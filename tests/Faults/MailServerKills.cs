using System.Globalization;
using Dunning.Notices.Email;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// Mail by SMTP: no server can be asked what became of a mail, so a host that dies between its claim and its record
/// leaves it in doubt. It dies after a transaction (the claim, most of all) or before one (the record).
/// </summary>
[Trait("Category", "Faults")]
public sealed class MailServerKills(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    private const string What = "Kills around a transaction, mail by SMTP";

    private static int Points => FaultLab.Full ? 40 / FaultLab.Stride : 3;

    [Fact]
    public async Task A_mail_that_nobody_can_be_asked_about_is_in_doubt_and_never_sent_again()
    {
        var (calm, transactions) = await CalmAsync();
        var table = new FaultTable(calm);
        for (var i = 0; i < Points * 2; i++)
        {
            var (point, after) = (transactions * (i / 2 * 2 + 1) / (2 * Points), i % 2 == 1);
            var seen = 0;
            await using var run = await FaultRun.OpenAsync(lab);
            var result = await RunAsync(
                run,
                passage =>
                    !passage.IsTransaction || Interlocked.Increment(ref seen) != point ? Fault.Pass
                    : after ? Fault.DieAfter
                    : Fault.DieBefore
            );
            table.Add(
                $"SMTP: wire cut {(after ? "after" : "before")} a transaction",
                string.Create(CultureInfo.InvariantCulture, $"transaction {point}"),
                result
            );
        }
        FaultReport.End(
            output,
            What,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Points * 2} kills at {Points} of {transactions} transactions; "
                    + $"{table.Total.DoubtLeft + table.Total.DoubtNotLeft} mails in doubt"
            ),
            table
        );
        Assert.Empty(table.Findings);
    }

    private async Task<(RunResult Calm, int Transactions)> CalmAsync()
    {
        var transactions = 0;
        await using var run = await FaultRun.OpenAsync(lab);
        var calm = await RunAsync(
            run,
            passage =>
            {
                Interlocked.Add(ref transactions, passage.IsTransaction ? 1 : 0);
                return Fault.Pass;
            }
        );
        return (calm, transactions);
    }

    private static async Task<RunResult> RunAsync(FaultRun run, Func<Passage, Fault> faultPlan)
    {
        await using var server = new SmtpSink();
        var result = await run.RunAsync(
            script => script.OneMorning[..2],
            part => part == 1 ? new HostRun(Home.Here, faultPlan) : null,
            ByMailServer
        );
        return result with { Deliveries = [.. result.Deliveries, .. server.Received.Select(DeliveryOf)] };

        void ByMailServer(IServiceCollection services, IConfiguration settings) =>
            services.AddSingleton<IEmailGateway>(
                new SmtpEmailGateway(
                    new SmtpOptions(server.Host, server.Port, SmtpTls.None, null, null, TimeSpan.FromSeconds(30)),
                    TimeProvider.System
                )
            );
    }

    /// <summary>
    /// Every mail of the first morning is a reminder or a copy of one; which, its first recipient tells.
    /// </summary>
    private static Delivery DeliveryOf(ReceivedMail mail) => new(mail.To[0], "", false, 0, new DateOnly(2026, 3, 19));
}
