using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// The line from the product to its storage: it can be cut at once or after so many requests, and mended.
/// </summary>
internal sealed class CutLine : HttpPipelineTransport
{
    public const string Silence = "the line to storage is cut";

    private int _left = int.MaxValue;

    public void Cut(int afterRequests = 0) => Volatile.Write(ref _left, afterRequests);

    public void Restore() => Volatile.Write(ref _left, int.MaxValue);

    public void Use(IServiceCollection services)
    {
        var (tables, queues) = (
            new TableClientOptions(),
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        foreach (var options in new ClientOptions[] { tables, queues })
        {
            options.Transport = this;
            options.Retry.MaxRetries = 0;
        }
        services
            .AddSingleton(p => new TableServiceClient(Storage(p), tables))
            .AddSingleton(p => new QueueServiceClient(Storage(p), queues));
    }

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        Pass();
        HttpClientTransport.Shared.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Pass();
        return HttpClientTransport.Shared.ProcessAsync(message);
    }

    private void Pass()
    {
        if (Volatile.Read(ref _left) != int.MaxValue && Interlocked.Decrement(ref _left) < 0)
            throw new RequestFailedException(Silence);
    }

    private static string Storage(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]!;
}
