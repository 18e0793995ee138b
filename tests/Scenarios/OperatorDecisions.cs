using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// £119, due Monday 16 March 2026; a sender crashed on Thursday 19 March at 09:00, and the provider cannot report
/// whether the email was sent.
/// </summary>
public sealed class OperatorDecisions : Scenario
{
    private static readonly object _decision = new { by = "Maya", note = "I asked him" };

    [Fact]
    public async Task The_list_says_what_is_in_doubt_why_whom_it_concerns_and_what_may_be_decided()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();

        Assert.Equal("email", inDoubt.GetProperty("channel").GetString());
        Assert.Equal(id.Split('-')[0], inDoubt.GetProperty("customerId").GetString());
        Assert.Equal(
            "HF-1",
            Assert.Single(inDoubt.GetProperty("invoices").EnumerateArray()).GetProperty("number").GetString()
        );
        Assert.Equal("a mail server cannot be asked", inDoubt.GetProperty("cause").GetString());
        Assert.Equal(16, inDoubt.GetProperty("ageMinutes").GetInt32());
        Assert.Equal(
            ["sent", "again", "drop"],
            inDoubt.GetProperty("decisions").EnumerateArray().Select(d => d.GetString())
        );
    }

    [Fact]
    public async Task It_was_sent_closes_the_notice_as_sent_and_says_who_decided_and_why()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();

        using var answer = await DecideAsync(inDoubt, "sent", _decision);
        using var again = await DecideAsync(inDoubt, "sent", _decision);
        using var otherwise = await DecideAsync(inDoubt, "again", _decision);
        await RunTimersAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, otherwise.StatusCode);
        Assert.Contains("sent) by Maya", await otherwise.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var sent = Assert.Single(
            (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray(),
            e => e.GetProperty("kind").GetString() == "sent"
        );
        Assert.EndsWith("decided by Maya: I asked him", sent.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Equal("Maya", sent.GetProperty("by").GetString());
        Assert.Empty(Emails);
        Assert.Empty((await ListAsync("inDoubt")).EnumerateArray());
    }

    [Fact]
    public async Task Sent_again_it_is_a_message_of_its_own_for_the_provider()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();
        var before = (await AccountOfAsync(id)).Notices[0].Value.OperationId;

        using var answer = await DecideAsync(inDoubt, "again", _decision);
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(before.ToString(), Assert.Single(Emails).Id);
        Assert.Equal(["decided", "sent"], (await EventsAsync(id)).TakeLast(2).Order());
    }

    [Fact]
    public async Task A_message_that_is_sent_again_passes_the_pre_send_check_first()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();
        await StripeAsync(Paid("HF-1", 11900));

        using var answer = await DecideAsync(inDoubt, "again", _decision);
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("Thank you", Assert.Single(Emails).Subject, StringComparison.Ordinal);
        Assert.Contains("notSent", await EventsAsync(id));
    }

    [Fact]
    public async Task Dropped_it_is_left_at_that_and_the_next_step_comes_when_it_is_due()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();

        using var answer = await DecideAsync(inDoubt, "drop", new { });
        await AdvanceDailyAsync("2026-03-20", "2026-03-22");
        Assert.Empty(Emails);
        await AdvanceToAsync("2026-03-23T09:00Z");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(Emails);
        Assert.Contains("notSent", await EventsAsync(id));
    }

    [Fact]
    public async Task Of_two_simultaneous_decisions_one_is_accepted_and_the_other_is_rejected()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(n => DecideAsync(inDoubt, n % 2 == 0 ? "drop" : "again", new { by = $"p{n}" }))
        );
        await Host.PumpAsync();

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await EventsAsync(id), kind => kind is "decided" or "notSent");
    }

    [Fact]
    public async Task A_notice_whose_outcome_was_reported_meanwhile_needs_no_decision()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();
        var account = await AccountOfAsync(id);
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id).Delete(account.Notices[0]),
                CancellationToken.None
            )
        );

        using var answer = await DecideAsync(inDoubt, "again", _decision);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Theory]
    [InlineData("{\"by\": \"Maya\", \"why\": \"x\"}", HttpStatusCode.UnprocessableEntity, "#/why")]
    [InlineData("{\"by\": 5}", HttpStatusCode.UnprocessableEntity, "#/by")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "the document: send a JSON object")]
    [InlineData("{\"by\": ", HttpStatusCode.BadRequest, "malformed-json")]
    public async Task What_is_wrong_with_a_decision_is_named(string body, HttpStatusCode status, string named)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("api/manage/recover/c.n.k/sent", content);
        using var failure = await Http.PostAsync(
            "api/manage/recover/0/discard",
            new StringContent(body, Encoding.UTF8, "application/json")
        );

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status, failure.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_decider_may_be_a_header_and_an_unknown_message_is_not_found()
    {
        var (id, inDoubt) = await CreateInDoubtNoticeAsync();
        using var answer = await PostAsync(
            $"api/manage/recover/{inDoubt.GetProperty("id").GetString()}/drop",
            new { },
            ("by", "Maya")
        );
        using var long_ = await PostAsync("api/manage/recover/c.n.k/drop", new { }, ("by", new string('x', 101)));
        using var unknown = await PostAsync("api/manage/recover/c.n.k/drop", new { });
        using var nonsense = await PostAsync("api/manage/recover/nonsense/drop", new { });
        using var failure = await PostAsync("api/manage/recover/nonsense/replay", new { });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "by Maya",
            (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().Last().GetProperty("what").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, long_.StatusCode);
        Assert.All([unknown, nonsense, failure], missing => Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode));
    }

    /// <returns>The invoice id, and the notice as listed 15 minutes later.</returns>
    private async Task<(string Invoice, JsonElement InDoubt)> CreateInDoubtNoticeAsync()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var account = await AccountOfAsync(id);
        var (notice, invoice) = (account.Notices[0], account.Invoices[0]);
        var inDoubt = notice.Value with
        {
            State = NoticeState.Sending,
            Claim = "dead",
            ClaimedAt = Host.Clock.GetUtcNow(),
            InDoubtReason = "a mail server cannot be asked",
            ProviderQueried = true,
        };
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id)
                    .Save(notice, inDoubt)
                    .Save(
                        invoice,
                        invoice.Value with
                        {
                            Dunning = invoice.Value.Dunning with { ClaimedBy = inDoubt.Id },
                        }
                    ),
                CancellationToken.None
            )
        );
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        return (id, Assert.Single((await ListAsync("inDoubt")).EnumerateArray()));
    }

    private async Task<CustomerAccount> AccountOfAsync(string invoiceId) =>
        (await Table.ReadAsync(new CustomerId(invoiceId.Split('-')[0]), CancellationToken.None))!;

    private Task<HttpResponseMessage> DecideAsync(JsonElement row, string decision, object body) =>
        PostAsync($"api/manage/recover/{row.GetProperty("id").GetString()}/{decision}", body);

    private async Task<JsonElement> ListAsync(string part) =>
        (await Http.GetFromJsonAsync<JsonElement>("api/manage/recover")).GetProperty(part);
}
