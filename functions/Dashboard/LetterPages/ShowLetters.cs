using System.Text.Json.Nodes;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.Layout;
using Dunning.Http;
using Dunning.PostalLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.LetterPages;

/// <summary>
/// <c>/api/dashboard/letters</c>: the letters that wait; <c>do-print</c> is the document that prints the chosen ones,
/// <c>do-posted</c> records that they were posted, <c>{id}/enclosures/{number}</c> is a file that goes with one.
/// </summary>
public sealed class ShowLetters(
    DashboardRequests requests,
    LetterList letters,
    LetterPrinting printing,
    PrintLetters print,
    MarkLettersPosted posted,
    LetterEnclosures enclosures
)
{
    /// <summary>The letters have a style of their own; they may load nothing and run nothing.</summary>
    private const string PrintPolicy =
        "sandbox allow-modals; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    [Function(nameof(ShowLetters))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/letters")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            context => PageAsync(context, request.Query["after"], request.Query["done"], [], cancellationToken),
            cancellationToken
        );

    [Function("PrintChosenLetters")]
    public Task<IResult> Print(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-print")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                if (await CallAsync(print.Run, BodyOf(context, form, "postOn"), cancellationToken) is not { } batch)
                    return await RefuseAsync(context, ["letters.wrongDay"], cancellationToken);
                if (batch["printed"]!.AsArray().Count == 0)
                    return await RefuseAsync(context, ["letters.nothingPrinted"], cancellationToken);
                request.HttpContext.Response.Headers.ContentSecurityPolicy = PrintPolicy;
                return Results.Content((string)batch["document"]!, "text/html; charset=utf-8");
            },
            cancellationToken
        );

    [Function("MarkChosenLettersPosted")]
    public Task<IResult> Posted(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/do-posted")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                var body = BodyOf(context, form, "on", "trackingNumber");
                if (await CallAsync(posted.Run, body, cancellationToken) is not { } answer)
                    return await RefuseAsync(context, ["letters.wrongDay"], cancellationToken);
                var refused = answer["letters"]!
                    .AsArray()
                    .Select(letter => (string)letter!["result"]!)
                    .Where(result => result is not ("posted" or "alreadyPosted"))
                    .Distinct()
                    .Select(result => $"letters.{result}")
                    .ToList();
                return refused.Count == 0
                    ? Pages.SeeOther(Pages.With(Pages.Of("letters"), "done", "lettersPosted"))
                    : await RefuseAsync(context, refused, cancellationToken);
            },
            cancellationToken
        );

    [Function("ShowLetterEnclosure")]
    public Task<IResult> Enclosure(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/letters/{id}/enclosures/{number:int}")]
            HttpRequest request,
        string id,
        int number,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await enclosures.FindAsync(request.HttpContext.Response, id, number, cancellationToken)
                ?? DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound"),
            cancellationToken
        );

    /// <returns>Null for a request that the API refuses.</returns>
    private static async Task<JsonNode?> CallAsync(
        Func<HttpRequest, CancellationToken, Task<IResult>> function,
        JsonObject body,
        CancellationToken cancellationToken
    ) =>
        await function(ApiCall.Create("POST", "", body), cancellationToken)
            is ApiResult { Status: StatusCodes.Status200OK, Body: { } answer }
            ? JsonNode.Parse(answer)
            : null;

    /// <summary>The chosen letters are fields whose names begin with <c>letter-</c>.</summary>
    private static JsonObject BodyOf(
        PageContext context,
        IReadOnlyDictionary<string, string> form,
        params string[] fields
    )
    {
        var body = new JsonObject
        {
            ["by"] = context.Session!.Name,
            ["letters"] = new JsonArray([
                .. form
                    .Keys.Where(key => key.StartsWith(LettersPage.Chosen, StringComparison.Ordinal))
                    .Select(key => JsonValue.Create(key[LettersPage.Chosen.Length..])),
            ]),
        };
        foreach (var field in fields)
            if (form.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text)
                body[field] = text;
        return body;
    }

    private Task<IResult> RefuseAsync(
        PageContext context,
        IReadOnlyList<string> problems,
        CancellationToken cancellationToken
    ) => PageAsync(context, after: null, done: null, problems, cancellationToken);

    private async Task<IResult> PageAsync(
        PageContext context,
        string? after,
        string? done,
        IReadOnlyList<string> problems,
        CancellationToken cancellationToken
    )
    {
        var (items, next) = await letters.ReadAsync(after, LetterList.MaxLetters, cancellationToken);
        return Pages.Show<LettersPage>(
            context,
            new LettersView(items, next, printing.Today, problems, done),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict
        );
    }
}

/// <param name="Continuation">Of the next page; null on the last.</param>
/// <param name="Problems">Keys of their words.</param>
/// <param name="Done">The action that was done; null for none.</param>
public sealed record LettersView(
    IReadOnlyList<LetterItem> Letters,
    string? Continuation,
    DateOnly Today,
    IReadOnlyList<string> Problems,
    string? Done
);
