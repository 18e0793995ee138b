using System.Text;
using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Tests.Http;

public sealed class ApiResultTests
{
    [Fact]
    public async Task An_answer_is_written_with_its_status_headers_and_body()
    {
        var response = await Written(
            ApiResult.Created(
                "/api/invoices/c-i",
                new
                {
                    Id = "c-i",
                    State = DayOfWeek.Monday,
                    Missing = (string?)null,
                    Name = "Müller & <b>",
                }
            )
        );

        Assert.Equal(
            (201, "application/json", "/api/invoices/c-i", """{"id":"c-i","state":"monday","name":"Müller & <b>"}"""),
            (response.StatusCode, response.ContentType, response.Headers.Location.ToString(), Body(response))
        );
    }

    /// <summary>A page says "saved" after the first, and shows the reason of any other one.</summary>
    [Fact]
    public void A_change_that_is_saved_while_a_reminder_leaves_is_no_refusal()
    {
        var refused = ApiResult.RetryLater("It was not sent now", "Send it again.", TimeSpan.FromMinutes(1));

        Assert.True(ApiResult.ReminderInFlight().IsReminderInFlight);
        Assert.False(refused.IsReminderInFlight);
    }

    [Fact]
    public async Task A_problem_says_what_kind_it_is_and_lists_every_error()
    {
        var problem = ApiResult.Problem(
            422,
            "invoice-invalid",
            "The invoice is not valid",
            "Two fields.",
            [new("#/a", "missing", "say a"), new("#/b/0", "odd", "say b")]
        );

        var response = await Written(problem);

        Assert.Equal((422, "application/problem+json"), (response.StatusCode, response.ContentType));
        Assert.Equal(
            """{"type":"urn:dunning:problem:invoice-invalid","title":"The invoice is not valid","status":422,"detail":"Two fields.","errors":["""
                + """{"pointer":"#/a","code":"missing","detail":"say a"},{"pointer":"#/b/0","code":"odd","detail":"say b"}]}""",
            Body(response)
        );
    }

    [Fact]
    public async Task An_answer_without_a_body_has_no_content_type()
    {
        var response = await Written(new ApiResult(204, null, "application/json", new Dictionary<string, string>()));

        Assert.Equal((204, null, ""), (response.StatusCode, response.ContentType, Body(response)));
    }

    [Fact]
    public void A_header_is_added_to_a_copy()
    {
        var answer = ApiResult.Ok(new { A = 1 });

        var marked = answer.With("X-A", "1").With("X-B", "2").With("X-A", "3");

        Assert.Empty(answer.Headers);
        Assert.Equal(("3", "2", 2), (marked.Headers["X-A"], marked.Headers["X-B"], marked.Headers.Count));
        Assert.Equal(answer.Body, marked.Body);
    }

    [Fact]
    public void What_is_not_there_is_named() =>
        Assert.Equal(
            (
                404,
                """{"type":"urn:dunning:problem:not-found","title":"Not found","status":404,"detail":"No invoice exists."}"""
            ),
            (ApiResult.NotFound("invoice").Status, ApiResult.NotFound("invoice").Body)
        );

    private static async Task<HttpResponse> Written(ApiResult answer)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await answer.ExecuteAsync(context);
        return context.Response;
    }

    private static string Body(HttpResponse response) =>
        Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());
}
