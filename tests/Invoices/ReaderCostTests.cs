using System.Text;
using Dunning.Http;
using Dunning.Invoices.Formats;
using Dunning.Tests.Fuzzing;
using Dunning.Tests.Invoices.Formats;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Invoices;

/// <summary>
/// Twice the input is twice the work, for every reader and every shape of input. Work is counted in bytes allocated,
/// not in time, because machines are shared.
/// </summary>
public sealed class ReaderCostTests
{
    /// <summary>Twice, and what buffers that grow by doubling add.</summary>
    private const double AtMost = 2.6;
    private const int Size = 2_000;

    private static readonly Dictionary<string, Action<FuzzApp, int>> _readers = new()
    {
        ["UBL: lines of both kinds"] = (app, n) =>
            Xml(app, Ubl("<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine><cac:CreditNoteLine/>", n)),
        ["UBL: due dates"] = (app, n) => Xml(app, Ubl("<cbc:DueDate>2026-01-31</cbc:DueDate>", n)),
        ["UBL: accounts"] = (app, n) =>
            Xml(
                app,
                Ubl(
                    "<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>x</cbc:ID></cac:PayeeFinancialAccount>"
                        + "</cac:PaymentMeans>",
                    n
                )
            ),
        ["UBL: nested to the limit"] = (app, n) =>
            Xml(
                app,
                Ubl(string.Concat(Enumerable.Repeat("<a>", 60)) + string.Concat(Enumerable.Repeat("</a>", 60)), n / 40)
            ),
        ["UBL: attributes"] = (app, n) =>
            Xml(app, Ubl("<a" + string.Concat(Enumerable.Range(0, n).Select(i => $" a{i}='1'")) + "/>", 1)),
        ["UBL: one long text"] = (app, n) => Xml(app, Ubl($"<cbc:Note>{new string('x', n * 50)}</cbc:Note>", 1)),
        ["CII: lines"] = (app, n) =>
            Xml(
                app,
                SampleXml.Cii.Replace(
                    "<ram:ApplicableHeaderTradeAgreement>",
                    Repeated("<ram:IncludedSupplyChainTradeLineItem/>", n) + "<ram:ApplicableHeaderTradeAgreement>",
                    StringComparison.Ordinal
                )
            ),
        ["JSON: unknown fields"] = (app, n) =>
            Json(app, string.Concat(Enumerable.Range(0, n).Select(i => $"\"f{i}\":1,"))),
        ["JSON: fields that look alike"] = (app, n) =>
            Json(app, string.Concat(Enumerable.Range(0, n).Select(i => $"\"dueDat{i}\":1,"))),
        ["JSON: an array"] = (app, n) => Json(app, $"\"x\":[{Repeated("{\"a\":[1]},", n)}0],"),
        ["JSON: nested to the limit"] = (app, n) =>
            Json(app, $"\"x\":[{Repeated(new string('[', 60) + new string(']', 60) + ",", n / 40)}0],"),
        ["JSON: a long text"] = (app, n) => Json(app, $"\"x\":\"{Repeated("\\u200b\\ud83d\\udcb6", n)}\","),
        ["NDJSON: broken lines"] = (app, n) => Import(app, Repeated("{\n", n)),
        ["NDJSON: blank lines"] = (app, n) => Import(app, Repeated(" \r\n", n)),
        ["NDJSON: nested lines"] = (app, n) => Import(app, Repeated(new string('[', 65) + "\n", n / 10)),
        ["NDJSON: a line without end"] = (app, n) => Import(app, Repeated("[[[[[[[[", n)),
        ["form: many fields"] = (app, n) =>
            Form(app, string.Concat(Enumerable.Range(0, n).Select(i => $"f{i}=%F0%9F%92%B6&"))),
        ["form: one name"] = (app, n) => Form(app, Repeated("Body=STOP&", n)),
        ["form: one value"] = (app, n) => Form(app, $"Body={Repeated("%0A", n)}"),
    };

    public static TheoryData<string> Readers => [.. _readers.Keys];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Twice_the_input_is_twice_the_work(string reader)
    {
        var app = new FuzzApp();
        // Pools allocate their arrays of each size once.
        _readers[reader](app, Size);
        _readers[reader](app, 2 * Size);

        var once = Allocated(() => _readers[reader](app, Size));
        var twice = Allocated(() => _readers[reader](app, 2 * Size));

        Assert.True(twice < AtMost * once, $"{once:N0} bytes allocated, and {twice:N0} for twice the input");
    }

    [Fact]
    public void Reading_stops_when_the_client_has_gone()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        var xml = new MemoryStream(Encoding.UTF8.GetBytes(SampleXml.Ubl));

        Assert.Throws<OperationCanceledException>(() => StrictXml.Load(xml, gone.Token));
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Ubl(string element, int times) =>
        SampleXml.Ubl.Replace("</Invoice>", Repeated(element, times) + "</Invoice>", StringComparison.Ordinal);

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static void Xml(FuzzApp app, string xml) =>
        Post(request => app.PostInvoice.Run(request, default), xml, DocumentFormat.Xml);

    private static void Json(FuzzApp app, string fields) =>
        Post(
            request => app.PostInvoice.Run(request, default),
            "{"
                + fields
                + """
                "externalId":"a-2","number":"7","issueDate":"2026-01-01","currency":"JPY","amountDue":1190,
                "customer":{"name":"A","email":"a@a.example"}}
                """,
            DocumentFormat.Json
        );

    private static void Import(FuzzApp app, string lines) =>
        Post(request => app.ImportInvoices.Run(request, default), lines, DocumentFormat.JsonLines);

    private static void Form(FuzzApp app, string form) =>
        Post(request => app.ReceiveSmsReply.Run(request, default), form, "application/x-www-form-urlencoded");

    private static void Post(Func<HttpRequest, Task<IResult>> function, string body, string type) =>
        FuzzApp.Status(function, Encoding.UTF8.GetBytes(body), type);
}
