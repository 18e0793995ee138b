using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The creditor's own texts: checked when they are sent in, previewed, kept in versions, used by messages.
/// </summary>
public sealed class OwnWords : Scenario
{
    private const string English = "api/manage/policies/default/phrases/en";

    [Fact]
    public async Task Messages_of_the_policy_use_them_and_the_shipped_ones_come_back()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await ChangeAsync(("letters.friendly.opening", "A word about invoice {number} of {date} from {company}."));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ChangeAsync();
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("beta", "ann@beta.example")));
        await AdvanceToAsync("2026-03-19T11:00Z");

        Assert.Contains(
            "A word about invoice HF-1 of 16 March 2026 from Harbour & Finch Ltd.",
            LettersTo("amberley")[0].Plain,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("A word about", LettersTo("beta")[0].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_versions_are_kept_with_who_and_when()
    {
        await ChangeAsync(("common.signOff", "Warm regards"));
        await ChangeAsync(("common.signOff", "Best wishes"));

        var texts = await Http.GetFromJsonAsync<JsonElement>(English);
        Assert.Equal(
            [(2, "Maya", "Best wishes"), (1, "Maya", "Warm regards")],
            texts
                .GetProperty("versions")
                .EnumerateArray()
                .Select(version =>
                    (
                        version.GetProperty("version").GetInt32(),
                        version.GetProperty("by").GetString()!,
                        version.GetProperty("phrases").GetProperty("common.signOff").GetString()!
                    )
                )
        );
        Assert.Equal("Kind regards", texts.GetProperty("shipped").GetProperty("common.signOff").GetString());
    }

    [Theory]
    [InlineData("letters.friendly.opening", "Invoice {number} about {projekt}.", "unknown_placeholder")]
    [InlineData("letters.friendly.opening", "Please pay.", "missing_placeholder")]
    [InlineData("letters.friendly.openning", "Invoice {number} is open.", "unknown_key")]
    [InlineData(
        "letters.friendly.subject",
        "{number} {date} is the number of the invoice that we are still waiting for, please",
        "too_long"
    )]
    [InlineData(
        "common.questions",
        "Haben Sie Fragen? Antworten Sie bitte einfach auf diese E-Mail.",
        "other_language"
    )]
    [InlineData("common.questions", "Вопросы? Просто ответьте на это письмо.", "other_language")]
    [InlineData("common.person", "{name} of {customer}", "unknown_placeholder")]
    [InlineData("labels.payOnline", "Pay {amount}", "unknown_placeholder")]
    [InlineData("common.smsHelp", "Ask us.", "unknown_key")]
    [InlineData("common.questions", "Look at https://evil.example/ for more.", "has_link")]
    [InlineData("dashboard.page.overview", "Start", "unknown_key")]
    public async Task A_text_that_would_harm_a_message_is_refused_with_its_key(string key, string text, string code)
    {
        using var answer = await PutAsync(English, (key, text));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = problem
            .GetProperty("errors")
            .EnumerateArray()
            .First(e => e.GetProperty("code").GetString() == code);
        Assert.Equal($"#/phrases/{key}", error.GetProperty("pointer").GetString());
        Assert.Empty((await Http.GetFromJsonAsync<JsonElement>(English)).GetProperty("versions").EnumerateArray());
    }

    [Theory]
    [InlineData("api/manage/policies/other/phrases/en")]
    [InlineData("api/manage/policies/default/phrases/tlh")]
    public async Task An_unknown_policy_or_language_is_not_found(string path)
    {
        using var changed = await PutAsync(path, ("common.signOff", "Best wishes"));
        using var read = await Http.GetAsync(path);
        using var shown = await PostAsync($"{path}/preview", new { invoice = "x" });

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            new[] { changed.StatusCode, read.StatusCode, shown.StatusCode }
        );
    }

    [Fact]
    public async Task All_shipped_texts_can_be_sent_back_and_change_nothing()
    {
        foreach (var language in new[] { "en", "fr", "ru" })
        {
            var path = $"api/manage/policies/default/phrases/{language}";
            var shipped = (await Http.GetFromJsonAsync<JsonElement>(path)).GetProperty("shipped");
            using var answer = await Http.PutAsJsonAsync(path, new { by = "Maya", phrases = shipped });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900118")));
        await AdvanceToAsync("2026-03-23T09:00Z");

        Assert.Contains(" See or answer: http", SmsMessages.First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_makes_SMS_longer_is_allowed_and_said()
    {
        using var answer = await PutAsync(English, ("common.smsBare", "{company} ✓ {number}, {amount}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("GSM-7", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_shows_every_tone_about_a_real_invoice_and_stores_nothing()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var answer = await PostAsync(
            $"{English}/preview",
            new
            {
                invoice = id,
                personalLine = "See you in Bristol.",
                phrases = new Dictionary<string, string> { ["common.signOff"] = "Best wishes" },
            }
        );
        var messages = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages");

        Assert.Equal(
            [
                "upcoming",
                "dueToday",
                "friendly",
                "helpful",
                "firm",
                "offer",
                "final",
                "termination",
                "creditReport",
                "preCollectionNotice",
                "thankYou",
            ],
            messages.EnumerateArray().Select(message => message.GetProperty("tone").GetString()!)
        );
        Assert.All(
            messages.EnumerateArray(),
            message =>
            {
                Assert.Contains(
                    "See you in Bristol.",
                    message.GetProperty("text").GetString(),
                    StringComparison.Ordinal
                );
                Assert.Contains("Best wishes", message.GetProperty("text").GetString(), StringComparison.Ordinal);
                Assert.Contains("HF-1", message.GetProperty("text").GetString(), StringComparison.Ordinal);
            }
        );
        Assert.Empty((await Http.GetFromJsonAsync<JsonElement>(English)).GetProperty("versions").EnumerateArray());
        Assert.Empty(Emails);
    }

    [Fact]
    public async Task A_preview_of_an_unknown_invoice_is_not_found_and_one_of_none_names_the_field()
    {
        using var unknown = await PostAsync($"{English}/preview", new { invoice = "c-i" });
        using var none = await PostAsync($"{English}/preview", new { phrases = new { } });

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("#/invoice", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task ChangeAsync(params (string Key, string Text)[] phrases)
    {
        using var answer = await PutAsync(English, phrases);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> PutAsync(string path, params (string Key, string Text)[] phrases) =>
        Http.PutAsJsonAsync(
            path,
            new { by = "Maya", phrases = phrases.ToDictionary(phrase => phrase.Key, phrase => phrase.Text) }
        );
}
