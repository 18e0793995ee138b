using Azure.Core;
using Azure.Core.Pipeline;

namespace Dunning.Local.Sdk;

/// <summary>SharedKeyLite for the Table service: learn.microsoft.com, "Authorize with Shared Key".</summary>
internal sealed class TableSignature(StorageAccount account) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = SharedKey.Stamp(message.Request);
        // The path as it goes over the wire: an emulator's path already begins with the account's name, which is then there twice.
        var resource = $"/{account.Name}{message.Request.Uri.ToUri().AbsolutePath}";
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {account.Name}:{SharedKey.Sign(account.Key, $"{date}\n{resource}")}");
    }
}
