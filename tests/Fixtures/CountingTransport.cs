using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Fixtures;

/// <summary>Counts the requests of the app to Table Storage.</summary>
internal sealed class CountingTransport : HttpPipelineTransport
{
    private int _requests;

    /// <returns>Since the last call.</returns>
    public int TakeCount() => Interlocked.Exchange(ref _requests, 0);

    public void Use(IServiceCollection services) =>
        services.AddSingleton(p => new TableServiceClient(
            p.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"],
            new TableClientOptions { Transport = this }
        ));

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        HttpClientTransport.Shared.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        return HttpClientTransport.Shared.ProcessAsync(message);
    }
}
