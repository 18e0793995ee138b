#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Communication.Email;

public class EmailContent(string subject)
{
    public string Subject { get; } = subject;

    public string PlainText { get; set; }

    public string Html { get; set; }
}
