using Dunning.Notices.Delivery;
using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using NodaTime;

namespace Dunning.Forecast;

/// <summary>
/// One customer's rows in memory, moved from one instant at which something happens to the next: a scan that finds
/// something due, a notice whose time has come, the first run of a month, a payment that is assumed.
/// </summary>
internal sealed class ForecastRun(DunningRules rules, ForecastSchedule schedule, ForecastFacts facts)
{
    /// <summary>As in <see cref="CustomerTransactions"/>: more than any customer has to plan at once.</summary>
    private const int MaxRepetitions = 1000;

    /// <summary>What a message says changes nothing in the rows.</summary>
    private static readonly MessageContent _noContent = new()
    {
        From = "",
        To = [],
        Text = "",
    };

    private readonly List<ForecastMessage> _messages = [];
    private readonly Dictionary<bool, DateTimeOffset> _scanned = [];
    private readonly Dictionary<InvoiceId, DateOnly> _paidOn = new(facts.PaidOn);
    private ForecastFacts _facts = facts;
    private DateOnly _month;

    public IReadOnlyList<ForecastMessage> Messages => _messages;

    public CustomerAccount Account => _facts.Account;

    public void RunUntil(ForecastSpan span)
    {
        // The statements of the month that has begun are planned already.
        _month = StatementPeriod.FirstOfMonth(rules.CreditorToday(span.From)).AddMonths(1);
        var now = span.From;
        while (Next(now) is var (at, step) && at <= span.Until)
        {
            now = at;
            step(at);
        }
    }

    /// <summary>
    /// What happens next: a payment first, which stops messages of the same instant; then a scan, because its messages
    /// are enqueued at once.
    /// </summary>
    private (DateTimeOffset At, Action<DateTimeOffset> Step) Next(DateTimeOffset now)
    {
        (DateTimeOffset At, Action<DateTimeOffset> Step)[] steps =
        [
            (NextPayment(now), PayDue),
            (NextScan(now, upcoming: true), at => Scan(upcoming: true, at)),
            (NextScan(now, upcoming: false), at => Scan(upcoming: false, at)),
            (NextStatements(now), PlanStatement),
            (NextSend(now), SendDue),
        ];
        return steps.MinBy(step => step.At);
    }

    /// <summary>
    /// A scan reads the agenda of the whole hour, and then decides about all of the customer's invoices.
    /// </summary>
    private DateTimeOffset NextScan(DateTimeOffset now, bool upcoming)
    {
        var due = Account
            .Invoices.Select(invoice => invoice.Value.Dunning.Next)
            .Where(next => next?.IsUpcoming == upcoming)
            .Select(next => (DateTimeOffset?)next!.At)
            .Min();
        if (due is not { } at)
            return DateTimeOffset.MaxValue;
        var from = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour));
        if (_scanned.TryGetValue(upcoming, out var last) && last >= from)
            from = last.AddTicks(1);
        return schedule.NextScan(upcoming, from > now ? from : now);
    }

    private DateTimeOffset NextSend(DateTimeOffset now) =>
        Waiting.Select(notice => notice.Value.NotBefore).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() is var at
        && at < now
            ? now
            : at;

    private DateTimeOffset NextStatements(DateTimeOffset now)
    {
        if (_facts.History is null)
            return DateTimeOffset.MaxValue;
        var begin = rules.CreditorTimeZone.AtStartOfDay(LocalDate.FromDateOnly(_month)).ToDateTimeOffset();
        return schedule.NextStatements(begin > now ? begin.ToUniversalTime() : now);
    }

    private DateTimeOffset NextPayment(DateTimeOffset now) =>
        _paidOn.Values.Select(PaidAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() is var at && at < now ? now : at;

    /// <summary>Noon, as good as any hour.</summary>
    private DateTimeOffset PaidAt(DateOnly day) =>
        rules.InstantOf(Account.Customer.Value, day, new TimeOnly(12, 0)).ToUniversalTime();

    private void PayDue(DateTimeOffset now)
    {
        foreach (var (id, day) in _paidOn.Where(paid => PaidAt(paid.Value) <= now).ToList())
        {
            _paidOn.Remove(id);
            if (Account.Invoice(id.Invoice) is { Value.OpenAmount.IsPositive: true } invoice)
                Apply(Pay(invoice, day, ContextAt(now)));
        }
    }

    private CustomerTransaction Pay(Versioned<Invoice> invoice, DateOnly day, DunningContext context)
    {
        var change = new PaymentChange(PaymentChangeKind.Payment, "assumed", [], [], invoice.Value.OpenAmount)
        {
            ValueDate = day,
        };
        var paid = new PaymentEvent("assumed", "payment", context.Now, Live: true, [change]);
        var ledger = LedgerOf(invoice.Value.Id).Select(entry => new Versioned<LedgerEntry>(entry, default)).ToList();
        return Settlement
            .Decide(
                context,
                new PaidInvoice(invoice, Account, ledger),
                new SourcedPaymentChange(LedgerEntry.RecordedByHand, paid, change)
            )
            .Transaction;
    }

    private IEnumerable<Versioned<Notice>> Waiting =>
        Account.Notices.Where(notice => notice.Value.State is NoticeState.Planned or NoticeState.Printed);

    private void Scan(bool upcoming, DateTimeOffset now)
    {
        _scanned[upcoming] = now;
        for (var count = 0; ReminderPlan.Decide(ContextAt(now), Account) is { } plan; count++)
        {
            if (count == MaxRepetitions)
                throw new InvalidOperationException($"Customer {Account.Id} has something due after every plan.");
            // Two plans of one second have the same id: the scan tries again until the second is over.
            if (_facts.After(plan) is { } after)
                _facts = after;
            else
                now = now.AddSeconds(1);
        }
    }

    private void PlanStatement(DateTimeOffset now)
    {
        var month = _month;
        _month = month.AddMonths(1);
        var context = ContextAt(now);
        if (
            StatementPlan.NeedsMonthly(context.Customer, month)
            && StatementPlan.DecideMonthly(context, Account, _facts.CurrentHistory!, month) is { } plan
        )
            Apply(plan);
    }

    private void SendDue(DateTimeOffset now)
    {
        var due = Waiting.Where(notice => notice.Value.NotBefore <= now).OrderBy(notice => notice.Value.Channel);
        foreach (var notice in due.ToList())
            Send(Account.Notice(notice.Value.Id)!, ContextAt(now));
    }

    private void Send(Versioned<Notice> notice, DunningContext context)
    {
        var check = PreSendCheck.Decide(context, notice.Value, Account, _facts.ClosedOf(notice.Value));
        var checkedNotice = new CheckedNotice(notice, check, _facts.SentFor(notice.Value));
        if (check.Until is { } until)
            Apply(
                NoticeWait.Decide(context, notice, notice.Value with { NotBefore = until }, check.WhyWait).Transaction
            );
        else if (check.IsDropped)
            Apply(DeliveryTransactions.Drop(context, Account, checkedNotice));
        else
            Send(checkedNotice, context);
    }

    private void Send(CheckedNotice ready, DunningContext context)
    {
        var (notice, check, _) = ready;
        var charges = ChargeReader.Decide(context, notice.Value, check, _facts.Ledgers);
        var request = new SendRequest(notice.Value, context.Customer, check)
        {
            SentAt = context.Now,
            Charges = charges,
        };
        _messages.Add(ForecastMessage.Create(context, request));
        var evidence = new MessageEvidence();
        var message = new PreparedMessage([], null, evidence, _noContent);
        if (notice.Value.Channel.IsByPerson())
        {
            Apply(DoneAtOnce(ready with { Charges = charges }, context));
            List<InvoiceId> named = [.. check.NamedIn(notice.Value).Select(invoice => invoice.Value.Id)];
            while (DoneByPerson.ClaimNamedAlong(Account, notice.Value, named, context.Today) is { } claim)
                Apply(claim);
            return;
        }
        Apply(
            DeliveryTransactions.Claim(context, Account, ready with { Charges = charges }, message, claim: "forecast")
        );
        foreach (var claim in DeliveryTransactions.ClaimUnnamed(notice.Value, check))
            Apply(claim);
        var attempt = new SendAttempt(
            Account.Notice(notice.Value.Id)!,
            [.. check.NamedIn(notice.Value).Select(invoice => invoice.Value.Id)],
            check.Excluded,
            evidence,
            new SendOutcome.Sent("forecast")
        );
        PostCharges(Account.Notice(notice.Value.Id)!.Value, context);
        Apply(SendOutcomeRecorder.CreateTransaction(attempt, context.Now));
    }

    /// <summary>A person posts the letter, or calls, on the day on which it is due.</summary>
    private CustomerTransaction DoneAtOnce(CheckedNotice ready, DunningContext context)
    {
        var (notice, check, _) = ready;
        var named = check.NamedIn(notice.Value);
        PostCharges(notice.Value with { Charges = [.. DeliveryTransactions.PlannedOf(context, ready)] }, context);
        var attempt = new SendAttempt(
            notice,
            [.. named.Select(invoice => invoice.Value.Id)],
            check.Excluded,
            new MessageEvidence(),
            new SendOutcome.Sent("forecast")
        )
        {
            Tone = check.Tone,
            Work = new PersonsWork("forecast", context.Today),
        };
        return DoneByPerson.Decide(context, Account, notice, attempt, sent: ready.Sent);
    }

    private void PostCharges(Notice notice, DunningContext context)
    {
        foreach (var planned in notice.Charges)
        {
            if (
                Account.Invoice(planned.InvoiceId) is { } invoice
                && planned.Post(invoice, LedgerOf(invoice.Value.Id), notice, context.Now) is { } posted
            )
                Apply(posted);
        }
    }

    private IReadOnlyList<LedgerEntry> LedgerOf(InvoiceId invoice) => _facts.Ledgers.GetValueOrDefault(invoice) ?? [];

    private DunningContext ContextAt(DateTimeOffset now) => new(Account.Customer.Value, rules, now);

    private void Apply(CustomerTransaction transaction) =>
        _facts =
            _facts.After(transaction)
            ?? throw new InvalidOperationException($"A transaction of customer {Account.Id} does not fit its rows.");
}
