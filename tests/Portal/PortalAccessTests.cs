using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Portal;

/// <summary>Every page and form of the portal, found by their routes, so that a new one cannot be forgotten.</summary>
[Trait("Category", "Long")]
public sealed class PortalAccessTests : PortalScenario
{
    private const string Forged = "0123456789abcdef-98f-0-abcdefgh-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly CountingTransport _storage = new();

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    private IEnumerable<HttpFunction> Functions =>
        Host.Functions.Http.Where(f => f.Route.StartsWith("portal/{token}", StringComparison.Ordinal));

    [Fact]
    public async Task Wrong_expired_revoked_and_erased_lead_to_one_and_the_same_page()
    {
        var first = await PostInvoiceAsync(Invoice("A-1"));
        var second = await PostInvoiceAsync(Invoice("B-1", customer: Customer("bell", "ann@bell.example")));
        var third = await PostInvoiceAsync(Invoice("C-1", customer: Customer("cole", "joe@cole.example")));
        var (revoked, erased, expired) = (await LinkAsync(first), await LinkAsync(second), await LinkAsync(third));
        await DeleteAsync($"api/customers/{CustomerOf(first)}/portal-links", """{"by":"Maya"}""");
        await PayAsync(second, "119.00", "2026-03-02");
        await DeleteAsync($"api/customers/{CustomerOf(second)}", null);
        Host.Clock.Advance(TimeSpan.FromDays(46));

        foreach (var function in Functions.Where(f => !f.Route.EndsWith("new-link", StringComparison.Ordinal)))
        {
            var pages = new List<string>();
            foreach (var link in new[] { $"/api/portal/{Forged}", revoked, erased, expired, "/api/portal/x" })
            {
                using var response = await RequestAsync(function, link);
                Assert.True(response.StatusCode is HttpStatusCode.NotFound, $"{function.Name}: {response.StatusCode}");
                var page = await response.Content.ReadAsStringAsync();
                pages.Add(page.Replace(link, "LINK", StringComparison.Ordinal));
            }
            Assert.Single(pages.Distinct());
            Assert.DoesNotContain("bell", pages[0], StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains("What is open", await ReadAsync(await LinkAsync(first)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_guessed_links_cost_no_request_to_storage()
    {
        var link = (await LinkAsync(await PostInvoiceAsync(Invoice("A-1"))))["/api/portal/".Length..];
        _storage.TakeCount();

        for (var i = 0; i < 1000; i++)
        {
            // Half of them are a real one with its signature, its customer or its end changed.
            var guess = i % 2 == 0 ? Random(link.Length) : Change(link, i / 2 % link.Length);
            using var response = await Visitor.GetAsync($"api/portal/{guess}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Equal(0, _storage.TakeCount());
    }

    [Fact]
    public async Task Reading_changes_nothing_however_often()
    {
        var link = await LinkAsync(await PostInvoiceAsync(Invoice("A-1")));
        await GiveAsync(link, "question", ("text", "Who are you?"));
        var before = await BookAsync();

        for (var i = 0; i < 100; i++)
        {
            foreach (var function in Functions.Where(f => f.Methods.Contains("GET")))
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                {
                    using var request = new HttpRequestMessage(method, PathOf(function, link));
                    using var response = await Visitor.SendAsync(request);
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                }
            }
        }

        Assert.Equal(before, await BookAsync());
    }

    [Fact]
    public async Task A_scanner_that_posts_every_form_it_finds_changes_nothing()
    {
        var link = await LinkAsync(await PostInvoiceAsync(Invoice("A-1")));
        var before = await BookAsync();

        foreach (
            var kind in new[] { "willPay", "hasPaid", "inParts", "question", "complaint", "otherContact", "takeBack" }
        )
        {
            using var empty = await SendFormAsync(Visitor, $"{link}/answer/{kind}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        }
        // The buttons with a day, and at once the confirmation.
        var id = (await Table.ReadAsync(CustomerId.OfExternalId("api", "amberley"), CancellationToken.None))!
            .Invoices.Single()
            .Value.Id;
        var fields = new[] { ("invoices", id.ToString()), ("date", "2026-03-06") };
        using var asked = await SendFormAsync(Visitor, $"{link}/answer/willPay", fields);
        var check = CheckOf(await asked.Content.ReadAsStringAsync());
        using var hasty = await SendFormAsync(Visitor, $"{link}/answer/willPay", [.. fields, ("check", check)]);
        Assert.Contains("Please read this first", await hasty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await BookAsync());

        Host.Clock.Advance(TimeSpan.FromHours(2));
        using var late = await SendFormAsync(Visitor, $"{link}/answer/willPay", [.. fields, ("check", check)]);
        Assert.Contains("was open for long", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var changed = await SendFormAsync(
            Visitor,
            $"{link}/answer/willPay",
            fields[0],
            ("date", "2026-03-07"),
            ("check", CheckOf(await late.Content.ReadAsStringAsync()))
        );
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(before, await BookAsync());
    }

    [Fact]
    public async Task A_link_shows_and_changes_nothing_of_another_customer()
    {
        var own = await PostInvoiceAsync(Invoice("A-1"));
        var foreign = await PostInvoiceAsync(Invoice("B-77", "77.77", customer: Customer("bell", "ann@bell.example")));
        var link = await LinkAsync(own);
        var other = await LinkAsync(foreign);
        await GiveAsync(other, "question", ("text", "a secret of bell"));
        var before = await BookAsync();

        foreach (var function in Functions.Where(f => f.Methods.Contains("GET")))
        {
            var page = await Visitor.GetStringAsync(PathOf(function, link));
            foreach (var word in new[] { "B-77", "77.77", "bell Ltd", "bell.example", "secret" })
                Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
        }
        foreach (
            var (kind, field) in new[] { ("willPay", "invoices"), ("hasPaid", "invoice"), ("complaint", "invoice") }
        )
        {
            foreach (var id in new[] { foreign, "c0000000000000000-i0000000000000000", "x" })
            {
                using var response = await SendFormAsync(
                    Visitor,
                    $"{link}/answer/{kind}",
                    (field, id),
                    ("date", "2026-03-06"),
                    ("paidOn", "2026-03-01"),
                    ("matter", "price")
                );
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            }
        }
        Assert.Equal(before, await BookAsync());
    }

    [Fact]
    public async Task Every_page_has_a_strict_policy_no_script_and_gives_its_address_to_nobody()
    {
        var link = await LinkAsync(await PostInvoiceAsync(Invoice("A-1")));

        foreach (var function in Functions.Where(f => f.Methods.Contains("GET")))
        {
            using var response = await Visitor.GetAsync(PathOf(function, link));
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains(
                "default-src 'none'",
                Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal
            );
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.Contains(
                "noindex",
                Assert.Single(response.Headers.GetValues("X-Robots-Tag")),
                StringComparison.Ordinal
            );
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.True(page.Length < 60 * 1024, $"{function.Name}: {page.Length} characters");
        }
    }

    [Fact]
    public async Task Links_of_unknown_customers_and_bad_requests_to_revoke_are_refused()
    {
        var id = (await PostInvoiceAsync(Invoice("A-1"))).Split('-')[0];
        var link = await LinkAsync($"{id}-1");
        const string By = """{"by":"Maya"}""";
        (HttpMethod Method, string Path, string? Body, int Status, string Says)[] cases =
        [
            (HttpMethod.Post, "customers/c0123456789abcdef/portal-link", null, 404, "customer with this id"),
            (HttpMethod.Post, "customers/a_b'c/portal-link", null, 404, "customer with this id"),
            (HttpMethod.Delete, "customers/c0123456789abcdef/portal-links", By, 404, "customer with this id"),
            (HttpMethod.Delete, "customers/a_b'c/portal-links", By, 404, "customer with this id"),
            (HttpMethod.Delete, $"customers/{id}/portal-links", null, 400, "malformed-json"),
            (HttpMethod.Delete, $"customers/{id}/portal-links", "{}", 422, "#/by"),
            (HttpMethod.Delete, $"customers/{id}/portal-links", """{"by":7}""", 422, "#/by"),
            (HttpMethod.Delete, $"customers/{id}/portal-links", """{"by":"Maya","link":"x"}""", 422, "#/link"),
        ];
        foreach (var (method, path, body, status, says) in cases)
        {
            using var request = new HttpRequestMessage(method, $"api/{path}")
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var response = await Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(
                (int)response.StatusCode == status && text.Contains(says, StringComparison.Ordinal),
                $"{method} {path} {body}: {(int)response.StatusCode} {text}"
            );
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
        Assert.Contains("What is open", await ReadAsync(link), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "text=x")]
    [InlineData("application/json", "{}")]
    public async Task What_is_no_form_is_refused(string type, string body)
    {
        var link = await LinkAsync(await PostInvoiceAsync(Invoice("A-1")));
        foreach (var text in new[] { body, new string('x', 70_000) })
        {
            using var content = new StringContent(text, Encoding.UTF8, type);
            using var response = await Visitor.PostAsync($"{link}/answer/question", content);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_answer_of_no_kind_and_a_form_that_is_too_long_are_refused()
    {
        var link = await LinkAsync(await PostInvoiceAsync(Invoice("A-1")));

        using var unknown = await Visitor.GetAsync($"{link}/answer/delete");
        using var posted = await SendFormAsync(Visitor, $"{link}/answer/delete", ("text", "x"));
        using var huge = await SendFormAsync(Visitor, $"{link}/answer/question", ("text", new string('x', 70_000)));
        using var style = await Visitor.GetAsync("api/portal/style/other.css");

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.NotFound],
            new[] { unknown, posted, huge, style }.Select(response => response.StatusCode)
        );
    }

    private static string PathOf(HttpFunction function, string link) =>
        link + function.Route["portal/{token}".Length..].Replace("{kind}", "question", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> RequestAsync(HttpFunction function, string link) =>
        function.Methods.Contains("GET")
            ? await Visitor.GetAsync(PathOf(function, link))
            : await SendFormAsync(Visitor, PathOf(function, link), ("text", "x"));

    private async Task DeleteAsync(string path, string? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>All rows of the book, as they are stored.</summary>
    private async Task<string> BookAsync() =>
        await StorageText.ReadAsync(Host.Services.GetRequiredService<TableServiceClient>());

    private static string Random(int length) =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(length)).Replace('+', '-').Replace('/', '_')[..length];

    private static string Change(string token, int at) =>
        token[..at] + (token[at] == 'a' ? 'b' : 'a') + token[(at + 1)..];
}
