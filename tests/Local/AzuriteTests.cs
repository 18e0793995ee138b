using System.Diagnostics;
using Azure.Storage.Queues;
using Dunning.Local;

namespace Dunning.Tests.Local;

[Trait("Category", "Long")]
public sealed class AzuriteTests
{
    [Fact]
    public async Task It_ends_when_its_owner_lets_go_of_it()
    {
        // A killed owner leaves only a closed pipe.
        using var node = Process.Start(
            new ProcessStartInfo("node", ["azurite.mjs"])
            {
                WorkingDirectory = Repository.LocalFolder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.StartsWith(
            "{\"queue\":",
            await node.StandardOutput.ReadLineAsync(TestTimeout.Token),
            StringComparison.Ordinal
        );

        node.StandardInput.Close();
        await node.WaitForExitAsync(TestTimeout.Token);
        Assert.Equal(0, node.ExitCode);
    }

    [Fact]
    public async Task What_is_kept_in_a_folder_is_there_the_next_time()
    {
        var folder = Directory.CreateTempSubdirectory("dunning-azurite-").FullName;
        try
        {
            await using (var first = await Azurite.StartAsync(folder))
            {
                var queue = new QueueServiceClient(first.ConnectionString).GetQueueClient("data");
                await queue.CreateIfNotExistsAsync();
                await queue.SendMessageAsync("still here");
            }

            await using var second = await Azurite.StartAsync(folder);
            var messages = await new QueueServiceClient(second.ConnectionString)
                .GetQueueClient("data")
                .PeekMessagesAsync(1);
            Assert.Equal("still here", Assert.Single(messages.Value).MessageText);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
