using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Versions of policies that an owner saves: who, when, from when, and which instances know them.</summary>
public sealed class SavedPolicyVersions : Scenario
{
    [Fact]
    public async Task New_invoices_follow_a_version_a_minute_after_it_was_saved_and_open_ones_keep_theirs()
    {
        await using var second = await StartSecondAsync();
        var open = await PostInvoiceAsync(Invoice("HF-1"));
        await PutAsync("default", Ladder("default", 3));

        var early = await PostInvoiceAsync(Invoice("HF-2"));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await PostInvoiceAsync(Invoice("HF-3"));
        using var client = new HttpClient { BaseAddress = second.BaseAddress };
        using var elsewhere = await client.PostAsJsonAsync("api/invoices", Invoice("HF-4"));
        var there = (await elsewhere.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        Assert.Equal("default v2", await PolicyAsync(open));
        Assert.Equal("default v2", await PolicyAsync(early));
        Assert.Equal("default v3", await PolicyAsync(late));
        Assert.Equal("default v3", await PolicyAsync(there));
        // The second instance has not heard of any change but through the table.
        var seen = await client.GetFromJsonAsync<JsonElement>($"api/invoices/{late}");
        Assert.Equal("hello", seen.GetProperty("nextStep").GetProperty("step").GetString());
    }

    [Fact]
    public async Task Every_version_is_kept_with_who_saved_it_and_when()
    {
        var answer = await PutAsync("default", Ladder("default", 3));
        Assert.Equal(2, answer.GetProperty("version").GetInt32());
        await PutAsync("default", Ladder("default", 4, days: 9));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var policy = await Http.GetFromJsonAsync<JsonElement>("api/policies/default");
        Assert.Equal(4, policy.GetProperty("version").GetInt32());
        var versions = policy.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal([4, 3, 2, 1], versions.Select(version => version.GetProperty("version").GetInt32()));
        Assert.Equal("Maya", versions[0].GetProperty("by").GetString());
        Assert.Equal(At("2026-03-02T00:00Z"), versions[0].GetProperty("at").GetDateTimeOffset());
        Assert.Equal(At("2026-03-02T00:01Z"), versions[0].GetProperty("activeFrom").GetDateTimeOffset());
        Assert.Equal(9, versions[0].GetProperty("policy").GetProperty("steps")[0].GetProperty("days").GetInt32());
        Assert.False(versions[3].TryGetProperty("by", out _));
    }

    [Fact]
    public async Task A_new_policy_is_for_a_group_and_a_version_that_was_sent_twice_is_saved_once()
    {
        var gentle = Ladder("gentle", 1, days: 14);
        gentle["for"] = JsonNode.Parse("""{ "groups": ["Schools"] }""");
        await PutAsync("gentle", gentle);
        await PutAsync("gentle", gentle);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var first = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = (await GetInvoiceAsync(first)).GetProperty("customer").GetProperty("id").GetString();
        using var grouped = await RequestAsync(
            HttpMethod.Put,
            $"api/customers/{customer}",
            new { by = "Maya", group = "schools" }
        );
        Assert.True(grouped.IsSuccessStatusCode);
        Assert.Equal("gentle v1", await PolicyAsync(await PostInvoiceAsync(Invoice("HF-2"))));
        var names = (await Http.GetFromJsonAsync<JsonElement>("api/policies")).GetProperty("policies");
        Assert.Equal(
            ["default", "gentle", "pre-collection"],
            names
                .EnumerateArray()
                .Select(one => one.GetProperty("name").GetString()!)
                .Intersect(["default", "gentle", "pre-collection"])
        );
        var versions = (await Http.GetFromJsonAsync<JsonElement>("api/policies/gentle")).GetProperty("versions");
        Assert.Single(versions.EnumerateArray());
    }

    [Fact]
    public async Task What_is_read_can_be_changed_and_sent_back()
    {
        var read = await Http.GetFromJsonAsync<JsonNode>("api/policies/pre-collection");
        var policy = read!["versions"]![0]!["policy"]!.DeepClone().AsObject();
        policy["version"] = policy["version"]!.GetValue<int>() + 1;
        policy["sendAt"] = "10:30";
        var saved = (await PutAsync("pre-collection", policy)).GetProperty("versions")[0].GetProperty("policy");
        Assert.Equal("10:30:00", saved.GetProperty("sendAt").GetString());
        Assert.Equal(policy["steps"]!.AsArray().Count, saved.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public async Task A_policy_that_is_not_active_yet_is_given_to_nobody()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await PutAsync("gentle", Ladder("gentle", 1));
        using var chosen = await PostAsync($"api/invoices/{id}/policy", new { by = "Maya", policy = "gentle" });
        Assert.Equal(422, (int)chosen.StatusCode);
        var named = With(Invoice("HF-2"), ("dunning", new { policy = "gentle" }));
        using var posted = await PostAsync("api/invoices", named);
        Assert.Equal(422, (int)posted.StatusCode);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await PostInvoiceAsync(named);
    }

    [Fact]
    public async Task A_document_that_names_another_policy_goes_on_from_the_step_that_was_taken()
    {
        await PutAsync("calm", Ladder("calm", 1, days: 2));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-02-20"));
        await AdvanceToAsync("2026-03-02T09:00Z");
        Assert.Single(Emails);

        await PostInvoiceAsync(With(Invoice("HF-1", due: "2026-02-20"), ("dunning", new { policy = "calm" })));

        Assert.Equal("calm v1", await PolicyAsync(id));
        Assert.Equal("last", (await GetInvoiceAsync(id)).GetProperty("nextStep").GetProperty("step").GetString());
    }

    [Fact]
    public async Task A_due_date_that_nobody_named_stays_what_the_customer_was_told()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: null, issued: "2026-02-20"));
        Assert.Equal("2026-03-22", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());
        var shorter = Ladder("short", 1);
        shorter["termsDays"] = 10;
        await PutAsync("short", shorter);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ChangeAsync(id, "policy", new { by = "Maya", policy = "short" });

        await PostInvoiceAsync(Invoice("HF-1", "120.00", due: null, issued: "2026-02-20"));
        Assert.Equal("2026-03-22", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());
    }

    [Fact]
    public async Task Who_changes_an_old_version_is_told_and_nothing_is_lost()
    {
        await PutAsync("default", Ladder("default", 3));
        foreach (var version in new[] { 2, 3, 5 })
        {
            using var answer = await SendAsync("default", Ladder("default", version, days: 20));
            Assert.Equal(409, (int)answer.StatusCode);
            Assert.Contains("send it as version 4", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_person_chooses_another_policy_for_one_invoice()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-02-20"));
        await AdvanceToAsync("2026-03-02T09:00Z");
        Assert.Single(Emails);
        await PutAsync("calm", Ladder("calm", 1, days: 40));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        await ChangeAsync(id, "policy", new { by = "Maya", policy = "calm" });
        await ChangeAsync(id, "policy", new { by = "Maya", policy = "calm" });

        Assert.Equal("calm v1", await PolicyAsync(id));
        Assert.Equal(
            "Policy calm v1 instead of default v2 by Maya",
            Assert.Single(await SaidAsync(id, "policyChanged"))
        );
        // The friendly step of the new ladder stands for the one that was taken.
        Assert.Equal("last", (await GetInvoiceAsync(id)).GetProperty("nextStep").GetProperty("step").GetString());
        using var unknown = await PostAsync($"api/invoices/{id}/policy", new { by = "Maya", policy = "clam" });
        Assert.Equal(422, (int)unknown.StatusCode);
        var problem = (await unknown.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("#/policy", problem.GetProperty("pointer").GetString());
        Assert.Contains("calm", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "policy": {} }""", "#/by")]
    [InlineData("""{ "by": "Maya" }""", "#/policy")]
    [InlineData("""{ "by": "Maya", "policy": [] }""", "#/policy")]
    [InlineData("""{ "by": "Maya", "policy": { "name": "default", "version": 3 } }""", "#/policy/steps")]
    [InlineData("""{ "by": "Maya", "polici": {}, "policy": {} }""", "#/polici")]
    [InlineData(
        """
            { "by": "Maya", "policy": { "name": "other", "version": 3, "steps":
              [{ "id": "a", "days": 1, "tone": "friendly", "channels": ["email"] }] } }
            """,
        "#/policy/name"
    )]
    [InlineData(
        """
            { "by": "Maya", "policy": { "name": "default", "version": 3, "steps":
              [{ "id": "a", "days": 1, "tone": "final", "channels": ["email"] }] } }
            """,
        "#/policy/steps/0/payByDays"
    )]
    public async Task A_policy_with_a_mistake_is_refused_by_field(string body, string pointer)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await Http.PutAsync("api/policies/default", content);
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains(
            pointer,
            (await answer.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("errors")
                .EnumerateArray()
                .Select(error => error.GetProperty("pointer").GetString())
        );
        var versions = (await Http.GetFromJsonAsync<JsonElement>("api/policies/default")).GetProperty("versions");
        Assert.Equal(2, versions.GetArrayLength());
    }

    [Fact]
    public async Task What_does_not_exist_or_cannot_be_read_is_said()
    {
        Assert.Equal(404, await StatusAsync(HttpMethod.Get, "api/policies/none", ""));
        Assert.Equal(404, await StatusAsync(HttpMethod.Post, "api/policies/none/preview", "{}"));
        Assert.Equal(
            404,
            await StatusAsync(HttpMethod.Post, "api/policies/none/move", """{"by":"Maya","version":1}""")
        );
        Assert.Equal(422, await StatusAsync(HttpMethod.Post, "api/policies/default/move", """{"by":"Maya"}"""));
        Assert.Equal(
            422,
            await StatusAsync(HttpMethod.Post, "api/policies/default/move", """{"by":"Maya","version":0}""")
        );
        Assert.Equal(
            409,
            await StatusAsync(HttpMethod.Post, "api/policies/default/move", """{"by":"Maya","version":1}""")
        );
        Assert.Equal(400, await StatusAsync(HttpMethod.Put, "api/policies/default", "{"));
        Assert.Equal(413, await StatusAsync(HttpMethod.Put, "api/policies/default", $"\"{new string('x', 300_000)}\""));
        Assert.Equal(422, await StatusAsync(HttpMethod.Post, "api/policies/default/preview", """{"policy": 1}"""));
        Assert.Equal(200, await StatusAsync(HttpMethod.Post, "api/policies/default/preview", "{}"));
    }

    private static JsonObject Ladder(string name, int version, int days = 3) =>
        new()
        {
            ["name"] = name,
            ["version"] = version,
            ["steps"] = JsonNode.Parse(
                $$"""
                [
                  { "id": "hello", "days": {{days}}, "tone": "friendly", "channels": ["email"] },
                  { "id": "last", "days": {{days + 30}}, "tone": "firm", "channels": ["email"] }
                ]
                """
            ),
        };

    private Task<HttpResponseMessage> SendAsync(string name, JsonObject policy) =>
        RequestAsync(HttpMethod.Put, $"api/policies/{name}", new { by = "Maya", policy });

    private async Task<JsonElement> PutAsync(string name, JsonObject policy)
    {
        using var answer = await SendAsync(name, policy);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private async Task<int> StatusAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0)
            request.Content = new StringContent(body, null, "application/json");
        using var answer = await Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task<string> PolicyAsync(string id) => (await GetInvoiceAsync(id)).GetProperty("policy").GetString()!;
}
