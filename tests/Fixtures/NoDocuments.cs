using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Dunning.Documents;
using Dunning.Tests.Notices.Email;

namespace Dunning.Tests.Fixtures;

/// <summary>A store of documents that takes everything and keeps nothing.</summary>
public static class NoDocuments
{
    public static DocumentStore Store { get; } =
        new(
            new BlobContainerClient(
                new Uri("https://blobs.example/documents"),
                new BlobClientOptions
                {
                    Transport = new HttpClientTransport(new RecordingHandler(_ => new(HttpStatusCode.Created))),
                }
            )
        );
}
