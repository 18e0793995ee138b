using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// The transport between the app and its storage; it can fail immediately or after a number of requests, and be
/// restored.
/// </summary>
internal sealed class FailingStorageTransport : HttpPipelineTransport
{
    public const string ErrorMessage = "storage is unavailable";

    private int _requestsLeft = int.MaxValue;

    public void Fail(int afterRequests = 0) => Volatile.Write(ref _requestsLeft, afterRequests);

    public void Restore() => Volatile.Write(ref _requestsLeft, int.MaxValue);

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
            .AddSingleton(p => new TableServiceClient(ConnectionString(p), tables))
            .AddSingleton(p => new QueueServiceClient(ConnectionString(p), queues));
        UseForBlobs(services);
    }

    /// <summary>Only between the app and its blobs: tables and queues do not fail.</summary>
    public void UseForBlobs(IServiceCollection services)
    {
        var blobs = new BlobClientOptions { Transport = this, Retry = { MaxRetries = 0 } };
        services.AddSingleton(p => new BlobServiceClient(ConnectionString(p), blobs));
    }

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        ThrowWhenFailing();
        HttpClientTransport.Shared.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        ThrowWhenFailing();
        return HttpClientTransport.Shared.ProcessAsync(message);
    }

    private void ThrowWhenFailing()
    {
        if (Volatile.Read(ref _requestsLeft) != int.MaxValue && Interlocked.Decrement(ref _requestsLeft) < 0)
            throw new RequestFailedException(ErrorMessage);
    }

    private static string ConnectionString(IServiceProvider services) =>
        services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]!;
}
