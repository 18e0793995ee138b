using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Receivables.Storage;

public sealed class CustomerTransactionTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-05T09:00Z");
    private static readonly Invoice _open = TestData
        .Invoice()
        .WithDunning(dunning => dunning with { Next = new(new StepId("first"), _now, IsUpcoming: false) });
    private static readonly Invoice _closed = _open with
    {
        Dunning = _open.Dunning with { Next = null },
        Closed = new(ClosedAs.Settled, _now, ClosedBy.Ledger),
    };

    [Fact]
    public void A_new_invoice_brings_its_agenda_row()
    {
        var transaction = Move().Save(before: null, _open);

        Assert.Equal([_open.AgendaKey!, Keys.Invoice(_open.Id)], transaction.Inserted());
        Assert.Equal("first", transaction.One<IndexRow>().Names);
    }

    [Fact]
    public void An_invoice_without_a_step_to_come_has_no_agenda_row() =>
        Assert.Equal(
            [Keys.Invoice(_open.Id)],
            Move().Save(before: null, _open with { Dunning = _open.Dunning with { Next = null } }).Inserted()
        );

    [Fact]
    public void Another_hour_replaces_the_agenda_row_and_another_minute_does_not()
    {
        var hour = Move()
            .Save(
                TestData.Versioned(_open),
                _open with
                {
                    Dunning = _open.Dunning with { Next = _open.Dunning.Next! with { At = _now.AddHours(1) } },
                }
            );
        var minute = Move()
            .Save(
                TestData.Versioned(_open),
                _open with
                {
                    Dunning = _open.Dunning with { Next = _open.Dunning.Next! with { At = _now.AddMinutes(20) } },
                }
            );

        Assert.Equal([_open.AgendaKey!], hour.Deleted());
        Assert.Equal([Keys.Agenda(false, _now.AddHours(1), _open.Id)], hour.Inserted());
        Assert.Equal([Keys.Invoice(_open.Id)], minute.Rows.Select(r => r.Key));
    }

    [Fact]
    public void A_step_that_passes_the_due_date_moves_from_one_agenda_to_the_other()
    {
        var upcoming = _open with
        {
            Dunning = _open.Dunning with { Next = _open.Dunning.Next! with { IsUpcoming = true } },
        };

        var transaction = Move().Save(TestData.Versioned(upcoming), _open);

        Assert.Equal([upcoming.AgendaKey!], transaction.Deleted());
        Assert.Equal([_open.AgendaKey!], transaction.Inserted());
    }

    [Fact]
    public void A_change_names_the_version_that_was_read()
    {
        var read = TestData.Versioned(_open);

        var row = Assert.Single(
            Move().Save(read, _open with { Document = _open.Document with { Number = "1043" } }).Rows
        );

        Assert.Equal(read.Version, row.Version);
    }

    [Fact]
    public void Closing_moves_the_row_out_of_the_live_ones_and_clears_the_agenda()
    {
        var read = TestData.Versioned(_open);

        var transaction = Move().Save(read, _closed);

        Assert.Equal([_open.AgendaKey!, Keys.Invoice(_open.Id)], transaction.Deleted());
        Assert.Equal([_closed.RetentionKey!, Keys.Closed(_open.Id)], transaction.Inserted());
        Assert.Equal(read.Version, transaction.Rows.Single(r => r.Key == Keys.Invoice(_open.Id)).Version);
    }

    [Fact]
    public void Reopening_moves_it_back()
    {
        var read = TestData.Versioned(_closed);

        var transaction = Move().Save(read, _open);

        Assert.Equal([_closed.RetentionKey!, Keys.Closed(_open.Id)], transaction.Deleted());
        Assert.Equal([_open.AgendaKey!, Keys.Invoice(_open.Id)], transaction.Inserted());
        Assert.Equal(read.Version, transaction.Rows.Single(r => r.Key == Keys.Closed(_open.Id)).Version);
    }

    [Fact]
    public void A_notice_is_found_by_its_hour_until_it_is_gone()
    {
        var (planned, later) = (Notice(), Notice() with { NotBefore = _now.AddHours(2) });

        Assert.Equal(
            [Keys.Outbox(planned), Keys.Notice(TestData.CustomerId, planned.Id)],
            Move().Save(before: null, planned).Inserted()
        );
        var waits = Move().Save(TestData.Versioned(planned), later);
        Assert.Equal([Keys.Outbox(planned)], waits.Deleted());
        Assert.Equal([Keys.Outbox(later)], waits.Inserted());
        Assert.Equal(
            [Keys.Outbox(later), Keys.Notice(TestData.CustomerId, later.Id)],
            Move().Delete(TestData.Versioned(later)).Deleted()
        );
    }

    [Fact]
    public void A_claimed_notice_keeps_its_place_in_the_outbox() =>
        Assert.Equal(
            [Keys.Notice(TestData.CustomerId, Notice().Id)],
            Move()
                .Save(TestData.Versioned(Notice()), Notice() with { State = NoticeState.Sending })
                .Rows.Select(r => r.Key)
        );

    [Fact]
    public void Events_keep_their_order_in_time_and_within_the_transaction()
    {
        var transaction = Move();
        foreach (var (minutes, what) in new[] { (1, "b"), (1, "c"), (0, "a") })
            transaction.AddEvent(_open.Id, new(_now.AddMinutes(minutes), EventKind.Replied) { Text = what });

        var sorted = transaction
            .Rows.OrderBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => ((InvoiceEvent)r.Value!).Text);
        Assert.Equal(["a", "b", "c"], sorted);
        Assert.All(transaction.Rows, r => Assert.StartsWith(Keys.Events(_open.Id), r.Key, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_transactions_of_one_instant_write_separate_event_rows()
    {
        var invoiceEvent = new InvoiceEvent(_now, EventKind.Paid);

        Assert.NotEqual(
            Move().AddEvent(_open.Id, invoiceEvent).Rows[0].Key,
            Move().AddEvent(_open.Id, invoiceEvent).Rows[0].Key
        );
    }

    [Fact]
    public void No_row_occurs_twice_in_one_transaction()
    {
        var other = TestData.Invoice(number: "1043").WithDunning(dunning => dunning with { Next = _open.Dunning.Next });
        var transaction = Move()
            .Save(TestData.Versioned(TestData.Customer()), TestData.Customer())
            .Save(TestData.Versioned(_open), _closed)
            .Save(before: null, other)
            .Save(before: null, Notice());
        for (var n = 0; n < 20; n++)
            transaction.AddEvent(_open.Id, new(_now, EventKind.Updated));

        Assert.Equal(transaction.Rows.Count, transaction.Rows.DistinctBy(r => r.Key).Count());
    }

    internal static Notice Notice() =>
        new()
        {
            Id = new("20260205-email"),
            CustomerId = TestData.CustomerId,
            Channel = Channel.Email,
            Tone = NoticeTone.Friendly,
            Lines = [new(_open.Id.Invoice, new StepId("first"))],
            PlannedAt = _now,
            NotBefore = _now,
        };

    private static CustomerTransaction Move() => new(TestData.CustomerId);
}
