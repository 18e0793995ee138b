#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

#pragma warning disable CA1815 // The official struct declares no equality.
public readonly struct EmailAddress
{
    public EmailAddress(string address)
        : this(address, string.Empty) { }

    public EmailAddress(string address, string displayName)
    {
        Address = address;
        DisplayName = displayName;
    }

    public string Address { get; }

    public string DisplayName { get; }
}
