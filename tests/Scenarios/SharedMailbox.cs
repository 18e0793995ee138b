using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Customers without an id in the source: firms that share a mailbox are kept apart, and where two readings are
/// possible a person is asked (shared/fixtures/reports, section 2). £119 each, due on Monday 16 March 2026.
/// </summary>
public sealed class SharedMailbox : Scenario
{
    private const string Mailbox = "office@owner.example";

    [Fact]
    public async Task Two_firms_with_one_mailbox_get_a_letter_each_with_their_own_name_and_invoice()
    {
        var alpha = await PostAsync("HF-1", "Alpha GmbH");
        var beta = await PostAsync("HF-2", "Beta GmbH", email: "Office@Owner.example");
        Assert.NotEqual(CustomerOf(alpha), CustomerOf(beta));

        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Equal(2, Emails.Count());
        Assert.Contains(Emails, mail => Names(mail.Plain!, "Alpha GmbH", "HF-1") && !Names(mail.Plain!, "HF-2"));
        Assert.Contains(Emails, mail => Names(mail.Plain!, "Beta GmbH", "HF-2") && !Names(mail.Plain!, "HF-1"));
    }

    [Fact]
    public async Task One_firm_with_one_mailbox_gets_one_letter_whatever_else_its_documents_say()
    {
        var first = await PostAsync("HF-1", "Alpha GmbH");
        var second = await PostAsync("HF-2", "alpha  gmbh", email: "OFFICE@owner.example", taxId: "DE1", country: "DE");
        var third = await PostAsync("HF-3", "Alpha GmbH", country: "DE-BY");
        var fourth = await PostAsync("HF-4", "Alpha GmbH", email: "new@owner.example", taxId: "DE1");
        Assert.Single(new[] { first, second, third, fourth }.Select(CustomerOf).Distinct());

        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Single(Emails);
    }

    [Theory]
    [InlineData("DE2", null)]
    [InlineData(null, "AT")]
    public async Task Another_tax_id_or_country_is_another_firm(string? taxId, string? country)
    {
        var one = await PostAsync("HF-1", "Alpha GmbH", taxId: "DE1", country: "DE");
        var two = await PostAsync("HF-2", "Alpha GmbH", taxId: taxId, country: country);
        Assert.NotEqual(CustomerOf(one), CustomerOf(two));
    }

    [Fact]
    public async Task The_payment_the_thanks_and_the_wish_of_one_firm_are_not_those_of_the_other()
    {
        var alpha = await PostAsync("HF-1", "Alpha GmbH");
        var beta = await PostAsync("HF-2", "Beta GmbH", doNotContact: true);
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-03", "2026-04-03");

        Assert.Equal(("settled", "open"), (await StateAsync(alpha), await StateAsync(beta)));
        Assert.Equal("Thank you for your payment: invoice HF-1", Assert.Single(Emails).Subject);
    }

    [Fact]
    public async Task Another_address_of_the_same_name_is_kept_apart_and_the_answer_says_so()
    {
        var one = await PostAsync("HF-1", "Alpha GmbH");
        var (two, warnings) = await PostWithWarningsAsync("HF-2", "Alpha GmbH", email: "other@alpha.example");

        Assert.NotEqual(CustomerOf(one), CustomerOf(two));
        Assert.Contains(CustomerOf(one), Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_that_two_known_customers_could_owe_waits_for_a_person()
    {
        var one = await PostAsync("HF-1", "Alpha GmbH", taxId: "DE1");
        var two = await PostAsync("HF-2", "Alpha GmbH", taxId: "DE2");
        var (question, warnings) = await PostWithWarningsAsync("HF-3", "Alpha GmbH");

        Assert.Equal("onHold", await StateAsync(question));
        Assert.Contains("externalId", Assert.Single(warnings), StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        Assert.DoesNotContain(Emails, mail => Names(mail.Plain!, "HF-3"));

        var listed = Assert.Single((await QuestionsAsync()).EnumerateArray());
        Assert.Equal(question, listed.GetProperty("invoice").GetString());
        Assert.Equal(
            new[] { CustomerOf(one), CustomerOf(two) }.Order(),
            listed.GetProperty("couldBelongTo").EnumerateArray().Select(c => c.GetProperty("id").GetString())
        );

        await ChangeAsync(question, "resume", new { reason = "a third firm" });
        Assert.Equal(("open", 0), (await StateAsync(question), (await QuestionsAsync()).GetArrayLength()));
    }

    [Fact]
    public async Task An_import_warns_of_another_reading_too()
    {
        await PostAsync("HF-1", "Alpha GmbH");
        var line = JsonSerializer.Serialize(With(Invoice("HF-2"), ("customer", new { name = "Alpha GmbH" })));
        using var lines = new StringContent(line, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var answer = await Http.PostAsync("api/invoices/import", lines);

        Assert.Contains("kept apart", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static bool Names(string text, params string[] words) =>
        words.All(word => text.Contains(word, StringComparison.Ordinal));

    private async Task<JsonElement> QuestionsAsync() =>
        JsonElement.Parse(await Http.GetStringAsync("api/manage/customers/questions"));

    private async Task<string> PostAsync(
        string number,
        string name,
        string email = Mailbox,
        string? taxId = null,
        string? country = null,
        bool? doNotContact = null
    ) => (await PostWithWarningsAsync(number, name, email, taxId, country, doNotContact)).Id;

    private async Task<(string Id, IReadOnlyList<string> Warnings)> PostWithWarningsAsync(
        string number,
        string name,
        string email = Mailbox,
        string? taxId = null,
        string? country = null,
        bool? doNotContact = null
    )
    {
        using var answer = await PostAsync(
            "api/invoices",
            new
            {
                externalId = number,
                number,
                issueDate = "2026-02-01",
                dueDate = "2026-03-16",
                currency = "GBP",
                amountDue = "119.00",
                // A field that is null would remove what is stored.
                customer = new Dictionary<string, string?>
                {
                    ["name"] = name,
                    ["email"] = email,
                    ["taxId"] = taxId,
                    ["country"] = country,
                }
                    .Where(field => field.Value is not null)
                    .ToDictionary(),
                dunning = doNotContact is null ? null : new { doNotContact },
            }
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var json = JsonElement.Parse(text);
        return (
            json.GetProperty("id").GetString()!,
            [.. json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)]
        );
    }
}
