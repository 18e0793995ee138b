using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Dunning.Configuration;
using Dunning.Documents;
using Dunning.Evidence;
using Dunning.Local.MailViewer;
using Dunning.Privacy;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notices.Email;
using Microsoft.Extensions.DependencyInjection;
using static Dunning.Tests.Fixtures.MailText;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// When all reminders have failed, a person needs the whole case in one file, and whoever gets it can check it. Due
/// Monday 16 March 2026: reminders on the 19th, 23rd and 30th, the final notice from 15 April after an approval.
/// </summary>
[Trait("Category", "Long")]
public sealed partial class EvidencePacks : Scenario
{
    private static readonly byte[] _pdf = Encoding.ASCII.GetBytes("%PDF-1.7 HF-1");
    private static readonly byte[] _contract = Encoding.ASCII.GetBytes("%PDF-1.7 contract");

    protected override Dictionary<string, string?> Settings =>
        new() { ["Retention:MessagesDays"] = "100", ["Retention:ClosedInvoicesDays"] = "2000" };

    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton(p => new DocumentFetcher(
            new HttpClient(
                new RecordingHandler(request =>
                    request.RequestUri!.AbsolutePath switch
                    {
                        "/HF-1.pdf" => File(_pdf),
                        "/contract.pdf" => File(_contract),
                        _ => new(HttpStatusCode.NotFound),
                    }
                )
            ),
            p.GetRequiredService<CreditorOptions>()
        ));

    [Fact]
    public async Task The_pack_of_an_invoice_has_the_whole_story_and_is_valid()
    {
        var id = await TellStoryAsync();

        var pack = await DownloadAsync($"api/invoices/{id}/evidence");

        var result = Check(pack);
        Assert.Empty(result.Problems);
        Assert.Equal(1, result.Chains);
        var files = FilesOf(pack);
        Assert.Equal(_pdf, files["documents/HF-1.pdf"]);
        Assert.Equal(_contract, files["documents/contract.pdf"]);
        Assert.Contains($"events/{id}.ndjson", files.Keys);
        Assert.Contains(
            files,
            file =>
                FinalNotice().IsMatch(file.Key)
                && TextOf(file.Value).Contains("Final reminder", StringComparison.Ordinal)
        );
        Assert.Contains(files, file => FirstAttachment().IsMatch(file.Key) && file.Value.SequenceEqual(_pdf));
        var (deliveries, payments) = (Json(files, "deliveries.json"), Json(files, "payments.json"));
        Assert.Contains(deliveries.EnumerateArray(), message => message.TryGetProperty("deliveredAt", out _));
        Assert.Equal("50.00", payments.GetProperty("counted")[1].GetProperty("amount").GetString()!.TrimStart('-'));
        Assert.Single(payments.GetProperty("ledger").EnumerateArray());
        Assert.True(Json(files, "interest.json").GetProperty("lines").GetArrayLength() > 0);
        Assert.Equal("disputed", Json(files, "invoice.json").GetProperty("state").GetString());
        Assert.Equal(
            "12 Mill Lane",
            Json(files, "customer.json").GetProperty("address").GetProperty("line1").GetString()
        );
        Assert.Contains("the third line is wrong", TextOf(files["agreements.json"]), StringComparison.Ordinal);
        var answers = Json(files, "answers.json");
        Assert.Equal("It was order 7.", answers[0].GetProperty("answers")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_summary_begins_with_what_is_missing_and_names_all_that_matters()
    {
        var id = await TellStoryAsync();

        var pack = await DownloadAsync($"api/invoices/{id}/evidence");

        var page = TextOf(FilesOf(pack)["summary.html"]).Replace('\u00a0', ' ');
        string[] said =
        [
            "What this pack lacks",
            "There is no delivery note.",
            "Nothing proves that the message",
            "amberley Ltd",
            "12 Mill Lane",
            "GB987654321",
            "tom@amberley.example",
            "approved by Maya",
            "the third line is wrong",
            "Which order was that?",
            "It was order 7.",
            "Delivered",
            "GBP 50.00",
        ];
        Assert.Equal([], said.Where(text => !WebUtility.HtmlDecode(page).Contains(text, StringComparison.Ordinal)));
        Assert.True(
            page.IndexOf("There is no delivery note.", StringComparison.Ordinal)
                < page.IndexOf("Debtor", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("There is no contract.", page, StringComparison.Ordinal);
        var missing = Manifest(pack).GetProperty("missing").EnumerateArray().Select(gap => gap.GetString()).ToList();
        Assert.Contains(missing, gap => gap!.Contains("no delivery note", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_way_of_tampering_is_named_by_the_route_and_by_the_pack()
    {
        var id = await TellStoryAsync();
        var whole = await VerifyAsync(id);
        Assert.True(whole.GetProperty("valid").GetBoolean(), whole.ToString());
        Assert.Equal(
            whole.GetProperty("events").GetInt64(),
            whole.GetProperty("head").GetProperty("number").GetInt64()
        );
        var rows = await EventRowsAsync();
        var third = rows[2];
        var number = JsonElement.Parse(third.GetString("Json")).GetProperty("chain").GetProperty("number").GetInt64();

        await Book.DeleteEntityAsync(third.PartitionKey, third.RowKey);
        await AssertNamedAsync(
            id,
            "removed",
            PackProblemCode.EventRemoved,
            $"\"number\":{number}",
            $"event {number} was removed"
        );
        await Book.AddEntityAsync(third);

        var copy = new TableEntity(third) { RowKey = rows[0].RowKey + "1" };
        await Book.AddEntityAsync(copy);
        await AssertNamedAsync(id, "added", PackProblemCode.EventAdded, copy.RowKey, "was added");
        await Book.DeleteEntityAsync(copy.PartitionKey, copy.RowKey);

        var changed = new TableEntity(third)
        {
            ["Json"] = third.GetString("Json").Replace("2026-03", "2026-02", StringComparison.Ordinal),
        };
        await Book.UpsertEntityAsync(changed, TableUpdateMode.Replace);
        await AssertNamedAsync(id, "changed", PackProblemCode.EventChanged, third.RowKey, "was changed");
        await Book.UpsertEntityAsync(third, TableUpdateMode.Replace);

        var head = Assert.Single(await HeadRowsAsync());
        await Book.DeleteEntityAsync(head.PartitionKey, head.RowKey);
        Assert.Contains("headMissing", CodesOf(await VerifyAsync(id)));
        await Book.AddEntityAsync(head);
        Assert.True((await VerifyAsync(id)).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task One_byte_of_one_file_changed_afterwards_is_named()
    {
        var id = await TellStoryAsync();
        var pack = await DownloadAsync($"api/invoices/{id}/evidence");

        var changed = Rewrite(
            pack,
            (name, content) =>
            {
                if (name == "interest.json")
                    content[^3] ^= 1;
                return content;
            }
        );

        var problem = Assert.Single(Check(changed).Problems);
        Assert.Equal((PackProblemCode.FileChanged, "interest.json"), (problem.Code, problem.File));
    }

    [Fact]
    public async Task After_an_erasure_nothing_personal_is_left_in_the_pack_and_it_is_valid()
    {
        var id = await TellStoryAsync();
        await ChangeAsync(id, "void", new { reason = "Tom is a good soul" });
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}");
        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync());

        foreach (var path in new[] { $"api/invoices/{id}/evidence", $"api/customers/{CustomerOf(id)}/evidence" })
        {
            var pack = await DownloadAsync(path);

            Assert.Empty(Check(pack).Problems);
            Assert.True(Check(pack).ErasedEvents > 0);
            var all = string.Concat(FilesOf(pack).Select(file => file.Key + TextOf(file.Value)));
            string[] personal =
            [
                "amberley",
                "Tom Amber",
                "Mill Lane",
                "GB987654321",
                "Which order",
                "third line",
                "good soul",
                "It was order 7",
                "Maya",
            ];
            Assert.Equal([], personal.Where(text => all.Contains(text, StringComparison.OrdinalIgnoreCase)));
            Assert.Contains("The personal data were erased on", all, StringComparison.Ordinal);
            Assert.Contains("was deleted with the personal data", all, StringComparison.Ordinal);
        }
        Assert.True((await VerifyAsync(id)).GetProperty("valid").GetBoolean());
        Assert.True((await VerifyAsync(id)).GetProperty("erased").GetInt32() > 0);
    }

    [Fact]
    public async Task The_pack_of_a_customer_has_a_folder_for_each_invoice_and_nothing_that_may_be_anothers()
    {
        var paid = await PostInvoiceAsync(Invoice("HF/1"));
        var open = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("פ-7"));
        var uncertain = await PostInvoiceAsync(Invoice("HF-9"));
        await HoldAsUncertainAsync(uncertain);
        await PayAsync(paid, "119.00", "2026-03-02");
        await AdvanceDailyAsync("2026-03-18", "2026-03-19");

        var pack = await DownloadAsync($"api/customers/{CustomerOf(open)}/evidence");

        Assert.Empty(Check(pack).Problems);
        var files = FilesOf(pack);
        Assert.Equal(
            ["7", "HF-1", "HF-1-2"],
            files
                .Keys.Where(file => file.EndsWith("/invoice.json", StringComparison.Ordinal))
                .Select(file => file.Split('/')[0])
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("HF-9", string.Concat(files.Values.Select(TextOf)), StringComparison.Ordinal);
        Assert.DoesNotContain(uncertain, string.Concat(files.Keys), StringComparison.Ordinal);
        Assert.Equal(3, Manifest(pack).GetProperty("subject").GetProperty("invoices").GetArrayLength());
        // A pack of that invoice alone says what is uncertain about it.
        var own = await DownloadAsync($"api/invoices/{uncertain}/evidence");
        Assert.Contains("not certain whose invoice", TextOf(FilesOf(own)["summary.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_of_customers_keeps_the_chain_and_both_ids_lead_to_it()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2"));
        await AdvanceDailyAsync("2026-03-18", "2026-03-23");
        using var merged = await PostAsync(
            $"api/manage/customers/{old.Split('-')[0]}/merge",
            new
            {
                into = other.Split('-')[0],
                by = "Ann",
                reason = "one firm",
            }
        );
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);

        var view = await VerifyAsync(old);

        Assert.True(view.GetProperty("valid").GetBoolean(), view.ToString());
        Assert.StartsWith(other.Split('-')[0], view.GetProperty("id").GetString(), StringComparison.Ordinal);
        var pack = await DownloadAsync($"api/customers/{CustomerOf(old)}/evidence");
        Assert.Empty(Check(pack).Problems);
        Assert.Equal(2, Check(pack).Chains);
        Assert.Contains(FilesOf(pack).Keys, file => FirstMessage().IsMatch(file));
    }

    [Fact]
    public async Task Two_writers_at_once_keep_the_chain_valid()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", amount: "1000.00"));
        await using var second = await StartSecondAsync();
        using var other = new HttpClient { BaseAddress = second.BaseAddress };
        for (var round = 0; round < 20; round++)
        {
            var writes = new[] { Http, other }.SelectMany(
                (http, host) =>
                    Enumerable
                        .Range(0, 2)
                        .Select(n =>
                            http.PostAsJsonAsync(
                                $"api/invoices/{id}/personal-line",
                                new { text = $"Line {round} of {host} and {n}.", by = "Maya" }
                            )
                        )
            );
            foreach (var response in await Task.WhenAll(writes))
                response.Dispose();
            var view = await VerifyAsync(id);
            Assert.True(view.GetProperty("valid").GetBoolean(), view.ToString());
        }
        Assert.True((await VerifyAsync(id)).GetProperty("events").GetInt32() > 20);
    }

    [Fact]
    public async Task Retention_deletes_the_last_link_with_the_events()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await PayAsync(id, "119.00", "2026-03-02");
        Assert.Single(await HeadRowsAsync());

        Host.Clock.SetTo(At("2031-08-26T12:00Z"));
        for (var run = 0; run < 3; run++)
            await Host.RunTimerAsync(nameof(ApplyRetention));

        Assert.Empty(await EventRowsAsync());
        Assert.Empty(await HeadRowsAsync());
        using var gone = await Http.GetAsync($"api/invoices/{id}/events/verify");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("invoices/x/evidence")]
    [InlineData("invoices/c0000000000000000-i0000000000000000/evidence")]
    [InlineData("invoices/c0000000000000000-i0000000000000000/events/verify")]
    [InlineData("invoices/..%2F..%2Fx/events/verify")]
    [InlineData("invoices/c0000000000000000_i-0/events/verify")]
    [InlineData("customers/c0000000000000000/evidence")]
    [InlineData("customers/'%20or%201%20eq%201/evidence")]
    [InlineData("customers/nobody/evidence")]
    public async Task An_unknown_id_is_not_found(string path)
    {
        using var response = await Http.GetAsync($"api/{path}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    /// <returns>The id of the invoice.</returns>
    private async Task<string> TellStoryAsync()
    {
        var customer = JsonSerializer.SerializeToNode(Customer())!.AsObject();
        customer["taxId"] = "GB987654321";
        customer["kind"] = "business";
        customer["address"] = JsonSerializer.SerializeToNode(
            new
            {
                line1 = "12 Mill Lane",
                city = "Leeds",
                postalCode = "LS1 1AA",
                country = "GB",
            }
        );
        var documents = new object[]
        {
            new
            {
                type = "contract",
                name = "contract.pdf",
                url = "https://docs.example.com/contract.pdf",
            },
        };
        var id = await PostInvoiceAsync(
            With(
                Invoice("HF-1", customer: customer),
                ("documentUrl", "https://docs.example.com/HF-1.pdf"),
                ("documents", documents)
            )
        );
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceDailyAsync("2026-03-18", "2026-03-19");
        await Host.Services.GetRequiredService<ProviderCallbacks>().ReportAsync(Emails.Last(), "Delivered");
        await Host.PumpAsync();
        await ReplyAsync();
        await AdvanceDailyAsync("2026-03-21", "2026-04-01");
        await PayAsync(id, "50.00", "2026-04-01");
        await AdvanceDailyAsync("2026-04-07", "2026-04-20");
        await ChangeAsync(id, "resume", new { reason = "approved by Maya", by = "Maya" });
        await RunTimersAsync();
        await ChangeAsync(id, "dispute", new { reason = "the third line is wrong" });
        return id;
    }

    private async Task ReplyAsync()
    {
        await ReceiveMailAsync(
            Message(
                "Tom Amber <tom@amberley.example>",
                "Which order was that?",
                Emails.Last().Headers["Message-ID"],
                subject: "Re: HF-1"
            )
        );
        var route = (await OpenFollowUpsAsync())
            .Single()
            .GetProperty("resolve")
            .GetString()!
            .Replace("POST /", "", StringComparison.Ordinal);
        using var answered = await PostAsync(
            route,
            new { by = "Maya", text = "It was order 7." },
            ("Idempotency-Key", "answer")
        );
        Assert.True(answered.IsSuccessStatusCode, await answered.Content.ReadAsStringAsync());
        await Host.PumpAsync();
    }

    private async Task HoldAsUncertainAsync(string id)
    {
        Assert.True(InvoiceId.TryParse(id, out var parsed));
        var invoice = (await Table.ReadInvoiceAsync(parsed, CancellationToken.None))!;
        var hold = new Hold(HoldReason.CustomerUncertain, Host.Clock.GetUtcNow(), Until: null);
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(parsed.Customer).Save(invoice, invoice.Value.WithHold(hold).WithNext(null)),
                CancellationToken.None
            )
        );
    }

    /// <summary>The route and the check of a new pack name the same.</summary>
    private async Task AssertNamedAsync(string id, string code, PackProblemCode packCode, string named, string words)
    {
        var view = await VerifyAsync(id);
        Assert.False(view.GetProperty("valid").GetBoolean());
        var problem = view.GetProperty("problems")
            .EnumerateArray()
            .First(p => p.GetProperty("code").GetString() == code);
        var pack = await DownloadAsync($"api/invoices/{id}/evidence");
        var found = Check(pack).Problems.First(p => p.Code == packCode);
        Assert.Contains(named, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(words, PackProblemText.Of(found), StringComparison.OrdinalIgnoreCase);
        var missing = Manifest(pack).GetProperty("missing").ToString();
        Assert.Contains(words, missing, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<JsonElement> VerifyAsync(string id) =>
        await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/events/verify");

    private static IEnumerable<string?> CodesOf(JsonElement view) =>
        view.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString());

    private async Task<byte[]> DownloadAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync()}");
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        var name = response.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        Assert.Matches(@"^evidence-[A-Za-z0-9-]+-\d{4}-\d\d-\d\d\.zip$", name);
        var pack = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Check(pack).KeyThumbprint, response.Headers.GetValues("Evidence-Key-Thumbprint").Single());
        return pack;
    }

    private static PackCheckResult Check(byte[] pack)
    {
        using var stream = new MemoryStream(pack);
        return EvidencePackCheck.Check(stream, expectedKey: null);
    }

    private static Dictionary<string, byte[]> FilesOf(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var content = new MemoryStream();
                using var stream = entry.Open();
                stream.CopyTo(content);
                return content.ToArray();
            }
        );
    }

    private static byte[] Rewrite(byte[] pack, Func<string, byte[], byte[]> change)
    {
        var files = FilesOf(pack);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(change(name, content));
            }
        }
        return stream.ToArray();
    }

    private static JsonElement Manifest(byte[] pack) => Json(FilesOf(pack), "manifest.json");

    private static JsonElement Json(Dictionary<string, byte[]> files, string name) => JsonElement.Parse(files[name]);

    private static string TextOf(byte[] content) => Encoding.UTF8.GetString(content);

    private static HttpResponseMessage File(byte[] content) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private TableClient Book => Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);

    private Task<List<TableEntity>> EventRowsAsync() => RowsAsync("e_");

    private Task<List<TableEntity>> HeadRowsAsync() => RowsAsync("c_");

    private async Task<List<TableEntity>> RowsAsync(string prefix)
    {
        List<TableEntity> rows = [];
        await foreach (var row in Book.QueryAsync<TableEntity>())
        {
            if (row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
                rows.Add(row);
        }
        return rows;
    }

    [GeneratedRegex("^messages/20260420-[0-9]{6}-email-[^/]+/message.html$")]
    private static partial Regex FinalNotice();

    [GeneratedRegex("^messages/20260319-[0-9]{6}-email-[^/]+/attachments/HF-1.pdf$")]
    private static partial Regex FirstAttachment();

    [GeneratedRegex("^HF-1/messages/20260319-[^/]+/message.json$")]
    private static partial Regex FirstMessage();
}
