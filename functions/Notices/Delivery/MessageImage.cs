using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>A picture of an email.</summary>
/// <param name="ContentId">By which the HTML shows it: <c>cid:</c> (RFC 2392).</param>
public sealed record MessageImage(string Name, string ContentType, string ContentId, byte[] Content) : StoredRecord
{
    /// <summary>For a page that shows the email: the picture itself in place of its id.</summary>
    public string PutInto(string html) =>
        html.Replace(
            $"cid:{ContentId}",
            $"data:{ContentType};base64,{Convert.ToBase64String(Content)}",
            StringComparison.Ordinal
        );
}
