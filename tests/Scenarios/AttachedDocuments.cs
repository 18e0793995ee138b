using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Dunning.Configuration;
using Dunning.Documents;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notices.Email;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// "I never got it" is the commonest answer to a reminder, so the invoice goes with it (shared/fixtures/reports,
/// section 21).
/// </summary>
[Trait("Category", "Long")]
public sealed class AttachedDocuments : Scenario
{
    private static readonly byte[] _pdf = Encoding.ASCII.GetBytes("%PDF-1.7 HF-1");
    private static readonly byte[] _contract = Encoding.ASCII.GetBytes("%PDF-1.7 contract");

    /// <summary>What each address answers with.</summary>
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = new()
    {
        ["/HF-1.pdf"] = () => Answer(_pdf),
        ["/contract"] = () => Answer(_contract),
        ["/login"] = () => Answer("<html>Sign in</html>"u8.ToArray()),
        ["/busy"] = () => new(HttpStatusCode.ServiceUnavailable),
    };

    private readonly List<string> _asked = [];

    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton(p => new DocumentFetcher(
            new HttpClient(
                new RecordingHandler(request =>
                {
                    _asked.Add(request.RequestUri!.AbsolutePath);
                    return _answers[request.RequestUri.AbsolutePath]();
                })
            ),
            p.GetRequiredService<CreditorOptions>()
        ));

    [Fact]
    public async Task The_invoice_is_fetched_when_it_comes_in_and_goes_with_each_reminder()
    {
        var id = await PostInvoiceAsync(With(Invoice("HF-1"), ("documentUrl", "https://docs.example.com/HF-1.pdf")));
        Assert.Equal("pending", await StateOfAsync(id));
        await AdvanceToAsync("2026-03-02T00:01Z");
        Assert.Equal("stored", await StateOfAsync(id));
        Assert.Contains("documentStored", await EventsAsync(id));

        await AdvanceToAsync("2026-03-19T09:00Z");
        await AdvanceToAsync("2026-03-23T09:00Z");

        Assert.Equal(["/HF-1.pdf"], _asked);
        Assert.Equal(2, Emails.Count());
        Assert.All(
            Emails,
            mail =>
            {
                Assert.Equal(("HF-1.pdf", Convert.ToBase64String(_pdf)), Only(mail));
                Assert.Contains("Attached: HF-1.pdf", mail.Plain!, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Of_several_kinds_the_step_takes_those_that_it_names()
    {
        var files = new object[]
        {
            new { type = "contract", url = "https://docs.example.com/contract" },
            new
            {
                type = "invoice",
                name = "HF/1",
                url = "https://docs.example.com/HF-1.pdf",
            },
        };
        await PostInvoiceAsync(With(Invoice("HF-1"), ("documents", files)));
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Equal(("HF-1.pdf", Convert.ToBase64String(_pdf)), Only(Assert.Single(Emails)));
    }

    [Fact]
    public async Task What_goes_into_the_envelope_of_a_letter_can_be_printed_with_it()
    {
        var id = await PostInvoiceAsync(With(Invoice("HF-1"), ("documentUrl", "https://docs.example.com/HF-1.pdf")));
        await PreferAsync(id, "letter");
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceToAsync("2026-03-19T09:00Z");
        using var printed = await PostAsync("api/manage/letters/print", new { by = "Maya" });
        Assert.Contains("HF-1.pdf", await printed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var list = await Http.GetStringAsync("api/manage/letters");
        var letter = JsonElement.Parse(list).GetProperty("letters")[0];

        Assert.Equal("""["HF-1.pdf"]""", letter.GetProperty("enclosures").ToString());
        var route = $"api/manage/letters/{letter.GetProperty("id")}/enclosures/";
        Assert.Equal(_pdf, await Http.GetByteArrayAsync(route + "1"));
        using var none = await Http.GetAsync(route + "2");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("login", "notADocument")]
    [InlineData("busy", "unreachable")]
    public async Task What_cannot_be_fetched_is_a_link_and_an_event(string path, string why)
    {
        var address = $"https://docs.example.com/{path}";
        var id = await PostInvoiceAsync(With(Invoice("HF-1"), ("documentUrl", address)));
        foreach (var time in new[] { "00:01", "00:03", "00:15", "01:00", "06:00" })
            await AdvanceToAsync($"2026-03-02T{time}Z");

        var document = (await GetInvoiceAsync(id)).GetProperty("documents")[0];
        Assert.Equal(
            ("failed", why),
            (document.GetProperty("state").GetString(), document.GetProperty("why").GetString())
        );
        Assert.Contains("documentNotStored", await EventsAsync(id));
        Assert.Equal(path == "busy" ? 5 : 1, _asked.Count);
        await AdvanceToAsync("2026-03-19T09:00Z");
        var mail = Assert.Single(Emails);
        Assert.Empty(mail.Attachments);
        Assert.Contains(address, mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_at_the_invoices_own_address_has_a_link_of_its_own()
    {
        var files = new object[]
        {
            new
            {
                type = "invoice",
                name = "scan",
                url = "https://docs.example.com/login",
            },
        };
        await PostInvoiceAsync(With(Invoice("HF-1"), ("documents", files)));
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Contains(
            "scan: https://docs.example.com/login",
            LettersTo("amberley")[0].Plain,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_changed_invoice_has_its_new_file()
    {
        var invoice = With(Invoice("HF-1"), ("documentUrl", "https://docs.example.com/HF-1.pdf"));
        await PostInvoiceAsync(invoice);
        await AdvanceToAsync("2026-03-02T00:01Z");
        _answers["/HF-1.pdf"] = () => Answer(_contract);
        await PostInvoiceAsync(invoice);
        await PostInvoiceAsync(With(invoice, ("amountDue", "100.00")));
        await AdvanceToAsync("2026-03-02T00:02Z");
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Equal(2, _asked.Count);
        Assert.Equal(("HF-1.pdf", Convert.ToBase64String(_contract)), Only(Assert.Single(Emails)));
    }

    [FixtureTheory]
    [InlineData("reports/pdf-inside-the-e-invoice.ubl.xml", "PDF-2101.pdf")]
    public async Task The_PDF_inside_an_e_invoice_arrives_byte_for_byte(string file, string name)
    {
        var xml = SharedFixtures.Text(file);
        using var content = new StringContent(xml, Encoding.UTF8, "application/xml");
        using var taken = await Http.PostAsync("api/invoices", content);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");

        var inside = System
            .Xml.Linq.XDocument.Parse(xml)
            .Descendants()
            .Single(element => element.Name.LocalName == "EmbeddedDocumentBinaryObject");
        var mail = Emails.First();
        Assert.Equal((name, inside.Value), Only(mail));
    }

    [Fact]
    public async Task Files_of_several_invoices_are_told_apart_and_copied_to_the_management()
    {
        var boss = new
        {
            name = "Ann",
            email = "ann@amberley.example",
            role = "management",
        };
        foreach (var number in new[] { "HF-1", "HF-2" })
            await PostInvoiceAsync(
                With(
                    Invoice(number, customer: Customer(contacts: [boss])),
                    (
                        "documents",
                        new object[]
                        {
                            new
                            {
                                type = "invoice",
                                name = "invoice",
                                url = "https://docs.example.com/HF-1.pdf",
                            },
                        }
                    )
                )
            );
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceDailyAsync("2026-03-19", "2026-04-02");

        var copy = Emails.First(mail => mail.To.Any(to => to.Contains("ann@", StringComparison.Ordinal)));
        Assert.Equal(["invoice.pdf", "invoice-2.pdf"], copy.Attachments.Select(file => file.Name));
    }

    [Fact]
    public async Task A_long_list_goes_along_as_a_table()
    {
        for (var n = 1; n <= 42; n++)
            await PostInvoiceAsync(Invoice($"HF-{n:D2}"));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var mail = Assert.Single(Emails);
        var (name, content) = Only(mail);
        var lines = Encoding
            .UTF8.GetString(Convert.FromBase64String(content))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("list.csv", 43), (name, lines.Length));
        Assert.Contains("HF-42,2026-02-01,2026-03-16,119.00,GBP,HF-42", lines);
        Assert.Contains("The whole list is attached", mail.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_names_what_was_attached_and_erasure_deletes_it()
    {
        var id = await PostInvoiceAsync(With(Invoice("HF-1"), ("documentUrl", "https://docs.example.com/HF-1.pdf")));
        await AdvanceToAsync("2026-03-02T00:01Z");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var notice = (await GetInvoiceAsync(id))
            .GetProperty("events")
            .EnumerateArray()
            .Last(e => e.TryGetProperty("message", out _))
            .GetProperty("notice")
            .GetString();
        var archived = JsonElement.Parse(await Http.GetStringAsync($"api/invoices/{id}/messages/{notice}"));
        var file = archived[0].GetProperty("content").GetProperty("files")[0];
        Assert.Equal(
            ("HF-1.pdf", _pdf.Length),
            (file.GetProperty("name").GetString(), file.GetProperty("size").GetInt32())
        );
        Assert.Single(await BlobsAsync());

        await PayAsync(id, "119.00", "2026-03-19");
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}");
        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync());

        Assert.Empty(await BlobsAsync());
        Assert.False((await GetInvoiceAsync(id)).TryGetProperty("documents", out _));
    }

    private static HttpResponseMessage Answer(byte[] content) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    /// <returns>The name and the content, in Base64, of the only attachment.</returns>
    private static (string Name, string Content) Only(SentEmail mail)
    {
        var file = Assert.Single(mail.Attachments);
        return (file.Name, file.ContentInBase64);
    }

    private async Task<string?> StateOfAsync(string id) =>
        (await GetInvoiceAsync(id)).GetProperty("documents")[0].GetProperty("state").GetString();

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        List<string> names = [];
        var blobs = Host.Services.GetRequiredService<BlobServiceClient>();
        await foreach (var blob in blobs.GetBlobContainerClient(Containers.Documents).GetBlobsAsync())
            names.Add(blob.Name);
        return names;
    }
}
