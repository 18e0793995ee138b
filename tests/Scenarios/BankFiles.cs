using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Jobs;
using Dunning.Payments.BankFiles;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A bank statement is imported: what was applied, what was suggested, what was left.</summary>
public sealed class BankFiles : Scenario
{
    private const string Route = "api/payments/import";

    /// <summary>
    /// 200 movements: 120 with the number in the text, 20 with the reference, 20 by payer and amount, 10 transfers for
    /// two invoices, 10 that fit two invoices, 10 of unknown payers, 10 that went out.
    /// </summary>
    [Fact]
    public async Task Of_two_hundred_movements_those_with_one_reading_are_applied_and_the_same_file_changes_nothing()
    {
        await PostBookAsync();
        var statement = Statement([
            .. Numbers(0, 120).Select(i => Entry(100 + i, text: $"Rechnung INV-{i:D4} danke")),
            .. Numbers(120, 20).Select(i => Entry(100 + i, reference: $"RF00 X{i:D4}")),
            .. Numbers(140, 20).Select(i => Entry(100 + i, payer: $"payer {i} LTD.")),
            .. Numbers(160, 10).Select(i => Entry(100 + i + 110 + i, text: $"INV-{i:D4}, INV-{i + 10:D4}")),
            .. Numbers(180, 10).Select(i => Entry(500, payer: $"Twin {i}")),
            .. Numbers(190, 10).Select(i => Entry(700 + i, payer: "Who knows", text: "thank you")),
            .. Numbers(200, 10).Select(i => Entry(-i)),
        ]);
        var expected = new Dictionary<BankOutcome, int>
        {
            [BankOutcome.Matched] = 170,
            [BankOutcome.Suggested] = 10,
            [BankOutcome.Left] = 10,
            [BankOutcome.NotIncoming] = 10,
        };

        var dry = await ImportAsync(statement, $"{Route}?dryRun=true");
        Assert.Equal(expected.OrderBy(o => o.Key), dry.Summary.Outcomes.OrderBy(o => o.Key));
        Assert.Empty(await UnmatchedAsync());
        var first = await ImportAsync(statement);
        Assert.Equal(expected.OrderBy(o => o.Key), first.Summary.Outcomes.OrderBy(o => o.Key));
        Assert.Equal(
            dry.Lines.Select(line => (line.Line, line.Outcome)),
            first.Lines.Select(line => (line.Line, line.Outcome))
        );
        Assert.Equal(180, await SettledAsync());
        Assert.Equal(20, (await UnmatchedAsync()).Count);

        var second = await ImportAsync(statement);

        Assert.Equal(
            [(BankOutcome.AlreadyImported, 190), (BankOutcome.NotIncoming, 10)],
            second.Summary.Outcomes.OrderBy(o => o.Key).Select(o => (o.Key, o.Value))
        );
        Assert.Equal(180, await SettledAsync());
        Assert.Equal(20, (await UnmatchedAsync()).Count);
    }

    [Fact]
    public async Task A_movement_that_fits_two_invoices_is_assigned_by_a_person_from_the_suggestions()
    {
        var twins = Customer("twin", "ap@twin.example");
        await PostInvoiceAsync(Invoice("T-1", amount: "50.00", customer: twins));
        var second = await PostInvoiceAsync(Invoice("T-2", amount: "50.00", customer: twins));
        var imported = await ImportAsync(Statement([Entry(50, payer: "twin Ltd", currency: "GBP")]));

        var line = Assert.Single(imported.Lines);
        Assert.Equal(BankOutcome.Suggested, line.Outcome);
        Assert.Equal(["T-1", "T-2"], line.Invoices.Select(invoice => invoice.Number).Order());
        Assert.Contains("several", line.Why, StringComparison.Ordinal);
        var listed = Assert.Single(await UnmatchedAsync("?suggest=true"));
        Assert.Equal("bank", listed.GetProperty("provider").GetString());
        Assert.Contains(second, listed.ToString(), StringComparison.Ordinal);
        using var assigned = await PostAsync(
            $"api/manage/payments/unmatched/{listed.GetProperty("delivery").GetString()}/assign",
            new { by = "Maya", allocations = new[] { new { invoice = second, amount = "50.00" } } }
        );
        Assert.True(assigned.IsSuccessStatusCode, await assigned.Content.ReadAsStringAsync());
        await Host.PumpAsync();

        Assert.Equal("settled", (await GetInvoiceAsync(second)).GetProperty("state").GetString());
        Assert.Empty(await UnmatchedAsync());
    }

    [Fact]
    public async Task A_payment_with_a_reference_waits_for_an_invoice_that_is_posted_later()
    {
        var imported = await ImportAsync(Statement([Entry(119, reference: "RF18 5390 0754 7034", currency: "GBP")]));
        Assert.Equal(BankOutcome.Left, Assert.Single(imported.Lines).Outcome);

        var id = await PostInvoiceAsync(
            With(Invoice("L-1"), ("payment", new { iban = "GB33BUKB20201555555555", reference = "RF18539007547034" }))
        );
        await Host.PumpAsync();

        Assert.Equal("settled", (await GetInvoiceAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_reminder_that_is_planned_is_not_sent_for_what_the_file_pays()
    {
        var id = await PostInvoiceAsync(Invoice("P-1", due: "2026-02-27"));
        Host.Clock.SetTo(At("2026-03-04T09:00Z"));
        await PlanAsync();

        await ImportAsync(Statement([Entry(119, text: "P-1", currency: "GBP")]), pump: false);
        await Host.PumpAsync(only: Queues.EmailNotices);
        Assert.Empty(Emails);
        await Host.PumpAsync();

        Assert.Equal("settled", (await GetInvoiceAsync(id)).GetProperty("state").GetString());
        Assert.StartsWith("Thank you", Assert.Single(Emails).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_killed_half_way_does_not_book_twice_and_says_what_it_did()
    {
        await PostInvoiceAsync(Invoice("K-1", amount: "40.00"));
        var statement = Statement([Entry(40, text: "K-1", currency: "GBP"), Entry(5, payer: "X", currency: "GBP")]);
        var id = await StartAsync(statement, Route);
        var jobs = Host.Services.GetService(typeof(JobTable)) as JobTable;
        var before = (await jobs!.FindAsync(id, CancellationToken.None))!;
        await Host.PumpAsync(only: Queues.Jobs);
        var whole = await LinesAsync(id);
        // The row is lost with its process: the slice runs again.
        await jobs.TrySaveAsync(
            (await jobs.FindAsync(id, CancellationToken.None))!,
            before.Value,
            CancellationToken.None
        );
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await Host.RunTimerAsync(nameof(RequeueStalledJobs));
        await Host.PumpAsync();

        Assert.Equal(
            whole.Select(line => (line.Line, line.Outcome)),
            (await LinesAsync(id)).Select(l => (l.Line, l.Outcome))
        );
        Assert.Equal(1, await SettledAsync());
    }

    [Theory]
    [InlineData("text/plain", "", "no statement", 422)]
    [InlineData("application/xml", "", "<a>", 400)]
    [InlineData("application/xml", "", "<Invoice/>", 422)]
    [InlineData("text/csv", "", "Date;Amount", 422)]
    [InlineData(
        "text/csv",
        "?date=Day&dateFormat=dd.MM.yyyy&amount=Sum&decimal=,&currencyCode=EUR",
        "Date;Amount",
        422
    )]
    public async Task What_cannot_be_read_is_refused_and_no_job_begins(
        string type,
        string query,
        string body,
        int status
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await Http.PostAsync(new Uri(Route + query, UriKind.Relative), content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var jobs = await Http.GetFromJsonAsync<JsonElement>("api/jobs");
        Assert.Equal(0, jobs.GetProperty("jobs").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        using var content = new ByteArrayContent(new byte[6 * 1024 * 1024]);
        using var response = await Http.PostAsync(new Uri(Route, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private async Task PostBookAsync()
    {
        var lines = Numbers(0, 180)
            .Select(i =>
                With(
                    Invoice(
                        $"INV-{i:D4}",
                        amount: $"{100 + i}.00",
                        currency: "EUR",
                        customer: Customer($"payer {i}", $"ap{i}@buyer.example")
                    ),
                    ("payment", new { iban = "DE89370400440532013000", reference = $"RF00X{i:D4}" })
                )
            )
            .Concat(
                Numbers(180, 10)
                    .SelectMany(i =>
                        new[] { "a", "b" }.Select(part =>
                            Invoice(
                                $"TW-{i}{part}",
                                amount: "500.00",
                                currency: "EUR",
                                customer: new { name = $"twin {i}", email = $"twin{i}@buyer.example" }
                            )
                        )
                    )
            );
        using var body = new StringContent(
            string.Join('\n', lines.Select(line => JsonSerializer.Serialize(line))),
            Encoding.UTF8,
            "application/x-ndjson"
        );
        using var response = await Http.PostAsync(new Uri("api/invoices/import", UriKind.Relative), body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("rejected", answer, StringComparison.Ordinal);
    }

    private async Task<string> StartAsync(string statement, string route)
    {
        using var content = new StringContent(statement, Encoding.UTF8, "application/xml");
        using var response = await Http.PostAsync(new Uri(route, UriKind.Relative), content);
        Assert.True((int)response.StatusCode == 202, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<(BankFileSummary Summary, IReadOnlyList<BankFileLine> Lines)> ImportAsync(
        string statement,
        string route = Route,
        bool pump = true
    )
    {
        var id = await StartAsync(statement, route);
        await Host.PumpAsync(only: Queues.Jobs);
        if (pump)
            await Host.PumpAsync();
        return (
            (await Http.GetFromJsonAsync<BankFileSummary>($"api/jobs/{id}/summary", Rows.Json))!,
            await LinesAsync(id)
        );
    }

    private async Task<IReadOnlyList<BankFileLine>> LinesAsync(string job) =>
        [
            .. (await Http.GetStringAsync(new Uri($"api/jobs/{job}/result", UriKind.Relative)))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<BankFileLine>(line, Rows.Json)!),
        ];

    private async Task<IReadOnlyList<JsonElement>> UnmatchedAsync(string query = "") =>
        [.. (await Http.GetFromJsonAsync<JsonElement>($"api/manage/payments/unmatched{query}")).EnumerateArray()];

    private async Task<int> SettledAsync()
    {
        var settled = 0;
        foreach (var shard in Table.Shards.All)
            settled += await Table.FindClosedInvoicesAsync(shard, CancellationToken.None).CountAsync();
        return settled;
    }

    private static IEnumerable<int> Numbers(int from, int count) => Enumerable.Range(from, count);

    private static string Statement(IEnumerable<string> entries) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
            <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            {string.Join('\n', entries)}
            </Stmt></BkToCstmrStmt></Document>
            """;

    private static string Entry(
        int amount,
        string? text = null,
        string? payer = null,
        string? reference = null,
        string currency = "EUR"
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <Ntry><Amt Ccy="{currency}">{Math.Abs(amount)}.00</Amt><CdtDbtInd>{(
                amount > 0 ? "CRDT" : "DBIT"
            )}</CdtDbtInd>
            <Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2026-03-02</Dt></ValDt><NtryDtls><TxDtls>
            <RltdPties><Dbtr><Pty><Nm>{payer}</Nm></Pty></Dbtr></RltdPties>
            <RmtInf><Ustrd>{text}</Ustrd>{(
                reference is null ? "" : $"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>"
            )}</RmtInf>
            </TxDtls></NtryDtls></Ntry>
            """
        );
}
