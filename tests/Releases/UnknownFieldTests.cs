using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Dunning.Monitoring;
using Dunning.Notices.Delivery;
using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Scheduling;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Releases;

/// <summary>What a later release adds to rows and messages survives a change by this one.</summary>
public sealed class UnknownFieldTests : Scenario
{
    private const string Later = "addedByALaterRelease";

    private static readonly DateTimeOffset _now = TestData.Time("2026-03-17T09:00Z");

    public static TheoryData<string> Releases => [.. RecordedBook.Releases];

    /// <summary>The types of the rows by what their keys begin with or contain.</summary>
    private static readonly (string Table, Func<string, bool> Has, Type Type)[] _types =
    [
        (Tables.Book, key => key.Contains("_i_", StringComparison.Ordinal), typeof(Invoice)),
        (Tables.Book, key => key.StartsWith("l_", StringComparison.Ordinal), typeof(Customer)),
        (Tables.Book, key => key.StartsWith("e_", StringComparison.Ordinal), typeof(InvoiceEvent)),
        (Tables.Book, key => key.StartsWith("p_", StringComparison.Ordinal), typeof(LedgerEntry)),
        (Tables.Book, key => key.StartsWith("h_", StringComparison.Ordinal), typeof(SentMessage)),
        (Tables.Book, key => key.StartsWith("beat-", StringComparison.Ordinal), typeof(JobHeartbeat)),
        (Tables.Inbox, key => key.StartsWith("d_", StringComparison.Ordinal), typeof(WebhookDelivery)),
    ];

    private static readonly Dictionary<string, Type> _messages = new()
    {
        [Queues.Scan] = typeof(ShardScan),
        [Queues.EmailNotices] = typeof(NoticeReady),
        [Queues.SmsNotices] = typeof(NoticeReady),
        [Queues.EscalationNotices] = typeof(NoticeReady),
        [Queues.DeliveryReports] = typeof(DeliveryReport),
        [Queues.PaymentsReceived] = typeof(PaymentReceived),
    };

    [Theory]
    [MemberData(nameof(Releases))]
    public void Every_kind_of_row_keeps_what_it_has_and_what_this_release_does_not_know(string release)
    {
        var book = new RecordedBook(release);
        List<Type> seen = [];
        foreach (var (table, row) in Tables.All.SelectMany(table => book.Rows(table).Select(row => (table, row))))
        {
            if (_types.FirstOrDefault(t => t.Table == table && t.Has(row.RowKey)) is not { Type: { } type })
                continue;
            seen.Add(type);
            AssertKept(JsonOf(row), type);
        }
        Assert.Empty(_types.Select(t => t.Type).Except(seen));
    }

    /// <summary>The recorded book has none of these: nothing was waiting, and no person had to act.</summary>
    public static TheoryData<StoredRecord> Others =>
        [
            new Notice
            {
                Id = new("20260317090000-email"),
                CustomerId = TestData.CustomerId,
                Channel = Channel.Email,
                Tone = NoticeTone.Friendly,
                Lines = [new NoticeLine("i1", new("friendly"))],
                PlannedAt = _now,
                NotBefore = _now,
            },
            new Reply("SM1", "+4512345678", TestData.CustomerId, "when?", ReplyMeaning.Message, _now),
            new OperatorDecision(OperatorDecisionKind.Sent, "Maya", "he has it", _now),
            SendingState.Initial.Stopped("Maya", "a wrong price", _now),
            new ErasureRequest(TestData.CustomerId, _now, ["+4512345678"]),
            new Failure("f1", Queues.Scan, "{}", "no answer", _now, _now),
        ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_rows_keep_it_too(StoredRecord row) => AssertKept(Rows.Serialise(row), row.GetType());

    /// <summary>The recorded book has none: its only replies were SMS, each with a follow-up of its own.</summary>
    [Fact]
    public void A_reply_of_the_first_release_waits_for_nobody()
    {
        const string Stored = """
            {"messageSid":"SM1","from":"+4512345678","customerId":"c0123456789abcdef","body":"when?","meaning":"message",
            "at":"2026-03-02T10:00:00+00:00"}
            """;

        var reply = JsonSerializer.Deserialize<Reply>(Stored, Rows.Json)!;

        Assert.Equal(("SM1", ReplyChannel.Sms, ReplyMeaning.Message), (reply.Id, reply.Channel, reply.Meaning));
        Assert.False(reply.IsOpen);
    }

    [Fact]
    public void Erasure_removes_what_this_release_does_not_know()
    {
        var known = TestData.Invoice();
        var json = JsonNode.Parse(Rows.Serialise(known))!;
        Inject(json, typeof(Invoice));
        var invoice = JsonSerializer.Deserialize<Invoice>(json.ToJsonString(), Rows.Json)!;

        Assert.DoesNotContain(Later, Rows.Serialise(Erasure.Erase(invoice, _now)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Every_queue_message_keeps_what_it_has_and_what_this_release_does_not_know(string release)
    {
        foreach (var (queue, text) in new RecordedBook(release).Messages)
        {
            AssertKept(text, _messages[queue]);
            // The worker reads a message without our options.
            Assert.Equal(
                JsonSerializer.Deserialize(text, _messages[queue], Rows.Json),
                JsonSerializer.Deserialize(text, _messages[queue], JsonSerializerOptions.Web)
            );
        }
    }

    [Fact]
    public void The_book_of_this_release_has_a_message_of_every_queue() =>
        Assert.Equal(
            _messages.Keys.Order(),
            new RecordedBook(Health.Unreachable.Version).Messages.Select(message => message.Queue).Order()
        );

    [Fact]
    public async Task A_row_that_a_later_release_wrote_is_changed_and_keeps_its_fields()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Assert.True(InvoiceId.TryParse(id, out var invoice));
        var table = Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);
        var shard = Host.Services.GetRequiredService<ReceivablesTable>().Shards.Of(invoice.Customer);
        await RewriteAsync(json => Inject(json, typeof(Invoice)));

        await ChangeAsync(id, "hold", new { reason = "they asked" });

        var stored = JsonNode.Parse(JsonOf(await ReadAsync()))!;
        Assert.Equal(1, (int?)stored[Later]!["n"]);
        Assert.Equal(1, (int?)stored["document"]![Later]!["n"]);
        Assert.Equal("they asked", (string?)stored["dunning"]!["hold"]!["text"]);

        async Task<TableEntity> ReadAsync() =>
            (await table.GetEntityAsync<TableEntity>(shard, Keys.Invoice(invoice))).Value;

        async Task RewriteAsync(Action<JsonNode> change)
        {
            var row = await ReadAsync();
            var json = JsonNode.Parse(JsonOf(row))!;
            change(json);
            row["Json"] = json.ToJsonString();
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }
    }

    [Fact]
    public void What_a_later_release_wrote_in_another_shape_is_refused_with_the_way_back()
    {
        var row = Rows.Write("s00", "l_c1", new OperatorDecision(OperatorDecisionKind.Sent, null, null, default));
        row["Schema"] = Schemas.Current + 1;

        var refused = Assert.Throws<NewerSchemaException>(() => Rows.Read<OperatorDecision>(row));
        Assert.Contains($"Row s00/l_c1 has schema {Schemas.Current + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Throws<NewerSchemaException>(() =>
            JsonSerializer.Deserialize<NoticeReady>(
                $$"""{"customerId":"c1","noticeId":"n1","schema":{{Schemas.Current + 1}}}""",
                JsonSerializerOptions.Web
            )
        );
    }

    private static void AssertKept(string json, Type type)
    {
        var expected = JsonNode.Parse(json)!;
        Inject(expected, type);

        var read = JsonSerializer.Deserialize(expected.ToJsonString(), type, Rows.Json)!;

        var written = Rows.Serialise(read);
        Assert.True(Contains(JsonNode.Parse(written), expected), $"{type.Name}\n{expected}\n{written}");
    }

    /// <summary>A later release may add fields with their defaults; what was there stays as it was.</summary>
    private static bool Contains(JsonNode? written, JsonNode? expected) =>
        (written, expected) switch
        {
            (JsonObject now, JsonObject then) => then.All(field => Contains(now[field.Key], field.Value)),
            (JsonArray now, JsonArray then) => now.Count == then.Count
                && now.Zip(then).All(item => Contains(item.First, item.Second)),
            _ => JsonNode.DeepEquals(written, expected),
        };

    /// <summary>Adds a field to every record in the document, also to those in lists and dictionaries.</summary>
    private static void Inject(JsonNode? node, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (node is JsonArray array && type.IsGenericType)
            array.ToList().ForEach(item => Inject(item, type.GetGenericArguments()[0]));
        else if (node is JsonObject map && type.IsGenericType && !typeof(StoredRecord).IsAssignableFrom(type))
            map.ToList().ForEach(item => Inject(item.Value, type.GetGenericArguments()[^1]));
        else if (node is JsonObject record && typeof(StoredRecord).IsAssignableFrom(type))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (record[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] is { } value)
                    Inject(value, property.PropertyType);
            }
            record[Later] = new JsonObject { ["n"] = 1 };
        }
    }

    private static string JsonOf(TableEntity row) =>
        string.Concat(
            row.Where(column => column.Key.StartsWith("Json", StringComparison.Ordinal))
                .OrderBy(column => column.Key.Length)
                .ThenBy(column => column.Key, StringComparer.Ordinal)
                .Select(column => column.Value)
        );
}
