using System.Globalization;
using System.Text.Json;
using Dunning.Http;
using Dunning.Jobs;
using Dunning.Payments.Ledger;
using Dunning.Payments.Providers.Bank;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.BankFiles;

/// <summary>The job of a bank file: some hundred movements per slice.</summary>
public sealed class BankFileRunner(
    BankMatching matching,
    WebhookIntake intake,
    Inbox inbox,
    PaymentFeedRows feeds,
    JobFiles files,
    TimeProvider clock
) : IJobRunner
{
    private const int LinesPerSlice = 250;
    private const int RecentDays = 7;

    /// <summary>Its statements are one feed, and one partition of the inbox.</summary>
    internal static readonly WebhookEndpoint Endpoint = new() { Provider = BankProvider.Name, Key = "statements" };

    public JobKind Kind => JobKind.BankFile;

    public async Task<JobSlice> RunSliceAsync(Job job, CancellationToken cancellationToken)
    {
        var input = await files.ReadInputAsync<BankFileInput>(job.Id, cancellationToken);
        var file = input.Read();
        var from = job.Position is null ? 0 : int.Parse(job.Position, CultureInfo.InvariantCulture);
        var total = file.Lines.Count + file.Unreadable.Count;
        var until = Math.Min(from + LinesPerSlice, total);
        // An old file says nothing of the payments of these days.
        var now = clock.GetUtcNow();
        if (!input.IsDryRun && file.Lines.Any(line => line.Date >= PaymentFeed.DayOf(now.AddDays(-RecentDays))))
            await feeds.RecordAsync(Endpoint.Id, BankProvider.Name, now, cancellationToken);

        List<BankFileLine> lines =
        [
            .. file
                .Unreadable.Where(line => IsIn(line.Number))
                .Select(line => new BankFileLine(
                    line.Number,
                    BankOutcome.Unreadable,
                    null,
                    null,
                    null,
                    null,
                    [],
                    line.Problem
                )),
            .. await ImportAsync(
                [.. file.Lines.Where(line => IsIn(line.Number))],
                job,
                input.IsDryRun,
                cancellationToken
            ),
        ];
        var summary = new BankFileSummary(
            file.Format,
            total,
            input.IsDryRun,
            lines.CountBy(line => line.Outcome).ToDictionary()
        );
        await files.SaveSliceAsync<BankFileSummary>(
            job,
            lines.OrderBy(line => line.Line),
            summary.Plus,
            cancellationToken
        );
        return new JobSlice(
            until < total ? until.ToString(CultureInfo.InvariantCulture) : null,
            total == 0 ? 100 : 100 * until / total,
            until - from
        );

        bool IsIn(int number) => number > from && number <= until;
    }

    private async Task<IReadOnlyList<BankFileLine>> ImportAsync(
        IReadOnlyList<BankLine> lines,
        Job job,
        bool isDryRun,
        CancellationToken cancellationToken
    )
    {
        List<BankFileLine> done =
        [
            .. lines.Where(line => !line.Amount.IsPositive).Select(line => ViewOf(line, BankOutcome.NotIncoming)),
        ];
        List<BankLine> incoming = [];
        foreach (var line in lines.Where(line => line.Amount.IsPositive))
        {
            if (await FindAsync(line, cancellationToken) is not { } known)
                incoming.Add(line);
            // This slice was done before, and its process ended before it said so.
            else if (known.Job == job.Id)
                done.Add(ViewOf(line, known));
            else
                done.Add(ViewOf(line, BankOutcome.AlreadyImported));
        }
        foreach (var (line, reading) in await matching.DecideAsync(incoming, cancellationToken))
        {
            var payment = PaymentOf(line, reading, job);
            var isSaved =
                isDryRun
                || await intake.SaveAsync(
                    Endpoint,
                    new WebhookRequest([], JsonSerializer.SerializeToUtf8Bytes(payment, Rows.Json)),
                    cancellationToken
                )
                    is not IntakeResult.TooLarge;
            done.Add(
                isSaved
                    ? ViewOf(line, payment)
                    : ViewOf(line, BankOutcome.Unreadable) with
                    {
                        Why = "Its text is too long: record the payment by hand.",
                    }
            );
        }
        return done;
    }

    /// <returns>The movement as it was imported; null when it is new.</returns>
    private async Task<BankPayment?> FindAsync(BankLine line, CancellationToken cancellationToken)
    {
        var key = new PaymentReceived(Endpoint.Id, WebhookIntake.DeliveryIdOf(line.Id));
        return await inbox.ReadAsync(key, cancellationToken) is not { Value: var delivery } ? null
            : delivery.IsErased ? new BankPayment(line.Id, "", line.Date, line.Amount, null, null, "", [], [], null)
            : JsonSerializer.Deserialize<BankPayment>(delivery.ToRequest().Body.Span, Rows.Json);
    }

    private static BankPayment PaymentOf(BankLine line, BankReading reading, Job job) =>
        new(
            line.Id,
            job.Id,
            line.Date,
            line.Amount,
            line.Payer,
            line.Reference,
            line.Text,
            [.. reading.Parts.Select(part => PartOf(part.Debt, part.Amount))],
            [.. reading.Suggestions.Select(debt => PartOf(debt, debt.Open))],
            reading.Why
        );

    private static BankPart PartOf(PayableInvoice debt, Money amount) =>
        new(debt.Invoice.ToString(), debt.Number, amount);

    private static BankFileLine ViewOf(BankLine line, BankPayment payment) =>
        ViewOf(
            line,
            payment.Parts.Count > 0 ? BankOutcome.Matched
                : payment.Suggestions.Count > 0 ? BankOutcome.Suggested
                : BankOutcome.Left
        ) with
        {
            Invoices =
            [
                .. payment
                    .Parts.Concat(payment.Suggestions)
                    .Select(part => new PaidInvoiceView(part.Invoice, part.Number, MoneyView.Of(part.Amount))),
            ],
            Why = payment.Why,
        };

    private static BankFileLine ViewOf(BankLine line, BankOutcome outcome) =>
        new(line.Number, outcome, line.Date, MoneyView.Of(line.Amount), line.Payer, line.Text, [], null);
}
