using System.Globalization;
using Dunning.Notices.Email;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// Email by SMTP: a mail server cannot be queried, so a notice stays in doubt when the host is killed between claim and
/// record. Kills after a transaction (in particular the claim) and before one (the record).
/// </summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class MailServerKills(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private const string ReportEntry = "Kills around a transaction, mail by SMTP";

    private static int Points => FaultFixture.Full ? 40 / FaultFixture.Stride : 3;

    [Fact]
    public async Task An_email_whose_outcome_cannot_be_queried_is_in_doubt_and_never_sent_again()
    {
        var (baseline, transactions) = await RunBaselineAsync();
        var table = new FaultTable(baseline);
        for (var i = 0; i < Points * 2; i++)
        {
            var (point, after) = (transactions * (i / 2 * 2 + 1) / (2 * Points), i % 2 == 1);
            var seenTransactions = 0;
            await using var run = await ScenarioRun.OpenAsync(fixture);
            var result = await RunAsync(
                run,
                request =>
                    !request.IsTransaction || Interlocked.Increment(ref seenTransactions) != point ? Fault.None
                    : after ? Fault.KillAfter
                    : Fault.KillBefore
            );
            table.Add(
                $"SMTP: connections cut {(after ? "after" : "before")} a transaction",
                string.Create(CultureInfo.InvariantCulture, $"transaction {point}"),
                result
            );
        }
        FaultReport.Finish(
            output,
            ReportEntry,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Points * 2} kills at {Points} of {transactions} transactions; "
                    + $"{table.Total.InDoubtSent + table.Total.InDoubtNotSent} mails in doubt"
            ),
            table
        );
        Assert.Empty(table.Failures);
    }

    private async Task<(RunResult Calm, int Transactions)> RunBaselineAsync()
    {
        var transactions = 0;
        await using var run = await ScenarioRun.OpenAsync(fixture);
        var baseline = await RunAsync(
            run,
            request =>
            {
                Interlocked.Add(ref transactions, request.IsTransaction ? 1 : 0);
                return Fault.None;
            }
        );
        return (baseline, transactions);
    }

    private static async Task<RunResult> RunAsync(ScenarioRun run, Func<OutgoingRequest, Fault> faultPlan)
    {
        await using var server = new SmtpSink();
        var beforeTheMorning = 0;
        var result = await run.RunAsync(
            scenario => scenario.OneMorning[..2],
            part =>
            {
                if (part == 0)
                    return null;
                beforeTheMorning = server.Received.Count;
                return new HostRun(HostKind.InProcess, faultPlan);
            },
            UseMailServer
        );
        return result with
        {
            Accepted =
            [
                .. result.Accepted,
                .. server.Received.Select((mail, n) => ToAcceptedMessage(mail, isOfTheMorning: n >= beforeTheMorning)),
            ],
        };

        void UseMailServer(IServiceCollection services, IConfiguration settings) =>
            services.AddSingleton<IEmailGateway>(
                new SmtpEmailGateway(
                    new SmtpOptions(server.Host, server.Port, MailTls.None, null, null, TimeSpan.FromSeconds(30)),
                    TimeProvider.System
                )
            );
    }

    /// <summary>
    /// Every email is a reminder, a copy of one, or the confirmation of a plan; the first recipient identifies it.
    /// </summary>
    private static AcceptedMessage ToAcceptedMessage(ReceivedMail mail, bool isOfTheMorning) =>
        new(
            mail.To[0],
            mail.Raw.Contains("payment plan", StringComparison.Ordinal) ? "payment plan" : "",
            false,
            0,
            isOfTheMorning ? new DateOnly(2026, 3, 19) : new DateOnly(2026, 3, 2)
        );
}
