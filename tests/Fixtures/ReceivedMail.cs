namespace Dunning.Tests.Fixtures;

/// <summary>A mail as it came over SMTP.</summary>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipients, copies and blind copies among them.</param>
/// <param name="Raw">Headers, empty line, body; lines end with CR LF.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Raw);
