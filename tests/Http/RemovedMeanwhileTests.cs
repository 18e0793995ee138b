using System.Text;
using Dunning.Tests.Fuzzing;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Http;

/// <summary>Retention removes the invoice between two requests of a function to the table.</summary>
public sealed class RemovedMeanwhileTests
{
    private const int MaxRequests = 40;

    private static readonly string _id = FuzzApp.KnownInvoice.ToString();

    private static readonly Dictionary<string, Func<FuzzApp, int>> _calls = new()
    {
        ["record payment"] = RecordPayment,
        ["take payment back"] = app =>
            Call(
                request => app.DeleteEntry.DeletePayment(request, _id, "p1", default),
                """{"by":"Maya","reason":"typed twice"}"""
            ),
        ["hold"] = app => Call(request => app.ChangeInvoice.Hold(request, _id, default), """{"reason":"wait"}"""),
        ["dispute"] = app => Call(request => app.ChangeInvoice.Dispute(request, _id, default), """{"reason":"no"}"""),
        ["void"] = app => Call(request => app.ChangeInvoice.Void(request, _id, default), """{"reason":"no"}"""),
        ["read"] = app => Call(request => app.GetInvoice.Run(request, _id, default), ""),
    };

    public static TheoryData<string> Calls => [.. _calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public void It_is_not_found_rather_than_an_error(string call)
    {
        var statuses = new List<int>();
        for (var count = 1; count <= MaxRequests; count++)
        {
            var app = new FuzzApp();
            if (call == "take payment back")
                Assert.Equal(StatusCodes.Status201Created, RecordPayment(app));
            var left = count;
            app.Book.BeforeRequest = () =>
            {
                if (--left == 0)
                    app.Book.Clear();
            };
            statuses.Add(_calls[call](app));
        }

        // Removed before the first request, and never removed.
        Assert.Equal(StatusCodes.Status404NotFound, statuses[0]);
        Assert.InRange(statuses[^1], 200, 201);
        Assert.All(statuses, status => Assert.Contains(status, (int[])[404, statuses[^1]]));
    }

    private static int RecordPayment(FuzzApp app) =>
        Call(
            request => app.RecordPayment.Run(request, _id, default),
            """{"amount":"1.00","currency":"EUR","paymentId":"p1"}""",
            ("Idempotency-Key", "key-1")
        );

    private static int Call(
        Func<HttpRequest, Task<IResult>> function,
        string body,
        params (string Name, string Value)[] headers
    ) => FuzzApp.Status(function, Encoding.UTF8.GetBytes(body), "application/json", headers: headers);
}
