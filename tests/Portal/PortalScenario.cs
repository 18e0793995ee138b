using System.Net;
using System.Text.RegularExpressions;
using Dunning.Receivables;
using Dunning.Tests.Dashboard;

namespace Dunning.Tests.Portal;

/// <summary>A scenario in which customers open the links of their messages and answer.</summary>
public abstract partial class PortalScenario : DashboardScenario
{
    protected HttpClient Visitor { get; private set; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Visitor = NewBrowser();
    }

    protected override Task AfterAsync()
    {
        Visitor.Dispose();
        return Task.CompletedTask;
    }

    protected Task<string> LinkAsync(string invoice) => CustomerLink.CreateAsync(Http, invoice);

    /// <summary>Fills in a form, reads what will happen, and confirms it a moment later.</summary>
    /// <returns>The check page's text and the answer to the confirmation.</returns>
    protected async Task<(string Check, HttpResponseMessage Response)> AnswerAsync(
        string link,
        string kind,
        params (string Name, string Value)[] fields
    )
    {
        var path = $"{link}/answer/{kind}";
        using var asked = await SendFormAsync(Visitor, path, fields);
        var page = await asked.Content.ReadAsStringAsync();
        Assert.True(asked.StatusCode is HttpStatusCode.OK, page);
        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        return (page, await SendFormAsync(Visitor, path, [.. fields, ("check", CheckOf(page))]));
    }

    /// <summary>The same, and it must be accepted.</summary>
    protected async Task<string> GiveAsync(string link, string kind, params (string Name, string Value)[] fields)
    {
        var (check, response) = await AnswerAsync(link, kind, fields);
        using (response)
            Assert.True(
                response.StatusCode is HttpStatusCode.SeeOther,
                $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}"
            );
        return WebUtility.HtmlDecode(Tags().Replace(check, ""));
    }

    protected static Regex LinkPattern() => CustomerLink.Pattern();

    /// <summary>The text of a page.</summary>
    protected async Task<string> ReadAsync(string path) =>
        Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(await Visitor.GetStringAsync(path), " ")), " ");

    /// <summary>What a check page's form carries.</summary>
    public static string CheckOf(string page) =>
        CheckPattern().Match(page) is { Success: true } check
            ? check.Groups[1].Value
            : throw new InvalidOperationException($"The page asks for no confirmation: {page}");

    protected async Task<Invoice> StoredAsync(string id)
    {
        Assert.True(InvoiceId.TryParse(id, out var parsed));
        return (await Table.ReadInvoiceAsync(parsed, CancellationToken.None))!.Value;
    }

    protected async Task<IReadOnlyList<Reply>> RepliesAsync(string invoice) =>
        [
            .. (await Table.ReadRepliesAsync(new CustomerId(invoice.Split('-')[0]), CancellationToken.None)).Select(
                reply => reply.Value
            ),
        ];

    [GeneratedRegex("name=\"check\" value=\"([^\"]+)\"")]
    private static partial Regex CheckPattern();

    [GeneratedRegex("<(head|style)>.*?</\\1>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
