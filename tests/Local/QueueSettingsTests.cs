using Dunning.Local;

namespace Dunning.Tests.Local;

public sealed class QueueSettingsTests
{
    [Fact]
    public void Host_json_is_read_as_the_Functions_host_reads_it()
    {
        var read = QueueSettings.FromHostJson(
            """
            { "version": "2.0", // comments are allowed
              "extensions": { "queues": {
                "batchSize": 4, "maxDequeueCount": 7, "visibilityTimeout": "00:01:00", "messageEncoding": "none" } } }
            """
        );
        Assert.Equal(new QueueSettings(4, 2, 7, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), false), read);
    }

    [Fact]
    public void What_is_not_said_is_as_in_Azure() =>
        Assert.Equal(QueueSettings.Defaults, QueueSettings.FromHostJson("""{"version":"2.0"}"""));
}
