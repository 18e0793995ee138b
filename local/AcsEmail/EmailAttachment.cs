#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

public class EmailAttachment(string name, string contentType, BinaryData content)
{
    public string Name { get; } = name;

    public string ContentType { get; } = contentType;

    public BinaryData Content { get; } = content;

    /// <summary>The name by which the HTML part shows the attachment inline.</summary>
    public string ContentId { get; set; }
}
