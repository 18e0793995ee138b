#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

public class EmailContent(string subject)
{
    public string Subject { get; } = subject;

    public string PlainText { get; set; }

    public string Html { get; set; }
}
