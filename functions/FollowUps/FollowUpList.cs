using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.FollowUps;

/// <summary>
/// One list of all that waits for a person, for the API and for a page. It reads the keys of an index, one range per
/// shard, and the rows of the customers on the page; never all invoices.
/// </summary>
public sealed class FollowUpList(
    ReceivablesTable receivables,
    OtherFollowUps others,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <summary>Of what a customer wrote: the list shows many.</summary>
    private const int MaxText = 500;

    internal async Task<FollowUpPage> ReadAsync(FollowUpQuery query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var outside = await others.ReadAsync(cancellationToken);
        var keys = (await Task.WhenAll(receivables.Shards.All.Select(shard => KeysAsync(shard, cancellationToken))))
            .SelectMany(key => key)
            .Concat(outside.Keys)
            .Where(key => query.IncludesLater || IsDue(key, now))
            .OrderBy(key => key.Text, StringComparer.Ordinal)
            .DistinctBy(key => key.Subject)
            .ToList();
        var wanted = keys.Where(key => query.Kind is null || key.Kind == query.Kind)
            .Where(key => string.CompareOrdinal(key.Text, query.Continuation) > 0)
            .ToList();
        var page = wanted.Take(query.Limit).ToList();
        return new FollowUpPage(
            await DescribeAsync(page, outside, cancellationToken),
            page is [.., var last] && wanted.Count > page.Count ? last.Text : null,
            keys.CountBy(key => key.Kind).ToDictionary()
        );
    }

    /// <summary>What is due on a day is listed from the beginning of it.</summary>
    private bool IsDue(FollowUpKey key, DateTimeOffset now) =>
        key.Due <= now || DateOnly.FromDateTime(key.Due.UtcDateTime) <= rules.CreditorToday(now);

    private async Task<IReadOnlyList<FollowUpKey>> KeysAsync(string shard, CancellationToken cancellationToken)
    {
        List<FollowUpKey> keys = [];
        await foreach (var text in receivables.FindFollowUpKeysAsync(shard, cancellationToken))
        {
            if (FollowUpKey.Parse(text) is { } key)
                keys.Add(key);
        }
        return keys;
    }

    private async Task<IReadOnlyList<FollowUpItem>> DescribeAsync(
        IReadOnlyList<FollowUpKey> page,
        IReadOnlyDictionary<FollowUpKey, FollowUpItem> outside,
        CancellationToken cancellationToken
    )
    {
        var accounts = new Dictionary<CustomerId, CustomerAccount?>();
        List<FollowUpItem> items = [];
        foreach (var key in page)
        {
            if (outside.TryGetValue(key, out var other))
            {
                items.Add(other);
                continue;
            }
            if (!accounts.TryGetValue(key.Customer, out var account))
                accounts[key.Customer] = account = await receivables.ReadAsync(key.Customer, cancellationToken);
            if (await FindAsync(key, account, cancellationToken) is { } item)
                items.Add(WithCustomer(item, account?.Customer.Value));
        }
        return
        [
            .. items
                .OrderBy(item => item.Kind)
                .ThenBy(item => item.Due)
                .ThenByDescending(item => item.Amount?.Minor)
                .ThenBy(item => item.Since),
        ];
    }

    /// <returns>Null when it was resolved while the list was read.</returns>
    private async Task<FollowUpItem?> FindAsync(
        FollowUpKey key,
        CustomerAccount? account,
        CancellationToken cancellationToken
    )
    {
        var parts = key.Target.Split('_', 2);
        if (parts is [Keys.FollowUpReply, var sid])
            return
                (await receivables.ReadReplyAsync(key.Customer, sid, cancellationToken))?.Value is { Done: null } reply
                ? OfReply(key, reply)
                : null;
        if (account is null)
            return null;
        if (parts is [Keys.FollowUpNote, var note])
            return account.Customer.Value.Notes.FirstOrDefault(n => n.Id == note) is { Done: null } found
                ? FollowUpItem.Create(key, found.At, id: null) with
                {
                    Text = found.Text,
                }
                : null;
        if (parts is [Keys.FollowUpNotice, var notice])
            return account.Notice(new NoticeId(notice)) is { } waiting && IsNeeded(account, waiting.Value)
                ? OfNotice(key, waiting.Value, account)
                : null;
        var id = new InvoiceId(account.Id, parts[0]);
        var invoice = account.Invoice(parts[0]) ?? await receivables.ReadClosedAsync(id, cancellationToken);
        return invoice is null ? null : OfInvoice(key, invoice.Value, parts[1]);
    }

    private static FollowUpItem OfReply(FollowUpKey key, Reply reply)
    {
        var item = FollowUpItem.Create(key, reply.At, $"{key.Customer}.{reply.Id}") with
        {
            Text = reply.Excerpt(MaxText),
            Invoice = reply is { CustomerId: { } customer, InvoiceIds: [var only] }
                ? new InvoiceId(customer, only)
                : null,
            Plan = reply.Portal is { Parts: { } parts, Date: { } from } ? new RequestedPlan(parts, from) : null,
        };
        if (item is { Kind: FollowUpKind.PlanRequested, Invoice: { } invoice })
            item = item with { Resolve = $"POST /api/invoices/{invoice}/plan" };
        return reply.CustomerId is null
            ? item with
            {
                HoldsUp = HeldUp.Nothing,
                IfNobodyActs = IfNobodyActs.CustomerGetsNoAnswer,
            }
            : item;
    }

    private static FollowUpItem? OfInvoice(FollowUpKey key, Invoice invoice, string id) =>
        invoice.WaitingFollowUps.FirstOrDefault(open => open.Id == id) is { } followUp
            ? FollowUpItem.Create(key, followUp.Since, invoice.Id.ToString()) with
            {
                Invoice = invoice.Id,
                Number = invoice.Document.Number,
                Amount = invoice.Closed is null ? invoice.OpenAmount : null,
                Step = followUp.Step,
                Text = followUp.Text,
            }
            : null;

    /// <summary>
    /// A letter or call that is not begun, and whose reason is gone, is dropped by the next recovery run.
    /// </summary>
    private bool IsNeeded(CustomerAccount account, Notice notice) =>
        !(notice.Channel.IsByPerson() && notice.State is NoticeState.Planned)
        || !PreSendCheck
            .Decide(new DunningContext(account.Customer.Value, rules, clock.GetUtcNow()), notice, account, closed: [])
            .IsPointless;

    private static FollowUpItem OfNotice(FollowUpKey key, Notice notice, CustomerAccount account)
    {
        var invoice = account.InvoicesOf(notice).Select(i => account.Invoice(i.Invoice)?.Value).FirstOrDefault();
        var id = notice.Channel.IsByPerson() ? CustomerNoticeId.Of(notice).ToString() : OtherFollowUps.IdOf(notice);
        return FollowUpItem.Create(key, notice.ClaimedAt ?? notice.PlannedAt, id) with
        {
            Invoice = invoice?.Id,
            Number = invoice?.Document.Number,
            Amount = invoice?.OpenAmount,
            Text = notice.InDoubtReason,
            Waiting = notice.Channel.IsByPerson() ? new WaitingNotice(account, notice) : null,
        };
    }

    private FollowUpItem WithCustomer(FollowUpItem item, Customer? customer) =>
        customer is null
            ? item
            : item with
            {
                CustomerId = customer.Id,
                CustomerName = customer.Name,
                Owner = ContactChannels.AccountManagers(customer, rules) is [{ } owner, ..]
                    ? new FollowUpOwner(owner.Name, owner.Email!)
                    : null,
            };
}
