using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A person reads and changes a customer: <c>GET</c> and <c>PUT /api/customers/{id}</c>.</summary>
[Trait("Category", "Long")]
public sealed class CustomersByApi : Scenario
{
    protected override string Policies =>
        """
            [
              { "name": "default", "version": 1, "steps": [
                { "id": "courtesy", "businessDays": -5, "tone": "upcoming", "channels": ["email"] },
                { "id": "first", "businessDays": 3, "tone": "friendly", "channels": ["email"] } ] },
              { "name": "gentle", "version": 1, "steps": [
                { "id": "first", "days": 20, "tone": "friendly", "channels": ["email"] } ] }
            ]
            """;

    [Fact]
    public async Task What_a_person_corrected_wins_over_what_the_source_goes_on_sending()
    {
        var customer = CustomerOf(await PostInvoiceAsync(Invoice("1", due: "2026-03-02")));
        var changed = await PutAsync(customer, new { by = "Maya", email = "accounts@amberley.example" });
        Assert.Equal(["email"], Texts(changed.GetProperty("setByPerson")));

        await PostInvoiceAsync(Invoice("1", "120.00", due: "2026-03-02", customer: Customer(phone: "+447700900001")));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");

        var stored = await GetAsync(customer);
        Assert.Equal("accounts@amberley.example", stored.GetProperty("email").GetString());
        Assert.Equal("+447700900001", stored.GetProperty("phone").GetString());
        Assert.Single(LettersTo("accounts@amberley.example"));
        Assert.Empty(LettersTo("tom@amberley.example"));
        Assert.Contains("customerChanged", await EventsAsync(await IdOfAsync("1")));
        Assert.Equal("Maya", stored.GetProperty("changes")[0].GetProperty("by").GetString());

        await PutAsync(customer, new { by = "Maya", followSource = new[] { "email" } });
        await PostInvoiceAsync(Invoice("1", "121.00", due: "2026-03-02"));
        Assert.Equal("tom@amberley.example", (await GetAsync(customer)).GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_source_without_ids_of_customers_still_finds_the_one_whose_name_and_mailbox_were_corrected()
    {
        object Document(string number, string amount) =>
            Invoice(
                number,
                amount,
                customer: new
                {
                    name = "Brook Ltd",
                    email = "old@brook.example",
                    country = "GB",
                }
            );
        var customer = CustomerOf(await PostInvoiceAsync(Document("1", "10.00")));
        await PutAsync(
            customer,
            new
            {
                by = "Maya",
                name = "Brook Holdings Ltd",
                email = "new@brook.example",
            }
        );

        Assert.Equal(customer, CustomerOf(await PostInvoiceAsync(Document("1", "11.00"))));
        Assert.Equal(customer, CustomerOf(await PostInvoiceAsync(Document("2", "12.00"))));

        var stored = await GetAsync(customer);
        Assert.Equal("Brook Holdings Ltd", stored.GetProperty("name").GetString());
        Assert.Equal("new@brook.example", stored.GetProperty("email").GetString());
    }

    [Fact]
    public async Task An_answer_that_is_sent_back_changes_nothing_and_pins_nothing()
    {
        object[] contacts =
        [
            new
            {
                name = "Ann",
                email = "ann@amberley.example",
                role = "management",
            },
        ];
        var customer = CustomerOf(await PostInvoiceAsync(Invoice("1", customer: Customer(contacts: contacts))));
        await PutAsync(customer, new { by = "Maya", notes = new[] { new { text = "rings back" } } });
        var answer = JsonSerializer.SerializeToNode(await GetAsync(customer))!.AsObject();
        answer["by"] = "Tom";

        var after = await PutAsync(customer, answer);
        Assert.Empty(after.GetProperty("setByPerson").EnumerateArray());
        Assert.Single(after.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_a_reminder_does_not_make_one_stale()
    {
        var customer = CustomerOf(await PostInvoiceAsync(Invoice("1", due: "2026-03-02")));
        var version = await VersionAsync(customer);
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");
        Assert.Single(Emails);
        Assert.Equal(version, await VersionAsync(customer));

        using var first = await SendAsync(customer, new { by = "Maya", group = "north" }, version);
        using var second = await SendAsync(customer, new { by = "Tom", group = "south" }, version);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
        Assert.Equal("north", (await GetAsync(customer)).GetProperty("group").GetString());
        Assert.NotEqual(version, await VersionAsync(customer));
    }

    [Fact]
    public async Task Without_an_address_there_is_no_next_step_and_with_one_there_is()
    {
        var ids = new List<string>();
        for (var i = 1; i <= 15; i++)
            ids.Add(await PostInvoiceAsync(Invoice($"N-{i}", due: "2026-03-16")));
        var customer = CustomerOf(ids[0]);

        await PutAsync(customer, """{"by":"Maya","email":null}""");
        foreach (var id in ids)
            Assert.Equal("needsContact", await StateAsync(id));

        await PutAsync(customer, new { by = "Maya", email = "new@amberley.example" });
        foreach (var id in ids)
            Assert.Equal("open", await StateAsync(id));
        Assert.Equal(15, (await GetAsync(customer)).GetProperty("next").GetArrayLength());
    }

    [Fact]
    public async Task Another_time_zone_moves_the_hour_of_a_step_and_not_its_day()
    {
        var id = await PostInvoiceAsync(Invoice("1", due: "2026-03-16"));
        var before = await NextAsync(id);

        await PutAsync(CustomerOf(id), new { by = "Maya", timeZone = "Pacific/Auckland" });

        // The same day at the same time of day, 13 hours earlier.
        Assert.Equal(TimeSpan.FromHours(-13), await NextAsync(id) - before);
    }

    [Fact]
    public async Task A_customer_who_is_to_be_reminded_by_text_message_gets_no_email()
    {
        var id = await PostInvoiceAsync(Invoice("1", due: "2026-03-02", customer: Customer(phone: "+447700900001")));
        await PutAsync(CustomerOf(id), new { by = "Maya", channels = new[] { "sms" } });
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        Assert.Empty(Emails);
        Assert.NotEmpty(SmsMessages);
    }

    [Fact]
    public async Task New_invoices_take_the_customers_policy_and_running_ones_keep_theirs()
    {
        var running = await PostInvoiceAsync(Invoice("1"));
        var customer = CustomerOf(running);
        await PutAsync(customer, new { by = "Maya", policy = "gentle" });
        var after = await PostInvoiceAsync(Invoice("2"));
        var named = await PostInvoiceAsync(With(Invoice("3"), ("dunning", new { policy = "default" })));
        await PostInvoiceAsync(Invoice("1", "120.00"));

        Assert.Equal("default v2", await PolicyAsync(running));
        Assert.Equal("gentle v1", await PolicyAsync(after));
        Assert.Equal("default v2", await PolicyAsync(named));

        using var unknown = await SendAsync(customer, new { by = "Maya", policy = "none" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [Fact]
    public async Task Notes_are_added_changed_marked_as_done_merged_and_erased()
    {
        var customer = CustomerOf(await PostInvoiceAsync(Invoice("1")));
        var other = CustomerOf(await PostInvoiceAsync(Invoice("2", customer: Customer("birch"))));
        await PutAsync(customer, new { by = "Maya", notes = new[] { new { text = "wants parts" } } });
        var noted = await PutAsync(
            customer,
            new { by = "Tom", notes = new[] { new { text = "call again", followUpOn = "2026-03-09" } } }
        );
        Assert.Equal(["call again", "wants parts"], NotesOf(noted));
        var id = noted.GetProperty("notes")[0].GetProperty("id").GetString();
        var done = await PutAsync(
            customer,
            new
            {
                by = "Maya",
                notes = new[]
                {
                    new
                    {
                        id,
                        done = true,
                        result = "will pay",
                    },
                },
            }
        );
        Assert.Equal("will pay", done.GetProperty("notes")[0].GetProperty("done").GetProperty("result").GetString());

        await PutAsync(other, new { by = "Maya", notes = new[] { new { text = "same firm" } } });
        using var merge = await PostAsync(
            $"api/manage/customers/{customer}/merge",
            new
            {
                into = other,
                by = "Maya",
                reason = "one firm",
            }
        );
        Assert.True(merge.IsSuccessStatusCode);
        Assert.Equal(["call again", "same firm", "wants parts"], NotesOf(await GetAsync(other)).Order());

        using var erased = await Http.DeleteAsync($"api/customers/{other}?force=true");
        Assert.True(erased.IsSuccessStatusCode);
        var row = (await Table.ReadAsync(new CustomerId(other), CancellationToken.None))!.Customer.Value;
        Assert.Empty(row.Notes);
        Assert.Empty(row.Changes);
        using var gone = await Http.GetAsync($"api/customers/{other}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Balances_and_behaviour_are_those_of_the_ledger()
    {
        var paid = await PostInvoiceAsync(Invoice("1", "100.00", due: "2026-03-02"));
        var promised = await PostInvoiceAsync(Invoice("2", "60.00", due: "2026-03-02"));
        var disputed = await PostInvoiceAsync(Invoice("3", "40.00", due: "2026-03-30"));
        await ChangeAsync(promised, "promise", new { date = "2026-03-20" });
        await ChangeAsync(
            disputed,
            "dispute",
            new
            {
                reason = "two missing",
                amount = "15.00",
                currency = "GBP",
            }
        );
        await AdvanceToAsync("2026-03-07T12:00Z");
        await PayAsync(paid, "100.00", "2026-03-07");

        var customer = await GetAsync(CustomerOf(paid));
        Assert.Equal(
            ["GBP", "100.00", "60.00", "60.00", "15.00", "0.00"],
            customer.GetProperty("balances")[0].EnumerateObject().Select(amount => amount.Value.GetString())
        );
        var late = customer.GetProperty("behaviour").GetProperty("daysLate")[0];
        Assert.Equal((1, 2), (late.GetProperty("payments").GetInt32(), late.GetProperty("cases").GetInt32()));
        Assert.True(late.GetProperty("tooFewPayments").GetBoolean());
        Assert.Equal(1, customer.GetProperty("behaviour").GetProperty("promises").GetProperty("pending").GetInt32());
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(e => e.GetString()!);

    private static IEnumerable<string> NotesOf(JsonElement customer) =>
        customer.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("text").GetString()!);

    private Task<JsonElement> GetAsync(string customer) =>
        Http.GetFromJsonAsync<JsonElement>($"api/customers/{customer}");

    private async Task<string?> VersionAsync(string customer)
    {
        using var response = await Http.GetAsync($"api/customers/{customer}");
        return response.Headers.ETag?.Tag;
    }

    private async Task<string> IdOfAsync(string externalId) =>
        (await Http.GetFromJsonAsync<JsonElement>($"api/invoices?externalId={externalId}"))
            .GetProperty("id")
            .GetString()!;

    private async Task<DateTimeOffset> NextAsync(string id) =>
        (await GetInvoiceAsync(id)).GetProperty("nextStep").GetProperty("at").GetDateTimeOffset();

    private async Task<string?> PolicyAsync(string id) => (await GetInvoiceAsync(id)).GetProperty("policy").GetString();

    private async Task<JsonElement> PutAsync(string customer, object body)
    {
        using var response = await SendAsync(customer, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private async Task<HttpResponseMessage> SendAsync(string customer, object body, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/customers/{customer}")
        {
            Content = body is string json
                ? new StringContent(json, System.Text.Encoding.UTF8, "application/json")
                : JsonContent.Create(body),
        };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await Http.SendAsync(request);
    }
}
