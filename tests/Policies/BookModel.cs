using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Arrangements;
using Dunning.Notices.Delivery;
using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies;

/// <summary>What one message asked for.</summary>
internal sealed record AskedFor(DateOnly On, Channel Channel, string Number, Money Amount, NoticeTone Tone);

/// <summary>
/// One customer's rows in memory, changed by the real decisions: days of reminders in a few milliseconds.
/// </summary>
internal sealed class BookModel
{
    private readonly Dictionary<string, object> _rows = [];

    public DateTimeOffset Now { get; private set; } = Time("2026-03-02T08:00Z");
    public List<AskedFor> Demands { get; } = [];

    private static DunningRules TheRules => Rules.Default;

    public CustomerAccount Account =>
        new(
            Versioned(All<Customer>().DefaultIfEmpty(Customer()).First()),
            [.. All<Invoice>().Where(i => i.Closed is null).OrderBy(i => i.Id.Invoice).Select(Versioned)],
            [.. All<Notice>().Select(Versioned)]
        );

    public IEnumerable<Invoice> Invoices => All<Invoice>().OrderBy(i => i.Document.Number, StringComparer.Ordinal);

    private DunningContext Context => new(Account.Customer.Value, TheRules, Now);

    public Invoice Find(string number) => Invoices.Single(i => i.Document.Number == number);

    public void Post(string number, long cents, string due, params Discount[] discounts)
    {
        var document = Document(due, number) with
        {
            AmountDue = Eur(cents),
            IssueDate = Day("2026-03-02"),
            Discounts = discounts.Length == 0 ? null : discounts,
        };
        var account = All<Customer>().Any() ? Account : null;
        var id = InvoiceId.Create(TestData.CustomerId, "api", number);
        Apply(IntakeDecision.Decide(document, new StoredInvoice(id, account, Known: null), TheRules, Now).Transaction);
    }

    public void Pay(string number, string paymentId, long cents, DateOnly on) =>
        Book(number, new PaymentChange(PaymentChangeKind.Payment, paymentId, [], [], Eur(cents)) { ValueDate = on });

    public void Credit(string number, string creditId, long cents) =>
        Book(number, new PaymentChange(PaymentChangeKind.CreditNote, creditId, [], [], Eur(cents)));

    public void Promise(string number, DateOnly on, long? cents = null) =>
        Change(
            number,
            invoice =>
                PromiseDecision.Record(
                    Context,
                    invoice,
                    new PromiseRequest(on, cents is { } c ? Eur(c) : null, "Maya", null)
                )
        );

    public void Plan(string number, int parts, DateOnly from, int everyDays) =>
        Change(number, invoice => PlanDecision.Agree(Context, invoice, EqualParts(parts, from, everyDays)));

    public void Extend(string number, DateOnly due) =>
        Change(number, invoice => ExtensionDecision.Decide(Context, invoice, new ExtensionRequest(due, "Maya", null)));

    public void Dispute(string number, long cents) =>
        Change(
            number,
            invoice =>
            {
                var (changed, said, _) = InvoiceChanges.Dispute(
                    invoice.Value,
                    new InvoiceChangeReading("why", null, Eur(cents)),
                    Now
                );
                return changed is null || said is null
                    ? ChangeDecision.Unchanged(invoice.Value)
                    : ChangeDecision.Unchanged(changed) with
                    {
                        Transaction = new CustomerTransaction(TestData.CustomerId).Save(
                            invoice,
                            Schedule.Recalculate(Context, changed)
                        ),
                    };
            }
        );

    /// <summary>Plans and sends what is due at nine o'clock.</summary>
    public void Morning(DateOnly day)
    {
        Now = new DateTimeOffset(day, new TimeOnly(9, 0), TimeSpan.Zero);
        while (ReminderPlan.Decide(Context, Account) is { } planned)
            Apply(planned);
        foreach (var notice in Account.Notices.Where(n => n.Value.NotBefore <= Now))
            Send(notice.Value, day);
    }

    public static PlanRequest EqualParts(int parts, DateOnly from, int everyDays) =>
        JsonOf($$"""{"parts":{{parts}},"from":"{{from:yyyy-MM-dd}}","everyDays":{{everyDays}},"by":"Maya"}""");

    private static PlanRequest JsonOf(string json) =>
        JsonBody.Read(System.Text.Encoding.UTF8.GetBytes(json), "", PlanRequest.Read).Value!;

    private void Send(Notice notice, DateOnly day)
    {
        var account = Account;
        var closed = All<Invoice>().Where(i => i.Closed is not null).Select(Versioned).ToList();
        var check = PreSendCheck.Decide(Context, notice, account, closed);
        if (check.Until is not null)
            return;
        Remove(notice);
        var excluded = check.Excluded.Select(e => e.InvoiceId).ToList();
        foreach (var (_, after) in StepRollback.Decide(Context, account, new UnsentReminder(notice, excluded, [])))
            Put(after);
        if (check.Invoices.Count == 0)
        {
            if (account.Customer.Value.LastNotices.GetValueOrDefault(notice.Channel)?.NoticeId == notice.Id)
                Put(
                    account.Customer.Value with
                    {
                        LastNotices = account
                            .Customer.Value.LastNotices.Where(n => n.Key != notice.Channel)
                            .ToDictionary(),
                    }
                );
            return;
        }
        foreach (var invoice in check.Invoices.Select(i => i.Value))
        {
            if (notice.IsReminder)
                Demands.Add(
                    new(day, notice.Channel, invoice.Document.Number, Demand.Of(invoice, day)!.Amount, check.Tone)
                );
            Put(Find(invoice.Document.Number).ClaimedBy(notice));
        }
        Put(account.Customer.Value.Reminded(notice, day));
    }

    private void Book(string number, PaymentChange change)
    {
        var invoice = Find(number);
        var ledger = All<LedgerEntry>().Where(e => e.InvoiceId == invoice.Id.Invoice).Select(Versioned).ToList();
        var source = new PaymentEvent(change.ObjectId, "payment", Now, Live: true, [change]);
        Apply(
            Settlement
                .Decide(
                    Context,
                    new PaidInvoice(Versioned(invoice), Account, ledger),
                    new SourcedPaymentChange("bank", source, change)
                )
                .Transaction
        );
    }

    private void Change(string number, Func<Versioned<Invoice>, ChangeDecision> decide) =>
        Apply(decide(Versioned(Find(number))).Transaction);

    private void Apply(CustomerTransaction? transaction)
    {
        foreach (var row in transaction?.Rows ?? [])
        {
            if (row.Value is null)
                _rows.Remove(row.Key);
            else
                _rows[row.Key] = row.Value;
        }
    }

    private void Put(Invoice invoice) =>
        Apply(new CustomerTransaction(TestData.CustomerId).Save(before: null, invoice));

    private void Put(Customer customer) =>
        Apply(new CustomerTransaction(TestData.CustomerId).Save(before: null, customer));

    private void Remove(Notice notice) => Apply(new CustomerTransaction(TestData.CustomerId).Delete(Versioned(notice)));

    private IEnumerable<T> All<T>() => _rows.Values.OfType<T>();
}
