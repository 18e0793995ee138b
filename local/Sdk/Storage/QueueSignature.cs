using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Dunning.Local.Sdk;

/// <summary>SharedKey for the Queue service: learn.microsoft.com, "Authorize with Shared Key".</summary>
internal sealed class QueueSignature(StorageAccount account) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        SharedKey.Stamp(request);
        var length = request.Content is { } body && body.TryComputeLength(out var bytes) ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var type = request.Headers.TryGetValue("Content-Type", out var value) ? value : "";
        // Method, encoding, language, length, MD5, type, date, four conditions and range; we send none of the empty ones.
        var text = $"{request.Method}\n\n\n{length}\n\n{type}\n\n\n\n\n\n\n{Headers(request)}{Resource(request.Uri.ToUri())}";
        request.Headers.SetValue("Authorization", $"SharedKey {account.Name}:{SharedKey.Sign(account.Key, text)}");
    }

    private static string Headers(Request request) => string.Concat(request.Headers
        .Where(h => h.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
        .Select(h => (Name: h.Name.ToLowerInvariant(), h.Value))
        .OrderBy(h => h.Name, StringComparer.Ordinal)
        .Select(h => $"{h.Name}:{h.Value.Trim()}\n"));

    private string Resource(Uri uri) => $"/{account.Name}{uri.AbsolutePath}" + string.Concat(uri.Query
        .Split(['?', '&'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: pair[0].ToLowerInvariant(), Value: Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => $"\n{pair.Name}:{pair.Value}"));
}
