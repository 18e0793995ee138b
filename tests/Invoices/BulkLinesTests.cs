using System.Text;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Formats;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Invoices.Formats;

namespace Dunning.Tests.Invoices;

public sealed class BulkLinesTests
{
    [Theory]
    [InlineData("a\nb", "1:a 2:b")]
    [InlineData("a\r\n\r\n  \nb\r\n", "1:a 4:b")]
    [InlineData("\uFEFFa\nb\n", "1:a 2:b")]
    [InlineData("\uFEFF\n\n", "")]
    [InlineData("", "")]
    public async Task Lines_keep_their_number(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await Read(Encoding.UTF8.GetBytes(body))).Select(Describe)));

    [Fact]
    public async Task A_line_may_be_just_as_long_as_its_limit()
    {
        var fits = new string('x', BulkLines.MaxLineBytes);
        var lines = await Read(Encoding.UTF8.GetBytes($"\uFEFF{fits}\r\n{fits}x\n{fits}\nlast"));

        Assert.Equal(
            [(1, false, fits.Length), (2, true, 0), (3, false, fits.Length), (4, false, 4)],
            lines.Select(line => (line.Number, line.IsTooLong, line.Json.Length))
        );
    }

    [Fact]
    public async Task A_line_that_does_not_end_is_given_up_without_being_held()
    {
        using var endless = new EndlessLine();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = await Assert.ThrowsAsync<UnreadableDocumentException>(() => Read(endless));

        Assert.Equal((413, "too-large"), (refusal.Status, refusal.Problem));
        Assert.InRange(endless.Given, BulkLines.MaxBodyBytes, BulkLines.MaxBodyBytes + 100_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task More_lines_than_the_limit_are_refused()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n\n", BulkLines.MaxLines)));

        Assert.Equal(BulkLines.MaxLines, (await Read(body)).Count);
        await Assert.ThrowsAsync<UnreadableDocumentException>(() => Read([.. body, .. "{}"u8]));
    }

    [FixtureFact]
    public async Task Each_line_of_the_sample_stands_for_itself()
    {
        var lines = await Read(await File.ReadAllBytesAsync(InvoiceFixtures.PathOf("json/api-invoices.ndjson")));

        Assert.Equal(["ok", "ok", "ok", "malformed-json"], lines.Select(Outcome));
    }

    private static string Outcome(BulkLine line)
    {
        try
        {
            using var document = JsonInvoice.Parse(line.Json);
            return JsonInvoice.Read(document.RootElement).Problems is [var first, ..] ? first.Code : "ok";
        }
        catch (UnreadableDocumentException e)
        {
            return e.Problem;
        }
    }

    private static string Describe(BulkLine line) => $"{line.Number}:{Encoding.UTF8.GetString(line.Json.Span)}";

    private static Task<List<BulkLine>> Read(byte[] body) => Read(new MemoryStream(body));

    private static async Task<List<BulkLine>> Read(Stream body)
    {
        var lines = new List<BulkLine>();
        await foreach (var line in BulkLines.Read(body))
            lines.Add(line);
        return lines;
    }
}
