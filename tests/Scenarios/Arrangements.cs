using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Payment plans, promises, extensions and disputes of a part: what is asked for, and when.</summary>
[Trait("Category", "Long")]
public sealed class Arrangements : Scenario
{
    [Fact]
    public async Task A_plan_is_confirmed_and_each_part_has_its_own_short_reminders()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "300.00"));
        await AgreeAsync(
            id,
            new
            {
                parts = 3,
                from = "2026-03-16",
                by = "Maya",
            }
        );
        await Host.PumpAsync();
        await AdvanceToAsync("2026-03-02T09:00Z");

        var confirmation = Assert.Single(Letters);
        Assert.Contains("payment plan", confirmation.Subject, StringComparison.Ordinal);
        Assert.Contains("Part 2 of 3: GBP 100.00 by 16 April 2026", confirmation.Plain, StringComparison.Ordinal);
        Assert.Contains("all of the rest falls due at once", confirmation.Plain, StringComparison.Ordinal);

        await AdvanceDailyAsync("2026-03-03", "2026-03-19");
        Assert.Equal(
            ["Invoice HF-1, part 1 of 3 is due on 16 March 2026", "Reminder: invoice HF-1, part 1 of 3"],
            Letters.Skip(1).Select(mail => mail.Subject)
        );
        var late = Letters[^1].Plain;
        Assert.Contains("Amount due: GBP 100.00", late, StringComparison.Ordinal);
        Assert.Contains("GBP 200.00 more falls due later", late, StringComparison.Ordinal);
        Assert.Contains("has not arrived by 23 March 2026", late, StringComparison.Ordinal);

        await PayAsync(id, "100.00", "2026-03-20");
        await AdvanceDailyAsync("2026-03-20", "2026-04-13");
        Assert.Equal("Invoice HF-1, part 2 of 3 is due on 16 April 2026", Letters[^1].Subject);
    }

    [Fact]
    public async Task A_plan_that_is_broken_in_its_third_part_makes_the_rest_due_one_step_higher()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "400.00", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Equal("Can we help with invoice HF-1?", Letters[^1].Subject);

        await AgreeAsync(
            id,
            new
            {
                parts = 4,
                from = "2026-03-16",
                everyDays = 14,
                by = "Maya",
            }
        );
        await AdvanceDailyAsync("2026-03-10", "2026-03-15");
        await PayAsync(id, "100.00", "2026-03-15");
        await AdvanceDailyAsync("2026-03-16", "2026-03-29");
        await PayAsync(id, "100.00", "2026-03-29");
        await AdvanceDailyAsync("2026-03-30", "2026-04-20");
        Assert.DoesNotContain("planBroken", await EventsAsync(id));

        await AdvanceDailyAsync("2026-04-21", "2026-04-22");

        Assert.Contains("planBroken", await EventsAsync(id));
        var firm = Letters[^1];
        Assert.StartsWith("Still open: invoice HF-1", firm.Subject, StringComparison.Ordinal);
        Assert.Contains("Amount due: GBP 200.00", firm.Plain, StringComparison.Ordinal);
        Assert.Contains("so all of the rest is due now", firm.Plain, StringComparison.Ordinal);
        Assert.Equal("broken", (await GetInvoiceAsync(id)).GetProperty("plan").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Without_a_confirmation_a_missed_part_is_chased_and_the_rest_is_not_due()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice("HF-1", "300.00", due: null),
                (
                    "instalments",
                    new[]
                    {
                        new { amount = "100.00", dueDate = "2026-03-04" },
                        new { amount = "200.00", dueDate = "2026-05-04" },
                    }
                )
            )
        );
        await AdvanceDailyAsync("2026-03-03", "2026-03-30");

        Assert.Contains("partMissed", await EventsAsync(id));
        Assert.All(Letters, mail => Assert.Contains("Amount due: GBP 100.00", mail.Plain, StringComparison.Ordinal));
        Assert.Contains(Letters, mail => mail.Subject.StartsWith("Still open", StringComparison.Ordinal));

        await PayAsync(id, "100.00", "2026-03-30");
        await AdvanceDailyAsync("2026-03-31", "2026-05-07");
        Assert.Equal("Reminder: invoice HF-1, part 2 of 2", Letters[^1].Subject);
    }

    [Fact]
    public async Task A_plan_over_two_invoices_pays_the_older_one_first_and_breaks_on_both()
    {
        var older = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-10"));
        var newer = await PostInvoiceAsync(Invoice("HF-2", "200.00", due: "2026-03-20"));
        var customer = older[..older.IndexOf('-', StringComparison.Ordinal)];
        using var agreed = await PostAsync(
            $"api/customers/{customer}/plan",
            new
            {
                parts = 2,
                from = "2026-03-09",
                by = "Maya",
            }
        );
        Assert.True(agreed.IsSuccessStatusCode, await agreed.Content.ReadAsStringAsync());

        Assert.Equal(["100.00"], await PartsAsync(older));
        Assert.Equal(["50.00", "150.00"], await PartsAsync(newer));
        await AdvanceDailyAsync("2026-03-02", "2026-03-17");

        Assert.Contains("planBroken", await EventsAsync(older));
        Assert.Contains("planBroken", await EventsAsync(newer));
    }

    [Fact]
    public async Task A_part_falls_due_when_its_milestone_is_reached()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice("HF-1", "300.00"),
                (
                    "instalments",
                    new object[]
                    {
                        new { amount = "90.00", dueDate = "2026-03-09" },
                        new
                        {
                            amount = "90.00",
                            milestone = "delivery",
                            dueDays = 7,
                        },
                        new
                        {
                            amount = "120.00",
                            milestone = "acceptance",
                            dueDays = 14,
                        },
                    }
                )
            )
        );
        await PayAsync(id, "90.00", "2026-03-02");
        await AdvanceDailyAsync("2026-03-03", "2026-03-31");
        Assert.Empty(Reminders());

        using var reached = await PostAsync($"api/invoices/{id}/parts/2/reached", new { by = "Maya" });
        Assert.True(reached.IsSuccessStatusCode, await reached.Content.ReadAsStringAsync());
        await AdvanceDailyAsync("2026-04-01", "2026-04-10");

        Assert.Equal("Reminder: invoice HF-1, part 2 of 3", Letters[^1].Subject);
        Assert.Contains("Amount due: GBP 90.00", Letters[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_is_waited_for_and_a_broken_one_is_answered_one_step_higher()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");
        Assert.Equal("Reminder: invoice HF-1", Letters[^1].Subject);
        var sent = Letters.Count;

        await ChangeAsync(id, "promise", new { date = "2026-03-31", by = "Maya" });
        Assert.Equal("promised", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-06", "2026-04-02");
        Assert.Equal(sent, Letters.Count);

        await AdvanceDailyAsync("2026-04-03", "2026-04-07");
        Assert.Contains("promiseBroken", await EventsAsync(id));
        Assert.Equal((sent + 1, "Can we help with invoice HF-1?"), (Letters.Count, Letters[^1].Subject));
    }

    [Fact]
    public async Task A_promise_of_a_part_is_kept_and_the_rest_is_asked_for_in_its_turn()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");
        await ChangeAsync(
            id,
            "promise",
            new
            {
                date = "2026-03-12",
                amount = "40.00",
                currency = "GBP",
            }
        );
        await AdvanceDailyAsync("2026-03-06", "2026-03-12");
        await PayAsync(id, "40.00", "2026-03-12");

        Assert.Equal("kept", await PromiseAsync(id));
        await AdvanceDailyAsync("2026-03-13", "2026-03-17");
        Assert.Contains("GBP 60.00", Letters[^1].Plain, StringComparison.Ordinal);
        Assert.Equal("Can we help with invoice HF-1?", Letters[^1].Subject);
    }

    [Fact]
    public async Task A_payment_in_time_that_is_booked_late_makes_a_broken_promise_kept()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-02"));
        await ChangeAsync(id, "promise", new { date = "2026-03-12" });
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");
        Assert.Equal("broken", await PromiseAsync(id));

        await PayAsync(id, "100.00", "2026-03-13");
        Assert.Equal("kept", await PromiseAsync(id));
    }

    [Fact]
    public async Task A_promise_whose_place_a_plan_takes_stays_on_record()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "300.00"));
        await ChangeAsync(id, "promise", new { date = "2026-03-12" });
        await ChangeAsync(
            id,
            "plan",
            new
            {
                parts = 3,
                from = "2026-04-01",
                everyMonths = 1,
                by = "Maya",
            }
        );
        Assert.Equal("withdrawn", await PromiseAsync(id));
    }

    [Fact]
    public async Task A_promise_that_is_moved_twice_counts_as_broken()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await ChangeAsync(id, "promise", new { date = "2026-03-10" });
        await ChangeAsync(id, "promise", new { date = "2026-03-15" });
        await ChangeAsync(id, "promise", new { date = "2026-03-15" });
        await ChangeAsync(id, "promise", new { date = "2026-03-20" });

        Assert.Equal(
            ["moved", "broken", "pending"],
            (await GetInvoiceAsync(id))
                .GetProperty("promises")
                .EnumerateArray()
                .Select(p => p.GetProperty("state").GetString())
        );
    }

    [Fact]
    public async Task An_extension_moves_the_reminders_and_keeps_the_original_date()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");
        var sent = Letters.Count;
        await ChangeAsync(
            id,
            "extend",
            new
            {
                dueDate = "2026-04-30",
                by = "Maya",
                reason = "flood",
            }
        );

        var invoice = await GetInvoiceAsync(id);
        Assert.Equal(
            ("2026-04-30", "2026-03-02", "agreed"),
            (
                invoice.GetProperty("dueDate").GetString(),
                invoice.GetProperty("originalDueDate").GetString(),
                invoice.GetProperty("dueDateSource").GetString()
            )
        );
        await AdvanceDailyAsync("2026-03-06", "2026-04-22");
        Assert.Equal(sent, Letters.Count);
        await AdvanceDailyAsync("2026-04-23", "2026-05-06");
        Assert.Equal(
            ["Invoice HF-1 is due on 30 April 2026", "Reminder: invoice HF-1"],
            Letters.Skip(sent).Select(mail => mail.Subject)
        );
    }

    [Fact]
    public async Task Of_an_invoice_that_is_disputed_in_part_the_rest_is_asked_for()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-02"));
        await ChangeAsync(
            id,
            "dispute",
            new
            {
                reason = "one chair is broken",
                amount = "30.00",
                currency = "GBP",
            }
        );
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");

        var mail = Assert.Single(Letters).Plain;
        Assert.Contains("Amount due: GBP 70.00", mail, StringComparison.Ordinal);
        Assert.Contains("In dispute, not part of this request", mail, StringComparison.Ordinal);
        Assert.Contains("Invoice HF-1: GBP 30.00", mail, StringComparison.Ordinal);

        await PayAsync(id, "70.00", "2026-03-05");
        await AdvanceDailyAsync("2026-03-06", "2026-03-20");
        Assert.Empty(Reminders().Skip(1));
    }

    [Fact]
    public async Task A_promise_that_is_broken_before_the_due_date_makes_nothing_late()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-31"));
        await ChangeAsync(id, "promise", new { date = "2026-03-06" });
        await AdvanceDailyAsync("2026-03-03", "2026-04-02");

        Assert.Contains("promiseBroken", await EventsAsync(id));
        Assert.Equal("Invoice HF-1 is due on 31 March 2026", Assert.Single(Letters).Subject);
    }

    [Fact]
    public async Task A_part_whose_milestone_is_reached_late_is_not_missed_at_once()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice("HF-1", "119.00", due: "2026-03-02"),
                (
                    "instalments",
                    new object[]
                    {
                        new { amount = "60.00", dueDate = "2026-03-02" },
                        new
                        {
                            amount = "59.00",
                            milestone = "delivery",
                            dueDays = 14,
                        },
                    }
                )
            )
        );
        await PayAsync(id, "60.00", "2026-03-02");
        await AdvanceDailyAsync("2026-03-03", "2026-04-07");
        await ChangeAsync(id, "parts/2/reached", new { by = "Maya" });
        await AdvanceDailyAsync("2026-04-08", "2026-04-22");

        Assert.DoesNotContain("partMissed", await EventsAsync(id));
        Assert.Equal(["Invoice HF-1, part 2 of 2 is due on 21 April 2026"], Reminders());
    }

    [Fact]
    public async Task A_plan_ends_the_wait_for_an_approval()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-02-20"));
        await AdvanceDailyAsync("2026-03-03", "2026-04-10");
        Assert.Equal("needsApproval", await StateAsync(id));

        await ChangeAsync(
            id,
            "plan",
            new
            {
                parts = 2,
                from = "2026-04-20",
                by = "Maya",
            }
        );
        Assert.Equal("open", await StateAsync(id));
        await AdvanceDailyAsync("2026-04-11", "2026-04-16");
        Assert.Equal("Invoice HF-1, part 1 of 2 is due on 20 April 2026", Letters[^1].Subject);
    }

    [Fact]
    public async Task After_months_of_dispute_the_rest_is_asked_for_where_the_reminders_had_stopped()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");
        await ChangeAsync(id, "dispute", new { reason = "broken" });
        await AdvanceToAsync("2026-06-01T09:00Z");
        await ChangeAsync(
            id,
            "dispute",
            new
            {
                reason = "one of three",
                amount = "30.00",
                currency = "GBP",
            }
        );
        await AdvanceDailyAsync("2026-06-02", "2026-06-08");

        Assert.Equal("Can we help with invoice HF-1?", Letters[^1].Subject);
        Assert.Contains("Amount due: GBP 70.00", Letters[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_whose_confirmation_did_not_arrive_makes_nothing_fall_due_early()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "300.00", customer: Customer(phone: "+447700900123")));
        await ChangeAsync(
            id,
            "plan",
            new
            {
                parts = 3,
                from = "2026-03-16",
                by = "Maya",
            }
        );
        await AdvanceToAsync("2026-03-02T09:00Z");
        await Host.Services.GetRequiredService<ProviderCallbacks>().ReportAsync(Emails.Last(), "Bounced");
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-03", "2026-03-25");

        Assert.Contains("partMissed", await EventsAsync(id));
        // Not the digits alone: they may be in the port of the link.
        Assert.All(SmsMessages, sms => Assert.DoesNotContain("300.00", sms.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_over_several_invoices_has_dates_only()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00"));
        using var response = await PostAsync(
            $"api/customers/{id[..id.IndexOf('-', StringComparison.Ordinal)]}/plan",
            JsonElement.Parse(
                """{"currency":"GBP","instalments":[{"amount":"100.00","milestone":"delivery"}],"by":"Maya"}"""
            )
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("#/instalments", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static readonly (string Route, string Body, string Pointer)[] _badInput =
    [
        ("plan", """{"from":"2026-04-01","by":"Maya"}""", "#/parts"),
        ("plan", """{"parts":3,"by":"Maya"}""", "#/from"),
        ("plan", """{"parts":1,"from":"2026-04-01","by":"Maya"}""", "#/parts"),
        ("plan", """{"parts":3,"from":"2026-02-28","by":"Maya"}""", "#/from"),
        ("plan", """{"parts":3,"from":"2036-02-28","by":"Maya"}""", "#/from"),
        ("plan", """{"parts":3,"from":"2026-04-01"}""", "#/by"),
        ("plan", """{"parts":3,"from":"2026-04-01","everyDays":7,"everyMonths":1,"by":"M"}""", "#/everyDays"),
        ("plan", """{"instalments":[{"amount":"1.00","dueDate":"2026-04-01"}],"by":"M"}""", "#/currency"),
        (
            "plan",
            """{"currency":"GBP","instalments":[{"amount":"1.00","dueDate":"2026-04-01"}],"by":"M"}""",
            "#/instalments"
        ),
        ("plan", """{"currency":"EUR","parts":3,"from":"2026-04-01","by":"M"}""", "#/currency"),
        ("plan", """{"currency":"GBP","instalments":[{"amount":"119.00"}],"by":"M"}""", "#/instalments/0/dueDate"),
        ("promise", """{}""", "#/date"),
        ("promise", """{"date":"2026-03-01"}""", "#/date"),
        ("promise", """{"date":"2027-04-01"}""", "#/date"),
        ("promise", """{"date":"2026-04-01","amount":"10.00"}""", "#/currency"),
        ("promise", """{"date":"2026-04-01","amount":"10.00","currency":"EUR"}""", "#/amount"),
        ("promise", """{"date":"2026-04-01","amount":"119.01","currency":"GBP"}""", "#/amount"),
        ("promise", """{"date":"2026-04-01","amount":"0","currency":"GBP"}""", "#/amount"),
        ("promise", """{"date":"2026-04-01","amonut":"1"}""", "#/amonut"),
        ("extend", """{"dueDate":"2026-03-16","by":"M"}""", "#/dueDate"),
        ("extend", """{"dueDate":"2026-03-01","by":"M"}""", "#/dueDate"),
        ("extend", """{"dueDate":"2030-03-01","by":"M"}""", "#/dueDate"),
        ("extend", """{"dueDate":"2026-04-01"}""", "#/by"),
        ("dispute", """{"amount":"119.01","currency":"GBP"}""", "#/amount"),
        ("dispute", """{"amount":"19.00"}""", "#/currency"),
    ];

    [Fact]
    public async Task Bad_input_names_the_field()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        foreach (var (route, body, pointer) in _badInput)
        {
            using var response = await PostAsync($"api/invoices/{id}/{route}", JsonElement.Parse(body));
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((body, HttpStatusCode.UnprocessableEntity), (body, response.StatusCode));
            Assert.Contains(
                (body, pointer),
                problem
                    .GetProperty("errors")
                    .EnumerateArray()
                    .Select(error => (body, error.GetProperty("pointer").GetString()))
            );
        }
        Assert.Equal(["accepted"], await EventsAsync(id));
    }

    [Theory]
    [InlineData("plan", """{"parts":3,"from":"2026-04-01","by":"Maya"}""", 409)]
    [InlineData("promise", """{"date":"2026-04-01"}""", 409)]
    [InlineData("extend", """{"dueDate":"2026-04-01","by":"Maya"}""", 409)]
    [InlineData("parts/2/reached", """{"by":"Maya"}""", 404)]
    public async Task On_a_closed_invoice_nothing_is_agreed(string route, string body, int status)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await ChangeAsync(id, "void", new { reason = "twice" });
        using var response = await PostAsync($"api/invoices/{id}/{route}", JsonElement.Parse(body));

        Assert.Equal(status, (int)response.StatusCode);
    }

    private IReadOnlyList<(string Subject, string Plain)> Letters => LettersTo("tom@amberley.example");

    [Theory]
    [InlineData("POST", "invoices/{0}/plan", """{"parts":2,"from":"2026-04-01","by":"Maya"}""")]
    [InlineData("DELETE", "invoices/{0}/plan", """{"by":"Maya"}""")]
    [InlineData("POST", "invoices/{0}/parts/1/reached", """{"by":"Maya"}""")]
    [InlineData("POST", "invoices/{0}/promise", """{"date":"2026-04-01"}""")]
    [InlineData("DELETE", "invoices/{0}/promise", """{"by":"Maya"}""")]
    [InlineData("POST", "invoices/{0}/extend", """{"dueDate":"2026-04-01","by":"Maya"}""")]
    [InlineData("POST", "customers/{1}/plan", """{"parts":2,"from":"2026-04-01","by":"Maya"}""")]
    public async Task Unknown_ids_and_missing_bodies_are_answered_on_every_route(
        string method,
        string route,
        string body
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = id[..id.IndexOf('-', StringComparison.Ordinal)];

        Assert.Equal(404, await StatusAsync("c0000000000000000-i0000000000000000", "c0000000000000000", body));
        Assert.Equal(404, await StatusAsync("nonsense", "nonsense", body));
        Assert.Equal(400, await StatusAsync(id, customer, ""));
        Assert.Equal(400, await StatusAsync(id, customer, "{"));
        Assert.Equal(422, await StatusAsync(id, customer, """{"by":""}"""));

        async Task<int> StatusAsync(string invoiceId, string customerId, string content)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(method),
                "api/" + string.Format(CultureInfo.InvariantCulture, route, invoiceId, customerId)
            )
            {
                Content = new StringContent(content, Encoding.UTF8, "application/json"),
            };
            using var response = await Http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    private IEnumerable<string> Reminders() =>
        Letters.Select(mail => mail.Subject).Where(subject => !subject.StartsWith("Thank", StringComparison.Ordinal));

    private async Task AgreeAsync(string id, object plan)
    {
        await ChangeAsync(id, "plan", plan);
        // The answer to the first request may have been lost.
        await ChangeAsync(id, "plan", plan);
    }

    private async Task<IReadOnlyList<string?>> PartsAsync(string id) =>
        [
            .. (await GetInvoiceAsync(id))
                .GetProperty("plan")
                .GetProperty("parts")
                .EnumerateArray()
                .Select(part => part.GetProperty("amount").GetString()),
        ];

    private async Task<string?> PromiseAsync(string id) =>
        (await GetInvoiceAsync(id)).GetProperty("promises").EnumerateArray().Last().GetProperty("state").GetString();
}
