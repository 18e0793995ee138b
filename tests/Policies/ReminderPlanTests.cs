using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class ReminderPlanTests
{
    /// <summary>A Tuesday on which the invoices of 2, 9 and 12 February reach third, second and first.</summary>
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-17T09:00Z");

    [Fact]
    public void Nothing_due_is_nothing_to_do()
    {
        Assert.Null(
            Decide(
                TestData.Customer(),
                Due("2026-02-12", "1")
                    .WithDunning(dunning => dunning with { Next = new(new StepId("first"), _now.AddMinutes(1), false) })
            )
        );
        Assert.Null(
            Decide(TestData.Customer(), Due("2026-02-12", "1").WithDunning(dunning => dunning with { Next = null }))
        );
    }

    [Fact]
    public void Three_invoices_share_one_mail_in_the_tone_of_the_highest_step()
    {
        var (first, second, third) = (
            Due("2026-02-12", "1"),
            Due("2026-02-09", "2", "second"),
            Due("2026-02-02", "3", "third")
        );

        var plan = Decide(TestData.Customer(), first, second, third)!;

        var mail = Assert.Single(plan.PlannedNotices, n => n.Channel is Channel.Email);
        Assert.Equal(NoticeTone.Firm, mail.Tone);
        Assert.Equal("20260217090000-email", mail.Id.Value);
        Assert.Equal(
            [(third.Id.Invoice, "third"), (second.Id.Invoice, "second"), (first.Id.Invoice, "first")],
            mail.Lines.Select(l => (l.InvoiceId, l.Step?.Value))
        );
        Assert.Equal(
            [third.Id.Invoice],
            Assert.Single(plan.PlannedNotices, n => n.Channel is Channel.Escalation).Lines.Select(l => l.InvoiceId)
        );
        Assert.Equal(["third", "second", "first"], plan.All<Invoice>().Select(i => i.Dunning.Step?.Value));
        Assert.Equal(plan.PlannedNotices, plan.All<Notice>());
    }

    [Fact]
    public void The_customer_remembers_when_and_how_firmly_it_was_written_to()
    {
        var customer = Decide(TestData.Customer(), Due("2026-02-12", "1"))!.One<Customer>();

        Assert.Equal(
            new LastNotice(new NoticeId("20260217090000-email"), TestData.Day("2026-02-17"), NoticeTone.Friendly),
            customer.LastNotices[Channel.Email]
        );
        Assert.DoesNotContain(Channel.Sms, customer.LastNotices.Keys);
    }

    [Fact]
    public void The_same_facts_give_the_same_names_so_a_second_try_cannot_send_a_second_mail()
    {
        var invoice = Due("2026-02-12", "1");

        Assert.Equal(
            Decide(TestData.Customer(), invoice)!.PlannedNotices[0].OperationId,
            Decide(TestData.Customer(), invoice)!.PlannedNotices[0].OperationId
        );
    }

    [Fact]
    public void One_local_date_that_comes_twice_gives_two_names()
    {
        // 18 February in Tokyo; eight hours later the customer is in Los Angeles, where it is 17 February, and the next
        // morning is the 18th again.
        var (tokyo, west) = (
            TestData.Customer() with
            {
                TimeZone = "Asia/Tokyo",
                Country = null,
            },
            TestData.Customer() with
            {
                TimeZone = "America/Los_Angeles",
                Country = null,
            }
        );
        var (first, again) = (TestData.Time("2026-02-18T00:00Z"), TestData.Time("2026-02-18T17:00Z"));

        var names = new[] { (tokyo, first), (west, again) }
            .Select(on =>
                Decisions
                    .Plan(
                        TestData.Account(
                            on.Item1,
                            Due("2026-02-12", "1")
                                .WithDunning(dunning =>
                                    dunning with
                                    {
                                        Next = new(new StepId("first"), first, IsUpcoming: false),
                                    }
                                )
                        ),
                        Rules.Default,
                        on.Item2
                    )!
                    .PlannedNotices[0]
            )
            .ToList();

        Assert.Equal(TestData.Day("2026-02-18"), Rules.Default.Today(west, again));
        Assert.NotEqual(names[0].Id, names[1].Id);
        Assert.NotEqual(names[0].OperationId, names[1].OperationId);
    }

    [Fact]
    public void A_text_waits_for_its_own_window()
    {
        var customer = TestData.Customer() with { Phone = "+442071234567" };
        var at = TestData.Time("2026-02-16T08:15Z");

        var plan = Decisions.Plan(
            TestData.Account(
                customer,
                TestData
                    .Invoice("2026-02-09")
                    .WithDunning(dunning =>
                        dunning with
                        {
                            Step = new("first"),
                            ScheduleStart = TestData.Day("2026-02-02"),
                            Next = new(new StepId("second"), at, false),
                        }
                    )
            ),
            Rules.Default,
            at
        )!;

        Assert.Equal(
            [(Channel.Email, at), (Channel.Sms, TestData.Time("2026-02-16T09:00Z"))],
            plan.PlannedNotices.Select(n => (n.Channel, n.NotBefore))
        );
    }

    [Fact]
    public void With_only_a_phone_the_reminder_is_a_text() =>
        Assert.Equal(
            [Channel.Sms],
            Decide(TestData.Customer() with { Email = null, Phone = "+442071234567" }, Due("2026-02-12", "1"))!
                .PlannedNotices.Select(n => n.Channel)
        );

    [Theory]
    [InlineData("2026-02-17T22:00Z", "2026-02-18T09:00Z", EventReason.OutsideSendWindow)]
    [InlineData("2026-02-21T12:00Z", "2026-02-23T09:00Z", EventReason.NonBusinessDay)]
    [InlineData("2026-02-18T05:00Z", "2026-02-18T09:00Z", EventReason.OutsideSendWindow)]
    public void Outside_the_window_every_invoice_waits_for_the_next_morning(string now, string next, EventReason reason)
    {
        var plan = Decisions.Plan(
            TestData.Account(TestData.Customer(), Due("2026-02-12", "1"), Due("2026-02-09", "2")),
            Rules.Default,
            TestData.Time(now)
        )!;

        Assert.Empty(plan.PlannedNotices);
        Assert.All(plan.All<InvoiceEvent>(), e => Assert.Equal((EventKind.Postponed, reason), (e.Kind, e.Reason)));
        Assert.All(plan.All<InvoiceEvent>(), e => Assert.Equal(TestData.Time(next), e.Snapshot!.Next!.At));
        Assert.Equal(2, plan.All<InvoiceEvent>().Count);
        Assert.All(plan.All<Invoice>(), i => Assert.Equal(TestData.Time(next), i.Dunning.Next!.At));
        Assert.Equal(2, plan.All<Invoice>().Count);
        Assert.All(plan.All<Invoice>(), i => Assert.Null(i.Dunning.Step));
    }

    [Fact]
    public void A_step_that_needs_approval_puts_the_invoice_on_hold_and_sends_a_follow_up()
    {
        var now = TestData.Time("2026-03-04T09:00Z");
        var invoice = TestData
            .Invoice("2026-02-02")
            .WithDunning(dunning => dunning with { Step = new("call"), Next = new(new StepId("final"), now, false) });

        var plan = Decisions.Plan(TestData.Account(TestData.Customer(), invoice), Rules.Default, now)!;

        var task = Assert.Single(plan.PlannedNotices);
        Assert.Equal((Channel.Escalation, NoticeTone.FollowUp), (task.Channel, task.Tone));
        Assert.StartsWith("The final notice is ready", task.FollowUp!.Text, StringComparison.Ordinal);
        Assert.Equal("final", plan.One<Invoice>().Dunning.Hold!.ApprovalFor?.Value);
        Assert.Empty(plan.One<Customer>().LastNotices);
        Assert.Equal([invoice.AgendaKey!], plan.Deleted());
    }

    [Fact]
    public void Without_an_account_manager_the_follow_up_is_an_event_and_no_message_is_sent()
    {
        var now = TestData.Time("2026-02-23T09:00Z");
        var invoice = TestData
            .Invoice("2026-02-02")
            .WithDunning(dunning => dunning with { Step = new("third"), Next = new(new StepId("call"), now, false) });

        var plan = Decisions.Plan(
            TestData.Account(TestData.Customer(), invoice),
            Rules.Default with
            {
                AccountManager = null,
            },
            now
        )!;

        Assert.Empty(plan.PlannedNotices);
        Assert.Equal([EventKind.TaskForPerson], plan.EventKinds());
    }

    [Fact]
    public void More_due_invoices_than_one_transaction_holds_are_processed_in_several_and_sent_once()
    {
        var invoices = Enumerable
            .Range(0, ReminderPlan.MaxInvoices + 3)
            .Select(n => Due("2026-02-12", $"n{n}"))
            .ToArray();

        var one = Decide(TestData.Customer(), invoices)!;
        var done = one.All<Invoice>().ToDictionary(i => i.Id);
        var two = Decide(one.One<Customer>(), [.. invoices.Select(i => done.GetValueOrDefault(i.Id, i))])!;

        Assert.Equal(ReminderPlan.MaxInvoices, done.Count);
        Assert.Equal(ReminderPlan.MaxInvoices, Assert.Single(one.PlannedNotices).Lines.Count);
        Assert.Empty(two.PlannedNotices);
        Assert.Equal(3, two.All<Invoice>().Count);
        // Today's email lists what else is overdue when it is sent: only tomorrow it is known what it listed.
        Assert.Equal([EventKind.Postponed, EventKind.Postponed, EventKind.Postponed], two.EventKinds());
        Assert.All(two.All<Invoice>(), i => Assert.Equal(TestData.Time("2026-02-18T09:00Z"), i.Dunning.Next!.At));
    }

    [Fact]
    public void The_highest_steps_go_first_when_not_all_can()
    {
        var light = Enumerable.Range(0, ReminderPlan.MaxInvoices).Select(n => Due("2026-02-12", $"n{n}"));
        var firm = Due("2026-02-02", "firm", "third");

        Assert.Equal(NoticeTone.Firm, Decide(TestData.Customer(), [.. light, firm])!.PlannedNotices[0].Tone);
    }

    [Theory]
    [InlineData("2026-02-17T09:00Z")]
    [InlineData("2026-03-17T09:00Z")]
    [InlineData("2026-05-05T09:00Z")]
    public void After_any_gap_the_changes_fit_one_transaction(string now)
    {
        var customer = TestData.Customer() with { Phone = "+442071234567" };
        var invoices = Enumerable
            .Range(0, 20)
            .Select(n =>
                Due("2026-02-02", $"n{n}")
                    .WithDunning(dunning =>
                        dunning with
                        {
                            Next = new(new StepId("first"), TestData.Time("2026-02-05T09:00Z"), false),
                        }
                    )
            );

        var transaction = Decisions
            .Plan(TestData.Account(customer, [.. invoices]), Rules.Default, TestData.Time(now))!
            .Transaction;

        Assert.InRange(transaction.Rows.Count, 12, CustomerTransaction.MaxRows);
        Assert.Equal(transaction.Rows.Count, transaction.Rows.DistinctBy(r => r.Key).Count());
    }

    private static Invoice Due(string due, string number, string step = "first") =>
        TestData
            .Invoice(due, number)
            .WithDunning(dunning => dunning with { Next = new(new StepId(step), _now, IsUpcoming: false) });

    private static CustomerTransaction? Decide(Customer customer, params Invoice[] invoices) =>
        Decisions.Plan(TestData.Account(customer, invoices), Rules.Default, _now);
}
