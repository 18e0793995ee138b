using Dunning.Invoices;
using Dunning.Local;
using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Replies;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Fuzzing;

namespace Dunning.Tests.Replies;

/// <summary>A customer with a phone number only, and more invoices than fit a transaction, opts in again.</summary>
public sealed class RepeatedReplyTests
{
    private const string Phone = "+4930123456";
    private const int Count = 70;

    private static readonly DateTimeOffset _now = TestData.Time("2026-01-05T10:00Z");
    private readonly MovableClock _clock = new(_now, frozen: true);
    private readonly MemoryTable _book = new();
    private readonly Lookup _lookup = new(new MemoryTable());
    private readonly Queues _queues = new(new MemoryQueues());
    private int _commits = int.MaxValue;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_repeated_delivery_finishes_what_a_crash_left_undone(int commitsBeforeCrash)
    {
        await PostInvoicesAsync();
        await ReplyAsync("SM1", ReplyMeaning.Stop);
        await ReplyAsync("SM2", ReplyMeaning.Stop);
        await StopRemindersAsync();

        _commits = commitsBeforeCrash;
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReplyAsync("SM3", ReplyMeaning.Start));
        Assert.InRange(await WithoutStepAsync(), 1, Count);
        _commits = int.MaxValue;
        await ReplyAsync("SM3", ReplyMeaning.Start);

        Assert.Equal(0, await WithoutStepAsync());
    }

    [Fact]
    public async Task Another_writer_in_between_leaves_no_invoice_without_its_step()
    {
        await PostInvoicesAsync();
        await ReplyAsync("SM1", ReplyMeaning.Stop);
        await StopRemindersAsync();

        await ReplyAsync("SM2", ReplyMeaning.Start);

        Assert.Equal(0, await WithoutStepAsync());
    }

    private ReceivablesTable Book =>
        new(
            _book,
            new Shards(Shards.DefaultCount),
            _ =>
            {
                if (--_commits == 0)
                    throw new InvalidOperationException("The process stops after this commit.");
            }
        );

    private CustomerTransactions Transactions =>
        new(Book, Rules.Default, SavedPolicies.Of(_book, _clock), _queues, _clock);

    private async Task PostInvoicesAsync()
    {
        var intake = new InvoiceIntake(
            Book,
            _lookup,
            Transactions,
            SavedPolicies.Of(_book, _clock),
            new Corrections(
                Book,
                _lookup,
                new PaymentPosting(Book, Transactions, Rules.Default),
                Transactions,
                Rules.Default
            ),
            NoDocuments.Store,
            Rules.Default,
            _queues,
            _clock
        );
        for (var number = 0; number < Count; number++)
        {
            var document = TestData.Document("2026-01-20", $"n{number}");
            var (accepted, _) = await intake.AcceptAsync(
                document with
                {
                    Customer = document.Customer with { Email = null, Phone = Phone },
                },
                default
            );
            Assert.NotNull(accepted);
        }
    }

    private Task ReplyAsync(string sid, ReplyMeaning meaning) =>
        new ReplyIntake(Book, _lookup, Transactions, Rules.Default).SaveAsync(
            new Reply(sid, Phone, null, meaning.ToString(), meaning, _now),
            default
        );

    /// <summary>As the scan does for a customer without an address.</summary>
    private async Task StopRemindersAsync()
    {
        var customerId = Assert.Single(await _lookup.FindAddressAsync(Phone, default));
        var account = (await Book.ReadAsync(customerId, default))!;
        foreach (var invoice in account.Invoices.Where(i => i.Value.Dunning.Next is not null))
            await Book.TryCommitAsync(
                new CustomerTransaction(customerId).Save(
                    invoice,
                    invoice.Value with
                    {
                        Dunning = invoice.Value.Dunning with { Next = null },
                    }
                ),
                default
            );
        Assert.Equal(Count, await WithoutStepAsync());
    }

    private async Task<int> WithoutStepAsync()
    {
        var customerId = Assert.Single(await _lookup.FindAddressAsync(Phone, default));
        return (await Book.ReadAsync(customerId, default))!.Invoices.Count(i => i.Value.Dunning.Next is null);
    }
}
