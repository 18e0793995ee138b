using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Dashboard.Access;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>Calls that are made and letters that are printed and posted, on the pages.</summary>
public sealed class CallsAndLettersTests : BrowserScenario
{
    [BrowserFact]
    public async Task A_call_has_all_that_is_said_and_ends_in_a_promise()
    {
        var id = await PostAsync("A-1", "call");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Calls" }).ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "+447700900123" }))
            .ToHaveAttributeAsync("href", "tel:+447700900123");
        await Assertions.Expect(page.GetByText("open since 16 Mar 2026: 3 days")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Promises to pay" }).ClickAsync();
        await page.GetByLabel("Day of payment").FillAsync("2026-03-24");
        await page.GetByLabel("Note").FillAsync("after the fair");
        await ConfirmAsync(page, "Promises to pay");
        await Assertions.Expect(page.GetByText("The promise is recorded.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("No call is due.")).ToBeVisibleAsync();
        Assert.Equal("promised", await StateAsync(id));
    }

    [BrowserFact]
    public async Task A_dispute_names_one_invoice_of_the_call_by_its_number()
    {
        var first = await PostAsync("A-1", "call");
        var second = await PostAsync("A-2", "call");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/calls");

        await page.GetByRole(AriaRole.Link, new() { Name = "Disputes it" }).ClickAsync();
        ExpectConsole("422");
        await page.GetByLabel("Number of the invoice").FillAsync("A-7");
        await ConfirmAsync(page, "Disputes it");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("Number of the invoice").FillAsync("A-2");
        await ConfirmAsync(page, "Disputes it");

        await Assertions.Expect(page.GetByText("The dispute is recorded.")).ToBeVisibleAsync();
        Assert.Equal(("open", "disputed"), (await StateAsync(first), await StateAsync(second)));
    }

    [BrowserFact]
    public async Task Letters_are_printed_in_a_window_of_their_own_and_count_when_they_are_posted()
    {
        var id = await PostAsync("A-1", "letter");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/letters");
        await Assertions.Expect(page.GetByText("To print")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        // Not printed yet: nobody knows what was posted.
        ExpectConsole("409");
        await page.GetByRole(AriaRole.Button, new() { Name = "Posted" }).ClickAsync();
        await Assertions.Expect(page.GetByText("print it first")).ToBeVisibleAsync();
        Assert.DoesNotContain("sent", await EventsAsync(id));

        var printed = await page.RunAndWaitForPopupAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync()
        );
        await Assertions.Expect(printed.Locator(".recipient")).ToContainTextAsync("1 Quay Street");
        await printed.CloseAsync();

        await page.GotoAsync($"{Home}/letters");
        await Assertions.Expect(page.GetByText("To post")).ToBeVisibleAsync();
        await page.GetByLabel("Tracking number").FillAsync("RR123456785GB");
        await page.GetByRole(AriaRole.Button, new() { Name = "Posted" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The letters count as sent.")).ToBeVisibleAsync();
        Assert.Equal(["Letter posted on 2026-03-19: RR123456785GB by Maya"], await SaidAsync(id, "sent"));

        await page.GotoAsync($"{Home}/invoices/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the message as it was sent" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "The letter came back" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("moved");
        await ConfirmAsync(page, "The letter came back");
        await Assertions.Expect(page.GetByText("The address is not used again.")).ToBeVisibleAsync();
        Assert.Equal(
            ["Not delivered by letter, says Maya: moved; the address is not used any more"],
            await SaidAsync(id, "notDelivered")
        );
    }

    [BrowserFact]
    public async Task A_call_that_nobody_makes_is_given_up()
    {
        var id = await PostAsync("A-1", "call");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/calls");

        await page.GetByRole(AriaRole.Link, new() { Name = "Do not call" }).ClickAsync();
        await page.GetByLabel("Note").FillAsync("we met them");
        await ConfirmAsync(page, "Do not call");

        await Assertions.Expect(page.GetByText("Nobody will call.")).ToBeVisibleAsync();
        Assert.Contains("Not sent by call: discarded by Maya: we met them", await SaidAsync(id, "notSent"));
    }

    [BrowserFact]
    public async Task A_letter_is_given_up_with_a_reason()
    {
        var id = await PostAsync("A-1", "letter");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/letters");

        await page.GetByRole(AriaRole.Link, new() { Name = "Do not post it" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("we met them");
        await ConfirmAsync(page, "Do not post it");

        await Assertions.Expect(page.GetByText("The letter is not posted.")).ToBeVisibleAsync();
        Assert.Contains("Not sent by letter: discarded by Maya: we met them", await SaidAsync(id, "notSent"));
    }

    [Theory]
    [InlineData("letter, email", "letter email")]
    [InlineData("", "")]
    public async Task A_person_says_by_which_way_and_to_which_address(string channels, string stored)
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        using var owner = await SignInAsync();

        using var answer = await EditAsync(owner, id, channels, "2 Quay Street");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.Equal(
            stored,
            string.Join(' ', customer.GetProperty("channels").EnumerateArray().Select(channel => channel.GetString()))
        );
        Assert.Equal("2 Quay Street", customer.GetProperty("address").GetProperty("line1").GetString());
        var form = await owner.GetStringAsync($"{Home}/do/editCustomer/{CustomerOf(id)}");
        Assert.Contains("2 Quay Street", form, StringComparison.Ordinal);

        // Emptied, it is removed.
        using var emptied = await EditAsync(owner, id, channels, "");
        customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.False(customer.TryGetProperty("address", out _));
    }

    [Fact]
    public async Task An_address_of_which_the_form_shows_nothing_is_not_taken_for_emptied()
    {
        var buyer = new
        {
            externalId = "amberley",
            name = "amberley Ltd",
            email = "tom@amberley.example",
            address = new { country = "GB" },
        };
        var id = await PostInvoiceAsync(Invoice("A-1", customer: buyer));
        using var owner = await SignInAsync();

        using var answer = await EditAsync(owner, id, "email", "");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.Equal("GB", customer.GetProperty("address").GetProperty("country").GetString());
        // The source may still complete it.
        await PostInvoiceAsync(
            Invoice(
                "A-2",
                customer: new
                {
                    buyer.externalId,
                    buyer.name,
                    buyer.email,
                    address = new { line1 = "1 Quay Street", country = "GB" },
                }
            )
        );
        customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.Equal("1 Quay Street", customer.GetProperty("address").GetProperty("line1").GetString());
    }

    [Fact]
    public async Task A_way_that_there_is_not_is_refused_at_its_field()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        using var owner = await SignInAsync();

        using var answer = await EditAsync(owner, id, "fax", "2 Quay Street");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("value=\"fax\"", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> EditAsync(
        HttpClient owner,
        string id,
        string channels,
        string line1
    ) =>
        await SendFormAsync(
            owner,
            $"{Home}/do/editCustomer/{CustomerOf(id)}",
            ("token", await TokenAsync(owner)),
            ("confirmed", "yes"),
            ("email", "tom@amberley.example"),
            ("line1", line1),
            ("city", line1.Length > 0 ? "Bristol" : ""),
            ("channels", channels)
        );

    [Theory]
    [InlineData("do-print")]
    [InlineData("do-posted")]
    public async Task A_reader_prints_and_posts_nothing_and_a_form_of_nobody_is_refused(string path)
    {
        using var reader = await SignInAsync(DashboardRole.Reader, "Ann");
        using var refused = await SendFormAsync(reader, $"{Home}/{path}", ("token", await TokenAsync(reader)));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var owner = await SignInAsync();
        using var forged = await SendFormAsync(owner, $"{Home}/{path}", ("token", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Theory]
    [InlineData("do-print", "postOn", "yesterday")]
    [InlineData("do-print", "postOn", "2030-01-01")]
    [InlineData("do-posted", "on", "2030-01-01")]
    [InlineData("do-print", "letter-<script>", "on")]
    public async Task What_cannot_be_done_is_said_on_the_page(string path, string field, string value)
    {
        using var owner = await SignInAsync();
        using var answer = await SendFormAsync(
            owner,
            $"{Home}/{path}",
            ("token", await TokenAsync(owner)),
            (field, value)
        );

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    private static async Task ConfirmAsync(IPage page, string action)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = action }).ClickAsync();
    }

    private async Task<string> PostAsync(string number, string channel)
    {
        var id = await PostInvoiceAsync(Invoice(number, customer: Customer(phone: "+447700900123")));
        await PreferAsync(id, channel);
        return id;
    }
}
