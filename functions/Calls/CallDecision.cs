using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices;
using Dunning.Invoices.Arrangements;
using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Calls;

/// <summary>What the result of a call changes: the ladder of the invoices at once. Pure.</summary>
internal sealed record CallDecision : IDecision
{
    /// <summary>
    /// Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>: seven rows an invoice.
    /// </summary>
    private const int MaxInvoices = 12;

    /// <summary>Whoever is not called for so long is forgotten.</summary>
    private const int MaxDaysLater = 60;

    public ApiResult? Error { get; private init; }
    public CustomerTransaction? Transaction { get; private init; }

    /// <summary>The invoices of which nothing is demanded any more, or not for now.</summary>
    public IReadOnlyList<InvoiceId> Stopped { get; private init; } = [];

    /// <summary>The invoices that the call was about; none unless it was made.</summary>
    public IReadOnlyList<InvoiceId> About { get; private init; } = [];

    /// <summary>The call with the number that was called; null unless it was made.</summary>
    public Notice? Called { get; private init; }

    /// <summary>Of a wrong number: the next way to the customer follows from it.</summary>
    public DeliveryReport? Report { get; private init; }

    public static CallDecision Decide(
        DunningContext context,
        CallFacts facts,
        Versioned<Notice> notice,
        CallResult result
    )
    {
        var account = facts.Account;
        if (result.Outcome is CallOutcome.CallAgain)
            return Postpone(context, notice, result);
        if (result.Outcome is CallOutcome.NotCalled)
            return new CallDecision
            {
                Transaction = DoneByPerson.Drop(context, account, notice, result.By, result.Note),
            };
        var check = PreSendCheck.Reminder(context, notice.Value, account, closed: []);
        var lines = notice.Value.Lines.Select(line => new InvoiceId(account.Id, line.InvoiceId)).ToList();
        // Whoever was called was called, also when the money came in a moment before.
        List<InvoiceId> about =
        [
            .. check.IsDropped
                ? lines
                : check
                    .NamedIn(notice.Value)
                    .Select(invoice => invoice.Value.Id)
                    .OrderByDescending(lines.Contains)
                    .Take(MaxInvoices),
        ];
        if (result.Invoice is { } named && !about.Exists(id => id.ToString() == named))
            return Refused("invoice", "not_of_this_call", $"send one of {string.Join(", ", about)}");
        var number = result.Number ?? context.Customer.CallNumber;
        return result.Outcome is CallOutcome.WrongNumber
            ? WrongNumber(context, account, notice, about, number, result)
            : Reached(context, facts, notice, about, number, check, result);
    }

    private static CallDecision Reached(
        DunningContext context,
        CallFacts facts,
        Versioned<Notice> notice,
        IReadOnlyList<InvoiceId> about,
        string? number,
        PreSendResult check,
        CallResult result
    )
    {
        var account = facts.Account;
        Dictionary<InvoiceId, (Invoice After, InvoiceEvent? Event)> changed = [];
        foreach (var invoice in account.Invoices.Where(open => IsChanged(open.Value)))
        {
            var decision =
                result.Outcome is CallOutcome.Promise
                    ? PromiseDecision.Record(
                        context,
                        invoice,
                        new PromiseRequest(result.Date!.Value, result.Amount, result.By, result.Note)
                    )
                    : InvoiceRequests.Decide(
                        context,
                        invoice,
                        new InvoiceChangeReading(result.Note, Until: null, result.Amount, result.By),
                        InvoiceChanges.Dispute
                    );
            if (decision.Error is { } error)
                return new CallDecision { Error = error };
            changed.Add(invoice.Value.Id, (decision.Invoices[0], decision.Event));
        }
        if (result.Outcome is not CallOutcome.Reached && changed.Count == 0)
            return new CallDecision
            {
                Error = ApiResult.NotPossibleNow(
                    "The result cannot be recorded",
                    "Nothing is owed any more on the invoices of the call: send the result reached."
                ),
            };
        var called = notice with { Value = notice.Value with { To = number is null ? [] : [number] } };
        var attempt = Attempt(called, about, new SendOutcome.Sent("")) with
        {
            Excluded = check.IsDropped ? [] : check.Excluded,
            Tone = check.Tone,
            Work = new PersonsWork(result.By, context.Today) { Text = result.Note },
        };
        return new CallDecision
        {
            Transaction = DoneByPerson.Decide(context, account, called, attempt, changed, facts.Sent),
            Stopped = [.. changed.Keys],
            About = about,
            Called = called.Value,
        };

        bool IsChanged(Invoice invoice) =>
            result.Outcome is not CallOutcome.Reached
            && about.Contains(invoice.Id)
            && (result.Invoice is null || invoice.Id.ToString() == result.Invoice);
    }

    /// <summary>
    /// As when a provider refuses an address: it is not used again, and the next way takes its place.
    /// </summary>
    private static CallDecision WrongNumber(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        IReadOnlyList<InvoiceId> about,
        string? number,
        CallResult result
    )
    {
        if (number is null)
            return Refused("number", "required", "send the number that was called");
        var reason = result.Note ?? "the number is wrong";
        var called = notice with { Value = notice.Value with { To = [number] } };
        var transaction = SendOutcomeRecorder.CreateTransaction(
            Attempt(called, about, new SendOutcome.Rejected("wrong-number", reason, AddressIsDead: true)) with
            {
                Work = new PersonsWork(result.By, context.Today),
            },
            context.Now
        );
        return new CallDecision
        {
            Transaction = DoneByPerson.GiveUp(transaction, context, account, notice.Value.Id),
            Report = new DeliveryReport(account.Id, notice.Value.Id, number, DeliveryStatus.Dead, reason, context.Now),
        };
    }

    private static CallDecision Postpone(DunningContext context, Versioned<Notice> notice, CallResult result)
    {
        var until = result.Date!.Value;
        if (until <= context.Today || until > context.Today.AddDays(MaxDaysLater))
            return Refused("date", "out_of_range", $"send a day after today, within {MaxDaysLater} days");
        var opens = SendWindow.From(context with { Now = context.InstantOf(until, TimeOnly.MinValue) }, Channel.Call);
        var transaction = new CustomerTransaction(notice.Value.CustomerId).Save(
            notice,
            notice.Value with
            {
                NotBefore = opens,
            }
        );
        foreach (var line in notice.Value.Lines)
            transaction.AddEvent(
                new InvoiceId(notice.Value.CustomerId, line.InvoiceId),
                new(context.Now, EventKind.FollowUpDone)
                {
                    FollowUp = FollowUpKind.Call,
                    Step = line.Step,
                    Date = context.DayOf(opens),
                    By = result.By,
                    Text = result.Note,
                }
            );
        return new CallDecision { Transaction = transaction };
    }

    private static SendAttempt Attempt(Versioned<Notice> called, IReadOnlyList<InvoiceId> about, SendOutcome outcome) =>
        new(called, about, Excluded: [], new MessageEvidence { To = called.Value.To }, outcome);

    private static CallDecision Refused(string field, string code, string fix) =>
        new()
        {
            Error = ApiResult.Invalid(
                CallResult.InvalidTitle,
                [new FieldProblem($"#/{field}", code, $"{field}: {fix}")]
            ),
        };
}
