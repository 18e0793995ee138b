using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// <c>GET /api/manage/recover</c>: notices in doubt, stalled notices and poison messages, each with its cause, age,
/// subject and the possible decisions. (Routes that begin with <c>admin</c> are reserved by the Functions host.)
/// </summary>
public sealed class ListFailures(ReceivablesTable receivables, Failures failures, TimeProvider clock)
{
    [Function(nameof(ListFailures))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/recover")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        List<RecoverRow> inDoubt = [],
            stalled = [],
            poisoned = [];
        await foreach (var unsent in receivables.FindUnsentAsync(now, cancellationToken))
        {
            if (unsent.Notice?.Value is not { } notice)
                stalled.Add(RecoverRow.Unreadable(unsent));
            else if (notice.IsInDoubt(now))
                inDoubt.Add(
                    RecoverRow.InDoubt(notice, await NamesAsync(unsent.Account!, notice, cancellationToken), now)
                );
            else if (notice.IsStalled(now))
                stalled.Add(
                    RecoverRow.Stalled(notice, await NamesAsync(unsent.Account!, notice, cancellationToken), now)
                );
        }
        foreach (var failure in await failures.FindPoisonedAsync(cancellationToken))
            poisoned.Add(await RowAsync(failure.Value, now, cancellationToken));
        return ApiResult.Ok(
            new
            {
                InDoubt = inDoubt,
                Stalled = stalled,
                Poisoned = poisoned,
            }
        );
    }

    private async Task<RecoverRow> RowAsync(Failure failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = RecoverRow.Poisoned(failure, now);
        if (FailedMessage.NoticeOf(failure) is not { } ready)
            return row;
        var (_, account) = await receivables.TryReadAsync(ready.CustomerId, cancellationToken);
        return account?.Notice(ready.NoticeId) is { } notice
            ? row.WithNotice(notice.Value, await NamesAsync(account, notice.Value, cancellationToken))
            : row with
            {
                CustomerId = ready.CustomerId,
                Notice = ready.NoticeId,
            };
    }

    private async Task<IReadOnlyList<InvoiceName>> NamesAsync(
        CustomerAccount account,
        Notice notice,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceName> names = [];
        foreach (var id in account.InvoicesOf(notice))
        {
            var invoice = account.Invoice(id.Invoice) ?? await receivables.ReadClosedAsync(id, cancellationToken);
            names.Add(new(id.ToString(), invoice?.Value.Document.Number));
        }
        return names;
    }
}
