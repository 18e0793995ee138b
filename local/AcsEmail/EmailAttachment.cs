#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

public class EmailAttachment(string name, string contentType, BinaryData content)
{
    public string Name { get; } = name;

    public string ContentType { get; } = contentType;

    public BinaryData Content { get; } = content;

    /// <summary>The id by which the HTML refers to an inline attachment (<c>cid:</c>).</summary>
    public string ContentId { get; set; }
}
