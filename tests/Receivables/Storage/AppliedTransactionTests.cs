using Azure.Data.Tables;
using Dunning.Invoices.Arrangements;
using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Policies;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Receivables.Storage;

/// <summary>Random decisions about a customer, committed to the emulator and applied in memory.</summary>
[Trait("Category", "Long")]
public sealed class AppliedTransactionTests(AccountFixture account) : IClassFixture<AccountFixture>
{
    private const int Invoices = 7;

    private static readonly CustomerId _id = TestData.CustomerId;

    private static readonly Shards _shards = new(TestAccount.FewShards);

    private readonly List<SentMessage> _sent = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_decisions_the_rows_in_memory_are_those_in_storage(int seed)
    {
        var random = new Random(seed);
        var table = await OpenAsync($"dunning{seed}");
        var now = Time("2026-02-02T09:00Z");
        var memory = await FillAsync(table, random, now);
        var changes = 0;
        for (var turn = 0; turn < 150; turn++)
        {
            now = now.AddHours(random.Next(1, 20));
            var decide = Decision(random.Next(10), random.Next(Invoices), random.Next(1, 20));
            var stored = (await table.ReadAsync(_id, CancellationToken.None))!;
            if (decide(Decisions.ContextOf(stored, Rules.Default, now), stored) is not { } committed)
                continue;
            var applied = decide(Decisions.ContextOf(memory, Rules.Default, now), memory)!;
            Assert.True(await table.TryCommitAsync(committed, CancellationToken.None));
            memory = memory.After(applied)!;
            changes++;
            _sent.AddRange(applied.All<SentMessage>());

            stored = (await table.ReadAsync(_id, CancellationToken.None))!;
            Assert.Equal(Text(stored), Text(memory));
            // Its rows have other versions now.
            Assert.False(await table.TryCommitAsync(committed, CancellationToken.None));
            Assert.Null(memory.After(applied));
        }
        Assert.True(changes > 60, $"Only {changes} changes.");
    }

    [Fact]
    public void Rows_of_another_kind_change_nothing_and_a_row_is_inserted_only_once()
    {
        var memory = Account(Customer(), Invoice(number: "1"));
        var second = Versioned(Invoice(number: "2")).Value;
        var insertion = new CustomerTransaction(_id).Save(before: null, second);

        var after = memory.After(insertion)!;

        Assert.Equal(2, after.Invoices.Count);
        Assert.Null(after.After(insertion));
        Assert.Null(memory.After(new CustomerTransaction(_id).Delete(after.Invoice(second.Id.Invoice)!)));
        var events = new CustomerTransaction(_id).AddEvent(second.Id, new(default, EventKind.Held));
        Assert.Equal(Text(after), Text(after.After(events)!));
    }

    private static string Text(CustomerAccount rows) =>
        string.Join(
            '\n',
            rows.Invoices.Select(invoice => (object)invoice.Value)
                .Concat(rows.Notices.Select(notice => notice.Value))
                .Append(rows.Customer.Value)
                .Select(Dunning.Receivables.Storage.Rows.Serialise)
        );

    private async Task<ReceivablesTable> OpenAsync(string name)
    {
        var table = new TableClient(account.ConnectionString, name);
        await table.CreateIfNotExistsAsync();
        return new ReceivablesTable(table, _shards);
    }

    private static async Task<CustomerAccount> FillAsync(ReceivablesTable table, Random random, DateTimeOffset now)
    {
        var customer = Customer() with { Phone = "+447700900111" };
        var context = new DunningContext(customer, Rules.Default, now);
        var transaction = new CustomerTransaction(_id).Save(before: null, customer);
        for (var i = 0; i < Invoices; i++)
        {
            var invoice = Invoice($"2026-02-{random.Next(1, 28):D2}", $"{i}");
            transaction.Save(before: null, Schedule.Recalculate(context, invoice));
        }
        Assert.True(await table.TryCommitAsync(transaction, CancellationToken.None));
        return (await table.ReadAsync(_id, CancellationToken.None))!;
    }

    private Func<DunningContext, CustomerAccount, CustomerTransaction?> Decision(int kind, int number, int days) =>
        kind switch
        {
            0 or 1 or 2 => ReminderPlan.Decide,
            3 or 4 or 5 => Send,
            6 => (context, rows) =>
                Find(rows, number) is { } invoice
                    ? PromiseDecision
                        .Record(
                            context,
                            invoice,
                            new PromiseRequest(context.Today.AddDays(days), Amount: null, By: null, Note: null)
                        )
                        .Transaction
                    : null,
            7 => (context, rows) =>
                Find(rows, number) is { } invoice
                    ? PlanDecision
                        .Agree(context, invoice, BookModel.EqualParts(3, context.Today.AddDays(days), days))
                        .Transaction
                    : null,
            8 => (context, rows) =>
                Find(rows, number) is { } invoice
                    ? ExtensionDecision
                        .Decide(context, invoice, new ExtensionRequest(context.Today.AddDays(days), "Maya", null))
                        .Transaction
                    : null,
            // Closed or on hold.
            _ => (context, rows) => Find(rows, number) is { } invoice ? Stop(context, invoice, isVoid: days < 6) : null,
        };

    private static CustomerTransaction Stop(DunningContext context, Versioned<Invoice> invoice, bool isVoid) =>
        new CustomerTransaction(_id).Save(
            invoice,
            Schedule.Recalculate(
                context,
                isVoid
                    ? invoice.Value with
                    {
                        Closed = new(ClosedAs.Void, context.Now, ClosedBy.Person),
                    }
                    : invoice.Value.WithHold(new(HoldReason.Requested, context.Now, context.Today.AddDays(3)))
            )
        );

    private CustomerTransaction? Send(DunningContext context, CustomerAccount rows)
    {
        if (rows.Notices is not [var notice, ..])
            return null;
        if (notice.Value.State is NoticeState.Sending)
            return SendOutcomeRecorder.CreateTransaction(
                new SendAttempt(notice, [.. rows.InvoicesOf(notice.Value)], [], null, new SendOutcome.Sent("1")),
                context.Now
            );
        var check = PreSendCheck.Decide(context, notice.Value, rows, []);
        var ready = new CheckedNotice(notice, check, _sent);
        return check.Until is { } until
                ? new CustomerTransaction(_id).Save(notice, notice.Value with { NotBefore = until })
            : check.IsDropped ? DeliveryTransactions.Drop(context, rows, ready)
            : DeliveryTransactions.Claim(context, rows, ready, _message, "claim");
    }

    private static readonly PreparedMessage _message = new(
        ["a@b.example"],
        "hash",
        new MessageEvidence(),
        new MessageContent
        {
            From = "c@d.example",
            To = ["a@b.example"],
            Text = "…",
        }
    );

    private static Versioned<Invoice>? Find(CustomerAccount rows, int number) =>
        rows.Invoices.ElementAtOrDefault(number);
}
