using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>An owner looks at a ladder, changes it after having seen what that does, and moves invoices.</summary>
public sealed class PolicyPagesTests : BrowserScenario
{
    [BrowserFact]
    public async Task A_ladder_is_drawn_over_weekends_and_holidays_with_who_uses_it()
    {
        await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await ClickLinkAsync(page, "Policies");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row, new() { Name = "default v2" }))
            .ToContainTextAsync("All invoices that no other policy is for");
        await ClickLinkAsync(page, "default");

        await page.GetByLabel("Sample invoice, due on").FillAsync("2026-03-27");
        await page.GetByLabel("Country of the customer").FillAsync("GB");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        // Seven days later is Good Friday; Tuesday is the first business day after Easter.
        await Assertions.Expect(Cell(page, "04/2026", "3")).ToContainTextAsync("public holiday");
        await Assertions.Expect(Cell(page, "04/2026", "7")).ToContainTextAsync("second");
        await Assertions.Expect(Cell(page, "03/2026", "27")).ToContainTextAsync("Due");
        await Assertions.Expect(Cell(page, "03/2026", "28")).ToContainTextAsync("weekend");
        // Used by one open invoice.
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row, new() { Name = "v2" }))
            .ToContainTextAsync(
                new System.Text.RegularExpressions.Regex(@"comes with the app or its policies file\s*–\s*1")
            );
    }

    [BrowserFact]
    public async Task A_change_is_previewed_saved_as_a_version_and_then_open_invoices_are_moved()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/policy");
        await ClickLinkAsync(page, "Change");

        var first = page.GetByRole(AriaRole.Group, new() { Name = "Step 4" });
        await Assertions.Expect(first.GetByLabel("Step", new() { Exact = true })).ToHaveValueAsync("first");
        await first.GetByLabel("Days", new() { Exact = true }).FillAsync("1");
        await first.GetByRole(AriaRole.Button, new() { Name = "More about the step" }).ClickAsync();
        await page.GetByLabel("Signed by").FillAsync("Ruth Harbour");
        var another = page.GetByRole(AriaRole.Group, new() { Name = "Another step" });
        await another.GetByLabel("Step", new() { Exact = true }).FillAsync("extra");
        await another.GetByLabel("Days", new() { Exact = true }).FillAsync("10");
        await another.GetByLabel("Tone").SelectOptionAsync("Offer of help");
        await another.GetByLabel("Email", new() { Exact = true }).CheckAsync();
        await another.GetByLabel("Place in the order").FillAsync("6");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();

        await Assertions
            .Expect(page.GetByText("Moved: Friendly reminder by Email, from 19 Mar 2026 to 17 Mar 2026: A-1"))
            .ToBeVisibleAsync();
        await Assertions
            .Expect(page.GetByText("Sent in addition: Offer of help by Email on 26 Mar 2026: A-1"))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this version" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved. New invoices follow it in a minute.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "v3" })).ToContainTextAsync("Maya");

        await ClickLinkAsync(page, "See what moving them changes");
        ExpectConsole("409");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move them" }).ClickAsync();
        await Assertions
            .Expect(page.GetByText("The version is active a minute after it was saved."))
            .ToBeVisibleAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Move them" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The open invoices are moved.")).ToBeVisibleAsync();

        var invoice = await GetInvoiceAsync(id);
        Assert.Equal("default v3", invoice.GetProperty("policy").GetString());
        await AdvanceDailyAsync("2026-03-03", "2026-03-17");
        Assert.Contains("Ruth Harbour", Emails.Last().Plain!, StringComparison.Ordinal);
        var saved = await Http.GetStringAsync("api/policies/default");
        // What the form does not show stays.
        Assert.Contains("\"shortTermBusinessDays\":-3", saved, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_mistake_is_told_at_its_field_and_nothing_that_was_typed_is_lost()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/do-policy?name=default");
        var fifth = page.GetByRole(AriaRole.Group, new() { Name = "Step 5" });
        await fifth.GetByLabel("Days", new() { Exact = true }).FillAsync("a week");
        await fifth.GetByLabel("Step", new() { Exact = true }).FillAsync("first");
        await page.GetByLabel("Quiet days").FillAsync("24.12.");
        ExpectConsole("422");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("write a whole number");
        await Assertions.Expect(fifth.GetByLabel("Days", new() { Exact = true })).ToHaveValueAsync("a week");
        await fifth.GetByLabel("Days", new() { Exact = true }).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();
        await Assertions.Expect(fifth).ToContainTextAsync("choose an id that no other step has");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("write 12-24..01-01");
        await Assertions.Expect(page.GetByLabel("Quiet days")).ToHaveValueAsync("24.12.");
        Assert.DoesNotContain(
            "\"version\":3",
            await Http.GetStringAsync("api/policies/default"),
            StringComparison.Ordinal
        );
    }

    [BrowserFact]
    public async Task A_step_changes_its_place_and_a_new_one_without_a_name_is_asked_for_it()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/do-policy?name=default");
        await page.GetByRole(AriaRole.Group, new() { Name = "Step 1" }).GetByLabel("Place").FillAsync("2");
        var another = page.GetByRole(AriaRole.Group, new() { Name = "Another step" });
        await another.GetByLabel("Days", new() { Exact = true }).FillAsync("60");
        ExpectConsole("422");
        // Enter checks.
        await another.GetByLabel("Days", new() { Exact = true }).PressAsync("Enter");

        await Assertions
            .Expect(
                page.GetByRole(AriaRole.Group, new() { Name = "Step 2" }).GetByLabel("Step", new() { Exact = true })
            )
            .ToHaveValueAsync("invoice");
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link, new() { Name = "Step 10, Step" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id='steps.9.id']")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("[id='steps.9.number']")).ToHaveValueAsync("60");
    }

    [BrowserFact]
    public async Task Who_saves_after_somebody_else_is_told_and_keeps_what_was_typed()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/do-policy?name=default");
        await page.GetByLabel("Sent at").FillAsync("10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();
        using var other = await RequestAsync(
            HttpMethod.Put,
            "api/policies/default",
            new
            {
                by = "Tom",
                policy = new
                {
                    name = "default",
                    version = 3,
                    steps = new[]
                    {
                        new
                        {
                            id = "a",
                            days = 3,
                            tone = "friendly",
                            channels = new[] { "email" },
                        },
                    },
                },
            }
        );
        Assert.True(other.IsSuccessStatusCode);
        ExpectConsole("409");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this version" }).ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Somebody saved version 3 meanwhile.");
        await Assertions.Expect(page.GetByLabel("Sent at")).ToHaveValueAsync("10:00");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading).First).ToHaveTextAsync("Change default v4");
    }

    [BrowserFact]
    public async Task A_new_policy_is_for_a_group_and_a_person_chooses_it_for_invoices()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/policies");
        await page.GetByLabel("Name").FillAsync("Schools & co");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Groups of customers").FillAsync("Schools\nNurseries, Crèches");
        await page.GetByLabel("Amount from").FillAsync("GBP 10.00");
        await page.GetByRole(AriaRole.Group, new() { Name = "Step 6" }).GetByLabel("Remove this step").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the form" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Groups of customers")).ToHaveValueAsync("Schools\nNurseries, Crèches");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it changes" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this version" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Policy Schools & co" }))
            .ToBeVisibleAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var saved = await Http.GetStringAsync("api/policies/Schools%20%26%20co");
        Assert.Contains("\"groups\":[\"Schools\",\"Nurseries, Crèches\"]", saved, StringComparison.Ordinal);
        Assert.Contains("\"amountFrom\":{\"GBP\":\"10.00\"}", saved, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"third\"", saved, StringComparison.Ordinal);

        await page.GotoAsync($"{Home}/invoices/{id}");
        await DoAsync(page, "Choose another policy", ("Policy", "Schools & co"));
        Assert.Equal("Schools & co v1", (await GetInvoiceAsync(id)).GetProperty("policy").GetString());
    }

    private static ILocator Cell(IPage page, string month, string day) =>
        page.GetByRole(AriaRole.Table, new() { Name = month })
            .GetByRole(AriaRole.Cell)
            .Filter(new() { HasTextRegex = new System.Text.RegularExpressions.Regex($@"^\s*{day}(\D|$)") });

    private static Task ClickLinkAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();
}
