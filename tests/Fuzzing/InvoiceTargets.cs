using System.Text;
using Dunning.Tests.Invoices.Formats;

namespace Dunning.Tests.Fuzzing;

/// <summary>The HTTP functions for invoices.</summary>
internal static class InvoiceTargets
{
    private const string Full = """
        {"externalId":"a-1","source":"shop","number":"1042","issueDate":"2026-01-01","dueDate":"2026-01-31","currency":"EUR","amountDue":"119.00","amountTotal":219.00,"kind":"invoice",
        "status":"open","customer":{"externalId":"k-7","name":"Buyer GmbH","email":"ap@buyer.example","phone":"+4930123456","locale":"de-DE","timeZone":"Europe/Berlin","country":"DE",
        "taxId":"DE1","contacts":[{"name":"Zo\u00eb \ud83d\udcb6","email":"zoe@bücher.example","role":"boss","cc":true}]},"paymentUrl":"https://pay.example/a?b=c","documentUrl":"https://d.example/1.pdf",
        "payment":{"iban":"DE89370400440532013000","bic":"COBADEFFXXX","reference":"RF18","accountName":"Seller"},"orderReference":"PO-1","lines":[{"description":"Nails","quantity":3,"amount":"100.00"}],
        "tags":["a"],"metadata":{"k":"v"},"dunning":{"policy":"default","pausedUntil":"2026-02-01","doNotContact":false,"reason":"because"},"updatedAt":"2026-01-05T09:00:00.123Z"}
        """;

    private const string Short =
        """{"externalId":"a-2","number":"7","issueDate":"2026-01-01","currency":"JPY","amountDue":1190,"customer":{"name":"A","email":"a@a.example"}}""";

    private static readonly byte[] _json = Utf8(Full.ReplaceLineEndings(""));

    public static IEnumerable<FuzzTarget> All =>
        [
            CreateTarget(
                "invoice as JSON",
                [_json, Utf8(Short)],
                (app, body, random) => Invoice(app, body, "application/json", random)
            ),
            CreateTarget(
                "invoice as UBL",
                [Utf8(SampleXml.Ubl)],
                (app, body, random) => Invoice(app, body, "application/xml", random)
            ),
            CreateTarget(
                "invoice as CII",
                [Utf8(SampleXml.Cii)],
                (app, body, random) => Invoice(app, body, "text/xml; charset=utf-8", random)
            ),
            CreateTarget(
                "invoices as NDJSON",
                [
                    [.. Utf8(Short), (byte)'\n', .. _json, (byte)'\n'],
                ],
                (app, body, _) =>
                    FuzzApp.Status(r => app.ImportInvoices.Run(r, default), body, "application/x-ndjson") == 200
            ),
            CreateTarget(
                "payment by hand",
                [Utf8("""{"amount":"19.00","currency":"EUR","paidOn":"2026-01-04","paymentId":"bank-1"}""")],
                (app, body, random) =>
                    FuzzApp.Status(
                        r => app.RecordPayment.Run(r, FuzzApp.KnownInvoice.ToString(), default),
                        body,
                        "application/json",
                        headers: ("Idempotency-Key", Key(random))
                    ) < 400
            ),
            CreateTarget(
                "hold, resume, dispute, void",
                [Utf8("""{"reason":"they asked","until":"2026-03-31"}""")],
                Change
            ),
            CreateTarget(
                "agreement about an invoice",
                [
                    Utf8("""{"parts":3,"from":"2026-04-01","everyMonths":1,"by":"Maya","note":"on the phone"}"""),
                    Utf8(
                        """
                        {"currency":"EUR","by":"Maya","instalments":[{"amount":"60.00","dueDate":"2026-04-01"},
                        {"amount":"59.00","milestone":"delivery","dueDays":14}]}
                        """
                    ),
                    Utf8("""{"date":"2026-03-31","amount":"50.00","currency":"EUR","by":"Maya"}"""),
                    Utf8("""{"dueDate":"2026-04-30","by":"Maya","reason":"flood"}"""),
                ],
                Agree
            ),
            CreateTarget(
                "idempotency key",
                [Utf8("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")],
                (app, key, _) =>
                    FuzzApp.Status(
                        r => app.PostInvoice.Run(r, default),
                        _json,
                        "application/json",
                        headers: ("Idempotency-Key", Encoding.Latin1.GetString(key))
                    ) < 400
            ),
            CreateTarget(
                "invoice id in an address",
                [Utf8(FuzzApp.KnownInvoice.ToString())],
                (app, id, _) =>
                    FuzzApp.Status(
                        r => app.ChangeInvoice.Hold(r, Encoding.UTF8.GetString(id), default),
                        [],
                        "application/json"
                    ) < 400
            ),
        ];

    private static FuzzTarget CreateTarget(
        string name,
        IReadOnlyList<byte[]> seeds,
        Func<FuzzApp, byte[], Random, bool> accepts
    ) => new(name, seeds, () => new AppFuzzSubject(accepts));

    private static bool Invoice(FuzzApp app, byte[] body, string type, Random random) =>
        FuzzApp.Status(r => app.PostInvoice.Run(r, default), body, type, random.Next(4) == 0 ? "?strict=true" : "")
        < 400;

    private static bool Change(FuzzApp app, byte[] body, Random random) =>
        FuzzApp.Status(
            r =>
                random.Next(8) switch
                {
                    0 => app.ChangeInvoice.Void(r, FuzzApp.KnownInvoice.ToString(), default),
                    < 3 => app.ChangeInvoice.Dispute(r, FuzzApp.KnownInvoice.ToString(), default),
                    < 5 => app.ChangeInvoice.Resume(r, FuzzApp.KnownInvoice.ToString(), default),
                    _ => app.ChangeInvoice.Hold(r, FuzzApp.KnownInvoice.ToString(), default),
                },
            body,
            "application/json"
        ) < 400;

    private static bool Agree(FuzzApp app, byte[] body, Random random) =>
        FuzzApp.Status(
            r =>
                random.Next(5) switch
                {
                    0 => app.AgreeOnInvoice.RecordPromise(r, FuzzApp.KnownInvoice.ToString(), default),
                    1 => app.AgreeOnInvoice.ExtendInvoice(r, FuzzApp.KnownInvoice.ToString(), default),
                    2 => app.AgreeOnInvoice.RecordMilestone(r, FuzzApp.KnownInvoice.ToString(), 2, default),
                    3 => app.AgreeOnInvoice.EndPlan(r, FuzzApp.KnownInvoice.ToString(), default),
                    _ => app.AgreeOnInvoice.AgreePlan(r, FuzzApp.KnownInvoice.ToString(), default),
                },
            body,
            "application/json"
        ) < 400;

    private static string Key(Random random) => $"key-{random.Next()}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
