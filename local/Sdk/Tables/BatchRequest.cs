using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>An entity-group transaction as multipart/mixed: learn.microsoft.com, "Performing entity group transactions".</summary>
internal sealed class BatchRequest(Uri table)
{
    private readonly string _batch = $"batch_{Guid.NewGuid()}";
    private readonly string _changes = $"changeset_{Guid.NewGuid()}";

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    public string Write(IReadOnlyList<EntityRequest> writes)
    {
        var text = new StringBuilder();
        Line(text, $"--{_batch}");
        Line(text, $"Content-Type: multipart/mixed; boundary={_changes}");
        Line(text);
        for (var index = 0; index < writes.Count; index++) Part(text, writes[index], index);
        Line(text, $"--{_changes}--");
        Line(text, $"--{_batch}--");
        return text.ToString();
    }

    private void Part(StringBuilder text, EntityRequest write, int index)
    {
        Line(text, $"--{_changes}");
        Line(text, "Content-Type: application/http");
        Line(text, "Content-Transfer-Encoding: binary");
        Line(text);
        Line(text, $"{write.Method} {table.AbsoluteUri}{write.Keys} HTTP/1.1");
        Line(text, $"Content-ID: {index + 1}");
        Line(text, "Accept: application/json;odata=minimalmetadata");
        Line(text, "DataServiceVersion: 3.0");
        if (write.Method == RequestMethod.Post) Line(text, "Prefer: return-no-content");
        if (write.IfMatch is not null) Line(text, $"If-Match: {write.IfMatch}");
        if (write.Body is not null)
        {
            Line(text, "Content-Type: application/json");
            Line(text, FormattableString.Invariant($"Content-Length: {Encoding.UTF8.GetByteCount(write.Body)}"));
        }
        Line(text);
        Line(text, write.Body ?? "");
    }

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append("\r\n");
}
