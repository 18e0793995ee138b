using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Sdk;

[Collection(nameof(Emulator))]
public sealed class QueuesWire(Emulator azurite) : IAsyncLifetime
{
    private readonly QueueClient _queue = Queue(azurite, $"q{Guid.NewGuid():N}", QueueMessageEncoding.Base64);

    public Task InitializeAsync() => _queue.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _queue.DeleteIfExistsAsync();

    [Fact]
    public async Task A_queue_is_created_once_and_deleted_once()
    {
        var queue = Queue(azurite, $"q{Guid.NewGuid():N}", QueueMessageEncoding.None);

        Assert.False((await queue.ExistsAsync()).Value);
        Assert.NotNull(await queue.CreateIfNotExistsAsync());
        Assert.Null(await queue.CreateIfNotExistsAsync());
        Assert.True((await queue.ExistsAsync()).Value);
        Assert.True((await queue.DeleteIfExistsAsync()).Value);
        Assert.False((await queue.DeleteIfExistsAsync()).Value);
    }

    [Theory]
    [InlineData(QueueMessageEncoding.Base64)]
    [InlineData(QueueMessageEncoding.None)]
    public async Task A_message_comes_back_as_it_went(QueueMessageEncoding encoding)
    {
        const string text = "{\"who\":\"O'Hara & <Søn> 😀\"}\n";
        var queue = Queue(azurite, _queue.Name, encoding);

        var sent = (await queue.SendMessageAsync(text)).Value;
        var peeked = Assert.Single((await queue.PeekMessagesAsync(5)).Value);
        var received = Assert.Single((await queue.ReceiveMessagesAsync(5, TimeSpan.FromMinutes(1))).Value);

        Assert.Equal((text, 0L), (peeked.MessageText, peeked.DequeueCount));
        Assert.Equal((text, 1L, sent.MessageId), (received.MessageText, received.DequeueCount, received.MessageId));
    }

    [Fact]
    public async Task Base64_is_what_stands_in_the_queue_and_what_the_functions_host_expects()
    {
        await _queue.SendMessageAsync("hello");

        var raw = Assert.Single((await Queue(azurite, _queue.Name, QueueMessageEncoding.None).PeekMessagesAsync()).Value);

        Assert.Equal("aGVsbG8=", raw.MessageText);
    }

    [Fact]
    public async Task A_message_with_a_delay_is_counted_but_not_given_out()
    {
        var sent = (await _queue.SendMessageAsync("later", visibilityTimeout: TimeSpan.FromHours(1), timeToLive: TimeSpan.FromDays(2))).Value;

        Assert.Equal(TimeSpan.FromHours(1), sent.TimeNextVisible - sent.InsertionTime);
        Assert.Equal(TimeSpan.FromDays(2), sent.ExpirationTime - sent.InsertionTime);
        Assert.Empty((await _queue.ReceiveMessagesAsync(maxMessages: 1)).Value);
        Assert.Equal(1, (await _queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task An_update_changes_text_and_receipt_and_can_make_the_message_visible_at_once()
    {
        await _queue.SendMessageAsync("first");
        var taken = Assert.Single((await _queue.ReceiveMessagesAsync(1, TimeSpan.FromHours(1))).Value);

        var updated = taken.Update((await _queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, "second", TimeSpan.Zero)).Value);
        var again = Assert.Single((await _queue.ReceiveMessagesAsync(1, TimeSpan.FromHours(1))).Value);
        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => _queue.DeleteMessageAsync(taken.MessageId, taken.PopReceipt));

        Assert.NotEqual(taken.PopReceipt, updated.PopReceipt);
        Assert.Equal(("second", 2L), (again.MessageText, again.DequeueCount));
        Assert.NotNull(stale.ErrorCode);
    }

    [Fact]
    public async Task A_text_left_out_of_an_update_stays()
    {
        await _queue.SendMessageAsync("kept");
        var taken = Assert.Single((await _queue.ReceiveMessagesAsync(1, TimeSpan.FromHours(1))).Value);

        await _queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero);

        Assert.Equal("kept", Assert.Single((await _queue.PeekMessagesAsync(1)).Value).MessageText);
    }

    [Fact]
    public async Task Deleting_and_clearing_leave_nothing()
    {
        foreach (var text in new[] { "a", "b", "c" }) await _queue.SendMessageAsync(text, CancellationToken.None);
        QueueMessage taken = (await _queue.ReceiveMessagesAsync(1, TimeSpan.FromHours(1))).Value[0];

        await _queue.DeleteMessageAsync(taken.MessageId, taken.PopReceipt);
        Assert.Equal(2, (await _queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        await _queue.ClearMessagesAsync();
        Assert.Equal(0, (await _queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_an_error_with_its_code()
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Queue(azurite, "nobody", QueueMessageEncoding.None).SendMessageAsync("x"));

        Assert.Equal((404, "QueueNotFound"), (error.Status, error.ErrorCode));
    }

    private static QueueClient Queue(Emulator azurite, string name, QueueMessageEncoding encoding) =>
        new QueueServiceClient(azurite.ConnectionString, new QueueClientOptions { MessageEncoding = encoding }).GetQueueClient(name);
}
