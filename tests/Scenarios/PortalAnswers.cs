using Dunning.Receivables;
using Dunning.Tests.Portal;

namespace Dunning.Tests.Scenarios;

/// <summary>What customers answer on the portal, and what follows from it.</summary>
[Trait("Category", "Long")]
public sealed class PortalAnswers : PortalScenario
{
    [Fact]
    public async Task Each_email_has_a_link_that_stays_valid_when_later_ones_come_and_copies_have_none()
    {
        await PostInvoiceAsync(
            Invoice(
                "A-1",
                customer: Customer(
                    contacts:
                    [
                        new
                        {
                            name = "Ruth",
                            email = "ruth@amberley.example",
                            role = "management",
                        },
                    ]
                )
            )
        );
        await AdvanceDailyAsync("2026-03-09", "2026-03-30");

        var links = LettersTo("tom@amberley.example").Select(mail => LinkPattern().Match(mail.Plain).Value).ToList();
        Assert.True(links.Count >= 3, $"{links.Count} emails");
        Assert.Equal(links.Count, links.Distinct().Count());
        foreach (var link in links)
            Assert.Contains("A-1", await ReadAsync(link), StringComparison.Ordinal);
        Assert.DoesNotMatch(LinkPattern(), Assert.Single(LettersTo("ruth@amberley.example")).Plain);
        Assert.All(Emails, mail => Assert.DoesNotContain("api/portal", mail.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_message_has_the_link_in_two_segments_and_in_Malaysia_none()
    {
        await PostInvoiceAsync(Invoice("A-1", customer: Customer(email: null, phone: "+447700900456")));
        await PostInvoiceAsync(
            Invoice(
                "M-1",
                customer: Customer(
                    "melati",
                    email: null,
                    phone: "+60123456789",
                    zone: "Asia/Kuala_Lumpur",
                    country: "MY"
                )
            )
        );
        await AdvanceDailyAsync("2026-03-16", "2026-03-26");
        // In the morning of Kuala Lumpur.
        await AdvanceToAsync("2026-03-27T03:00Z");

        var british = SmsMessages.Where(sms => sms.To == "+447700900456").ToList();
        var malaysian = SmsMessages.Where(sms => sms.To == "+60123456789").ToList();
        Assert.NotEmpty(malaysian);
        Assert.All(british, sms => Assert.Matches(LinkPattern(), sms.Body));
        Assert.All(british, sms => Assert.True(sms.Body.Length <= 306, sms.Body));
        Assert.All(malaysian, sms => Assert.DoesNotMatch(LinkPattern(), sms.Body));
    }

    [Fact]
    public async Task A_promise_within_the_bounds_pauses_at_once_and_the_reminders_go_on_when_it_is_broken()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);

        var check = await GiveAsync(
            link,
            "willPay",
            ("invoices", id),
            ("date", "2026-03-13"),
            ("text", "after the fair")
        );
        Assert.Contains("We wait until 17 Mar 2026", check, StringComparison.Ordinal);
        Assert.Equal("promised", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-03", "2026-03-17");
        Assert.Empty(Emails);
        Assert.Contains("We wait until 17 Mar 2026", await ReadAsync(link), StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-18", "2026-03-18");

        Assert.Single(Emails, mail => mail.Subject.Contains("A-1", StringComparison.Ordinal));
        Assert.Contains("promiseBroken", await EventsAsync(id));
        Assert.Contains("we have not seen the payment", await ReadAsync(link), StringComparison.Ordinal);
        Assert.Equal(PortalAnswer.By, (await StoredAsync(id)).Agreements.PastPromises.Single().By);
    }

    [Fact]
    public async Task A_promise_is_kept_by_the_payment_and_the_customer_sees_it()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);
        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-03-13"));

        Host.Clock.SetTo(At("2026-03-12T12:00Z"));
        await PayAsync(id, "119.00", "2026-03-12");

        var page = await ReadAsync(link);
        Assert.Contains("You owe nothing", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is open any more", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_beyond_the_bounds_and_a_day_moved_twice_are_for_a_person()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);

        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-03-10"));
        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-03-12"));
        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-03-14"));
        await GiveAsync(link, "willPay", ("invoices", id), ("date", "2026-04-14"));

        Assert.Equal(new DateOnly(2026, 3, 12), (await StoredAsync(id)).Agreements.Promise!.On);
        var replies = await RepliesAsync(id);
        Assert.Equal(2, replies.Count(reply => reply is { Meaning: ReplyMeaning.AsksForTime, IsOpen: true }));
        var followUps = await Http.GetStringAsync("api/manage/follow-ups");
        Assert.Contains("Will pay A-1 on 14 Apr 2026", followUps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_claimed_to_be_paid_rests_until_the_payment_comes()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);

        var check = await GiveAsync(
            link,
            "hasPaid",
            ("invoice", id),
            ("paidOn", "2026-03-01"),
            ("reference", "A1 MARCH")
        );
        Assert.Contains("No reminders for this invoice until 9 Mar 2026", check, StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-03", "2026-03-09");
        Assert.Empty(Emails);
        Assert.Contains("paymentClaimed", await Http.GetStringAsync("api/manage/follow-ups"), StringComparison.Ordinal);
        Assert.Contains("No reminders until 9 Mar 2026", await ReadAsync(link), StringComparison.Ordinal);
        await PayAsync(id, "19.00", "2026-03-02");

        var invoice = await StoredAsync(id);
        Assert.Null(invoice.Payments.Pending);
        Assert.Empty(invoice.FollowUps);
        await AdvanceDailyAsync("2026-03-10", "2026-03-12");
        Assert.Contains(Emails, mail => mail.Plain!.Contains("100.00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_claim_without_a_payment_is_a_persons_and_nothing_is_sent()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);
        await GiveAsync(link, "hasPaid", ("invoice", id), ("paidOn", "2026-03-01"));

        await AdvanceDailyAsync("2026-03-03", "2026-03-20");

        Assert.Equal(HoldReason.PaymentMissing, (await StoredAsync(id)).Dunning.Hold!.Reason);
        Assert.Empty(LettersTo("tom@amberley.example"));
        Assert.Contains("We have not found the payment yet", await ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_disputed_half_the_next_reminder_asks_for_the_other_half()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", "120.00", due: "2026-03-02"));
        var link = await LinkAsync(id);

        var check = await GiveAsync(
            link,
            "complaint",
            ("invoice", id),
            ("matter", "goods"),
            ("disputed", "60,00"),
            ("text", "half of it was broken")
        );
        Assert.Contains("GBP 60.00 of A-1 is in dispute", check, StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-03", "2026-03-06");

        var reminder = Assert.Single(LettersTo("tom@amberley.example"));
        Assert.Contains("Amount due: GBP 60.00", reminder.Plain, StringComparison.Ordinal);
        Assert.Equal("half of it was broken", Assert.Single(await RepliesAsync(id)).Portal!.Text);
        Assert.Contains("In dispute. Maya Finch answers you", await ReadAsync(link), StringComparison.Ordinal);
        await ChangeAsync(id, "resume", new { by = "Maya" });
        Assert.Contains("The dispute is over", await ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_are_asked_of_the_owner_and_nothing_is_sent_until_there_is_an_answer()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", "100.00", due: "2026-03-02"));
        var link = await LinkAsync(id);

        var check = await GiveAsync(link, "inParts", ("invoice", id), ("parts", "3"), ("from", "2026-03-15"));
        Assert.Contains("GBP 33.34 by 15 Mar 2026", check, StringComparison.Ordinal);
        Assert.Contains("GBP 33.33 by 15 May 2026", check, StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        Assert.Empty(LettersTo("tom@amberley.example"));
        Assert.Contains("planRequested", await Http.GetStringAsync("api/manage/follow-ups"), StringComparison.Ordinal);
        Assert.Null((await StoredAsync(id)).Agreements.Plan);
    }

    [Fact]
    public async Task A_plan_that_a_person_agrees_answers_the_wish_for_it_and_all_reminders_go_on()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", "100.00", due: "2026-03-16"));
        var other = await PostInvoiceAsync(Invoice("A-2", due: "2026-03-16"));
        await PostInvoiceAsync(Invoice("A-3", due: "2026-03-16"));
        var link = await LinkAsync(id);
        await GiveAsync(link, "inParts", ("invoice", id), ("parts", "2"), ("from", "2026-04-15"));
        await AdvanceDailyAsync("2026-03-18", "2026-03-20");
        Assert.Empty(LettersTo("tom@amberley.example"));
        Assert.Equal(
            $"POST /api/invoices/{id}/plan",
            (await OpenFollowUpsAsync()).Single().GetProperty("resolve").GetString()
        );

        await AgreePlanAsync(other);
        Assert.Single(await OpenFollowUpsAsync());
        await AgreePlanAsync(id);

        Assert.Empty(await OpenFollowUpsAsync());
        Assert.Contains("Answered on 20 Mar 2026", await ReadAsync(link), StringComparison.Ordinal);
        Assert.Equal("Maya", Assert.Single(await RepliesAsync(id)).Done!.By);
        await AdvanceDailyAsync("2026-03-21", "2026-03-30");
        Assert.Contains(
            LettersTo("tom@amberley.example"),
            mail => mail.Subject.Contains("invoice A-3", StringComparison.Ordinal)
        );

        Task AgreePlanAsync(string invoice) =>
            ChangeAsync(
                invoice,
                "plan",
                new
                {
                    parts = 2,
                    from = "2026-04-15",
                    everyMonths = 1,
                    by = "Maya",
                }
            );
    }

    [Fact]
    public async Task A_later_day_that_a_person_records_answers_the_wish_for_it()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-16"));
        await GiveAsync(await LinkAsync(id), "willPay", ("invoices", id), ("date", "2026-06-01"));
        Assert.Single(await OpenFollowUpsAsync());

        await ChangeAsync(id, "promise", new { date = "2026-05-15", by = "Maya" });

        Assert.Empty(await OpenFollowUpsAsync());
        Assert.NotNull(Assert.Single(await RepliesAsync(id)).Done);
    }

    [Fact]
    public async Task A_wish_about_two_invoices_waits_until_something_is_agreed_on_both()
    {
        var first = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-16"));
        var second = await PostInvoiceAsync(Invoice("A-2", due: "2026-03-16"));
        await GiveAsync(
            await LinkAsync(first),
            "willPay",
            ("invoices", first),
            ("invoices", second),
            ("date", "2026-06-01")
        );

        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ChangeAsync(first, "promise", new { date = "2026-05-15", by = "Maya" });
        Assert.Single(await OpenFollowUpsAsync());
        await ChangeAsync(second, "extend", new { dueDate = "2026-05-15", by = "Maya" });

        Assert.Empty(await OpenFollowUpsAsync());
    }

    [Fact]
    public async Task A_promise_and_a_claim_are_taken_back()
    {
        var first = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var second = await PostInvoiceAsync(Invoice("A-2", due: "2026-03-02"));
        var link = await LinkAsync(first);
        await GiveAsync(link, "willPay", ("invoices", first), ("date", "2026-03-10"));
        await GiveAsync(link, "hasPaid", ("invoice", second), ("paidOn", "2026-03-01"));

        foreach (var reply in await RepliesAsync(first))
            await GiveAsync(link, "takeBack", ("answer", reply.Id));

        Assert.Null((await StoredAsync(first)).Agreements.Promise);
        Assert.Null((await StoredAsync(second)).Payments.Pending);
        Assert.Contains("You took it back on", await ReadAsync(link), StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-03", "2026-03-06");
        Assert.NotEmpty(Emails);
    }

    [Fact]
    public async Task A_confirmation_that_is_sent_twice_counts_once()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);
        var fields = new[] { ("text", "Who are you?") };
        using var asked = await SendFormAsync(Visitor, $"{link}/answer/question", fields);
        var check = CheckOf(await asked.Content.ReadAsStringAsync());
        Host.Clock.Advance(TimeSpan.FromSeconds(3));

        for (var i = 0; i < 2; i++)
        {
            using var response = await SendFormAsync(Visitor, $"{link}/answer/question", [.. fields, ("check", check)]);
            Assert.Equal(System.Net.HttpStatusCode.SeeOther, response.StatusCode);
        }

        Assert.Single(await RepliesAsync(id));
    }

    [Fact]
    public async Task Ten_answers_a_day_are_taken_and_no_more()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var link = await LinkAsync(id);
        for (var i = 0; i < 10; i++)
            await GiveAsync(link, "question", ("text", $"question {i}"));

        using var refused = await SendFormAsync(Visitor, $"{link}/answer/question", ("text", "one more"));
        Assert.Contains("answered often today", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await GiveAsync(link, "question", ("text", "tomorrow"));

        Assert.Equal(11, (await RepliesAsync(id)).Count);
    }

    [Fact]
    public async Task Courtesy_mails_end_and_reminders_do_not()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", issued: "2026-02-14", due: "2026-03-16"));
        var link = await LinkAsync(id);

        await GiveAsync(link, "preferences", ("courtesy", "no"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-19");

        Assert.DoesNotContain(Emails, mail => mail.Subject.Contains("due on", StringComparison.Ordinal));
        Assert.Contains(Emails, mail => mail.Subject.StartsWith("Reminder", StringComparison.Ordinal));
        await PayAsync(id, "119.00", "2026-03-19");
        Assert.DoesNotContain(Emails, mail => mail.Subject.Contains("Thank you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_a_link_that_expired_gets_a_new_one_at_the_address_we_write_to()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        var link = await LinkAsync(id);
        Host.Clock.Advance(TimeSpan.FromDays(60));

        var texts = new List<string>();
        foreach (var path in new[] { link, link, "/api/portal/wrong" })
        {
            using var response = await SendFormAsync(Visitor, $"{path}/new-link");
            texts.Add((await response.Content.ReadAsStringAsync()).Replace(path, "LINK", StringComparison.Ordinal));
        }
        Assert.Single(texts.Distinct());
        await AdvanceToAsync("2026-05-05T09:00Z");

        var mail = Assert.Single(
            LettersTo("tom@amberley.example"),
            letter => letter.Subject.Contains("tatement", StringComparison.Ordinal)
        );
        Assert.Contains("A-1", await ReadAsync(LinkPattern().Match(mail.Plain).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_is_added_by_a_person_only()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var link = await LinkAsync(id);

        await GiveAsync(link, "otherContact", ("name", "Eve"), ("email", "eve@evil.example"), ("place", "instead"));

        var customer = (await Table.ReadAsync(new CustomerId(id.Split('-')[0]), CancellationToken.None))!
            .Customer
            .Value;
        Assert.Equal("tom@amberley.example", customer.EmailAddress);
        Assert.Contains(
            "Eve (eve@evil.example) gets the messages instead",
            Assert.Single(await RepliesAsync(id)).Body,
            StringComparison.Ordinal
        );
    }
}
