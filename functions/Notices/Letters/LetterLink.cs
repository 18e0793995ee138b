namespace Dunning.Notices.Letters;

/// <param name="Url">HTTPS; null for one that is not.</param>
internal sealed record LetterLink(string Name, string? Url)
{
    public string Name { get; } = UntrustedText.Clean(Name);
    public string? Url { get; } = UntrustedText.SafeLink(Url);
}
