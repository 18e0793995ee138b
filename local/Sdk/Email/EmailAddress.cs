#nullable disable // As the official assembly: callers see oblivious types in both editions.
namespace Azure.Communication.Email;

#pragma warning disable CA1815 // The official struct declares no equality.
public readonly struct EmailAddress
{
    public EmailAddress(string address) : this(address, string.Empty)
    {
    }

    public EmailAddress(string address, string displayName)
    {
        Address = address;
        DisplayName = displayName;
    }

    public string Address { get; }

    public string DisplayName { get; }
}
