namespace Dunning.Tests.Fixtures;

/// <summary>An email as received over SMTP.</summary>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipients, including Cc and Bcc.</param>
/// <param name="Raw">Headers, empty line, body; lines end with CR LF.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Raw);
