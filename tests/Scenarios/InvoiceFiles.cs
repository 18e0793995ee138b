using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Http.Validation;
using Dunning.Invoices.Files;
using Dunning.Jobs;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>The export of an accounting tool is imported; the clock starts on Monday 2 March 2026.</summary>
public sealed class InvoiceFiles : Scenario
{
    private const string Route = "api/invoices/import-file";

    private const string Header = "number,issueDate,dueDate,currency,amountDue,status,customerName,customerEmail\n";

    [Fact]
    public async Task A_dry_run_stores_nothing_and_names_the_messages_that_then_are_sent()
    {
        var file =
            Header
            + """
                1,2026-02-01,2026-02-27,EUR,100.00,,Alpha,ap@alpha.example
                2,2026-02-01,2026-02-27,EUR,50.00,,Alpha,ap@alpha.example
                3,2026-02-01,2026-04-30,EUR,70.00,,Beta,ap@beta.example
                4,2026-02-01,2026-02-20,EUR,0.00,paid,Gamma,ap@gamma.example
                5,2026-02-01,2026-02-20,EUR,80.00,,Nobody,
                6,2026-02-30,2026-02-20,EUR,80.00,,Typo,
                7,2026-02-01,2026-02-20,XXX,80.00,,Currency,
                """;

        var dry = await ImportAsync(file, "?dryRun=true");

        Assert.Equal(
            [(ImportOutcome.Created, 5), (ImportOutcome.Refused, 2)],
            dry.Summary.Outcomes.OrderBy(outcome => outcome.Key).Select(outcome => (outcome.Key, outcome.Value))
        );
        Assert.Equal(("300.00", "EUR"), (dry.Summary.Owed[0].Amount, dry.Summary.Owed[0].Currency));
        Assert.Equal(
            [
                "#/issueDate Row 7, 'issueDate': '2026-02-30' is not a day; write it as 2026-01-31",
                "#/currency currency",
            ],
            Refused(dry).Select(problem => $"{problem.Pointer} {problem.Detail.Split(": use")[0]}")
        );
        Assert.Equal(0, await CountAsync());
        var told = dry.Lines.Select(line => line.Message).OfType<CausedMessage>().ToList();
        Assert.Equal(["Alpha: 1, 2: 150.00"], told.Select(m => $"{m.Customer}: {m.Numbers}: {m.Demanded[0].Amount}"));

        var real = await ImportAsync(file);
        Assert.Equal(dry.Summary.Outcomes.OrderBy(o => o.Key), real.Summary.Outcomes.OrderBy(o => o.Key));
        Assert.Equal(5, await CountAsync());
        for (var day = 2; day < 9; day++)
        {
            Host.Clock.SetTo(At($"2026-03-0{day}T10:00Z"));
            await PlanAsync();
            await Host.PumpAsync();
        }
        Assert.Equal(
            told.Select(message => (message.On, "Alpha <ap@alpha.example>")),
            Emails.Select(mail => (DateOnly.FromDateTime(mail.SentAt.UtcDateTime), mail.To.Single()))
        );
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_newer_one_changes_what_it_says()
    {
        var file = Header + "1,2026-02-01,2026-04-30,EUR,100.00,,Alpha,ap@alpha.example\n";
        await ImportAsync(file);

        var again = await ImportAsync(file);
        var newer = await ImportAsync(file.Replace("100.00", "60.00", StringComparison.Ordinal));

        Assert.Equal(ImportOutcome.Unchanged, Assert.Single(again.Lines).Invoice!.Outcome);
        Assert.Equal(ImportOutcome.Updated, Assert.Single(newer.Lines).Invoice!.Outcome);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task An_invoice_that_another_source_has_sent_is_not_stored_twice()
    {
        await PostInvoiceAsync(Invoice("A-7"));
        var known = await GetInvoiceAsync((await AllAsync()).Single().Id.ToString());
        var row = $"A-7,{known.GetProperty("issueDate").GetString()},2026-04-30,GBP,119.00,,Quixote,\n";

        var imported = await ImportAsync(Header + row);

        Assert.Equal("known_elsewhere", Assert.Single(Refused(imported)).Code);
        Assert.Equal(1, await CountAsync());
    }

    /// <summary>60 days late: the friendly reminder, the firm one, or nothing until a person says so.</summary>
    [Theory]
    [InlineData("", "friendly", null)]
    [InlineData("?whenOverdue=gently", "friendly", null)]
    [InlineData("?whenOverdue=atStepDue", "followUp", null)]
    [InlineData("?whenOverdue=hold", null, "pausedBySource")]
    public async Task Old_debts_start_gently_unless_a_person_says_otherwise(string query, string? tone, string? hold)
    {
        await ImportAsync(Header + "1,2025-12-01,2026-01-01,EUR,100.00,,Alpha,ap@alpha.example\n", query);

        var invoice = Assert.Single(await AllAsync());
        var step = Host
            .Services.GetRequiredService<DunningRules>()
            .Policies.Of(invoice)
            .Find(invoice.Dunning.Next?.Step);
        Assert.Equal(tone, step is null ? null : JsonNamingPolicy.CamelCase.ConvertName(step.Tone.ToString()));
        Assert.Equal(
            hold,
            invoice.Dunning.Hold is { } one ? JsonNamingPolicy.CamelCase.ConvertName($"{one.Reason}") : null
        );
    }

    [Fact]
    public async Task A_job_that_is_killed_half_way_goes_on_and_stores_each_invoice_once()
    {
        var rows = Enumerable.Range(1, 250).Select(i => $"{i},2026-02-01,2026-04-30,EUR,{i}.00,,C{i},c{i}@x.example");
        var job = await StartAsync(Header + string.Join('\n', rows), "");
        var jobs = Host.Services.GetRequiredService<JobTable>();
        var before = (await jobs.FindAsync(job, CancellationToken.None))!;
        await ActivatorUtilities.CreateInstance<RunJob>(Host.Services).Run(new JobReady(job), CancellationToken.None);
        Assert.Equal(100, await CountAsync());
        // The row is lost with its process: the slice runs again.
        await jobs.TrySaveAsync(
            (await jobs.FindAsync(job, CancellationToken.None))!,
            before.Value,
            CancellationToken.None
        );
        await Host.PumpAsync();

        Assert.Equal(250, await CountAsync());
        Assert.Equal(250, (await LinesAsync(job)).Count);
    }

    [Theory]
    [InlineData("text/plain", "", "x", 415, "unsupported-media-type")]
    [InlineData("text/csv", "", "a,b\n1,2", 422, "unsupported-document")]
    [InlineData("text/csv", "?nmber=a", "a,b\n1,2", 422, "validation")]
    [InlineData("text/csv", "?dryRun=maybe", "a,b\n1,2", 422, "validation")]
    [InlineData("text/csv", "?whenOverdue=harshly", "a,b\n1,2", 422, "validation")]
    [InlineData("text/csv", "?number=a&decimal=x&dateFormat=y", "a,b\n1,2", 422, "validation")]
    [InlineData("application/json", "", "{", 400, "malformed-json")]
    [InlineData("application/json", "", """{"Payments":[]}""", 422, "unsupported-document")]
    [InlineData("application/json", "", "5", 422, "unsupported-document")]
    public async Task What_cannot_be_read_is_refused_and_no_job_begins(
        string type,
        string query,
        string body,
        int status,
        string problem
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await Http.PostAsync(new Uri(Route + query, UriKind.Relative), content);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"urn:dunning:problem:{problem}", answer.GetProperty("type").GetString());
        Assert.Empty((await Http.GetFromJsonAsync<JsonElement>("api/jobs")).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task Of_json_lines_the_good_ones_are_stored()
    {
        var minimal =
            """{"externalId":"1","number":"1","issueDate":"2026-02-01","currency":"EUR","amountDue":1,"customer":{"name":"A"}}""";

        var imported = await ImportAsync($"{minimal}\n\n{{\"externalId\":\n[]\n{minimal}", "", "application/x-ndjson");

        Assert.Equal(
            ["1 Created", "3 Refused", "4 Refused", "5 Refused"],
            imported.Lines.Select(line => $"{line.Invoice!.Rows[0]} {line.Invoice.Outcome}").Order()
        );
    }

    private static IEnumerable<FieldProblem> Refused(
        (InvoiceFileSummary Summary, IReadOnlyList<InvoiceFileLine> Lines) imported
    ) => imported.Lines.SelectMany(line => line.Invoice?.Problems ?? []);

    private async Task<(InvoiceFileSummary Summary, IReadOnlyList<InvoiceFileLine> Lines)> ImportAsync(
        string file,
        string query = "",
        string type = "text/csv"
    )
    {
        var job = await StartAsync(file, query, type);
        await Host.PumpAsync(only: Queues.Jobs);
        return (
            (await Http.GetFromJsonAsync<InvoiceFileSummary>($"api/jobs/{job}/summary", Rows.Json))!,
            await LinesAsync(job)
        );
    }

    private async Task<string> StartAsync(string file, string query, string type = "text/csv")
    {
        using var content = new StringContent(file, Encoding.UTF8, type);
        using var response = await Http.PostAsync(new Uri(Route + query, UriKind.Relative), content);
        Assert.True((int)response.StatusCode == 202, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<IReadOnlyList<InvoiceFileLine>> LinesAsync(string job) =>
        [
            .. (await Http.GetStringAsync(new Uri($"api/jobs/{job}/result", UriKind.Relative)))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<InvoiceFileLine>(line, Rows.Json)!),
        ];

    private async Task<int> CountAsync() => (await AllAsync()).Count;

    private async Task<IReadOnlyList<Invoice>> AllAsync()
    {
        List<Invoice> all = [];
        foreach (var shard in Table.Shards.All)
        {
            await foreach (var account in Table.ReadAllAsync(shard, CancellationToken.None))
            {
                all.AddRange(account.Invoices.Select(invoice => invoice.Value));
                await foreach (var closed in Table.ReadClosedAsync(account.Id, CancellationToken.None))
                    all.Add(closed.Value);
            }
        }
        return all;
    }
}
